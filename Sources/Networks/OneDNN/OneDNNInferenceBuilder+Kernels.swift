import CKernels
import Tensors

extension OneDNNInferenceBuilder {
    /// Our own kernel for a layer without weights before it, on row-major maps.
    func kernel(
        for stage: NetworkDescription.Stage, from: Buffer, to: Buffer
    ) throws -> () -> Void {
        switch stage.layer {
        case .batchNormalization:
            return try batchNormalization(stage, from: from, to: to)
        case .groupNormalization(let groups):
            return try groupNormalization(stage, groups: groups, from: from, to: to)
        case .sigmoid:
            return { vk_sigmoid(from.pointer, 1, to.pointer, to.count) }
        case .bilinearResize:
            let resize = vk_bilinear(stage, batch: batch)
            return {
                var resize = resize
                vk_bilinear_resize(&resize, from.pointer, to.pointer)
            }
        case .convolution, .transposedConvolution, .linear, .relu, .dropout, .residual:
            preconditionFailure("\(stage.name) has no kernel of its own")
        }
    }

    /// x ↦ s·x + (β − μ·s) with s = γ / √(σ² + ε), channel by channel.
    private func batchNormalization(
        _ stage: NetworkDescription.Stage, from: Buffer, to: Buffer
    ) throws -> () -> Void {
        let numbers = try stage.parameters.map { try tensors.tensor(for: $0).values }
        let (gamma, beta, mean, variance) = (numbers[0], numbers[1], numbers[2], numbers[3])
        let channels = stage.input.channels
        let (scale, shift) = (Buffer(count: channels), Buffer(count: channels))
        for channel in 0..<channels {
            let root = (variance[channel] + NormalizationOperation.epsilon).squareRoot()
            scale[channel] = gamma[channel] / root
            shift[channel] = beta[channel] - mean[channel] * scale[channel]
        }
        let (images, positions) = (batch, stage.input.height * stage.input.width)
        return {
            vk_channel_affine(
                from.pointer, scale.pointer, shift.pointer, images, channels, positions,
                to.pointer)
        }
    }

    private func groupNormalization(
        _ stage: NetworkDescription.Stage, groups: Int, from: Buffer, to: Buffer
    ) throws -> () -> Void {
        let (scale, shift) = (
            Buffer(count: stage.input.channels), Buffer(count: stage.input.channels)
        )
        scale.write(try tensors.tensor(for: stage.parameters[0]).values)
        shift.write(try tensors.tensor(for: stage.parameters[1]).values)
        let (means, deviations) = (Buffer(count: batch * groups), Buffer(count: batch * groups))
        let norm = vk_group_norm(stage.input, groups: groups, batch: batch)
        return {
            var norm = norm
            vk_group_norm_forward(
                &norm, from.pointer, scale.pointer, shift.pointer, means.pointer,
                deviations.pointer, to.pointer)
        }
    }
}
