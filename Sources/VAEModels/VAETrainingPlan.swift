import CKernels
import Networks
import Tensors

/// A VAE compiled for training at one batch size: one call is one step's forward or backward pass.
public final class VAETrainingPlan {
    /// Log-variances are clamped to this range and pass unchanged inside it.
    public static let logVarianceRange: ClosedRange<Float> = -30...20

    /// What was compiled.
    public let model: VAEDescription
    /// Images in a batch.
    public let batch: Int
    /// Encoder on its kernels.
    public let encoder: any TrainingPlan
    /// Decoder on its kernels.
    public let decoder: any TrainingPlan
    /// Images `[batch, channels, height, width]` in 0 … 1, to be filled before `step`.
    public var images: Buffer { encoder.input }
    /// ε `[batch, latentSize]`, to be filled before `step`.
    public let noise: Buffer
    private let sigma: Buffer
    private let kl: Buffer
    private let nats: Buffer

    /// Compiles both halves. Throws `PrimitiveError`, `KernelsUnavailable`.
    public init(
        _ model: VAEDescription, batch: Int, kernels: KernelChoice = .automatic,
        precision: Precision = .float32
    ) throws {
        self.model = model
        self.batch = batch
        encoder = try Plans.training(
            model.encoder, batch: batch, needsInputGradient: false, kernels: kernels,
            precision: precision)
        decoder = try Plans.training(
            model.decoder, batch: batch, needsInputGradient: true, kernels: kernels,
            precision: precision)
        let codes = batch * model.latentSize
        noise = Buffer(count: codes)
        sigma = Buffer(count: codes)
        kl = Buffer(count: codes)
        nats = Buffer(count: batch)
    }

    /// Mean terms of a batch, nats per image.
    public struct Terms: Sendable, Equatable {
        /// −E log p(x|z) with the one draw that `noise` gives, summed over pixels.
        public var reconstruction: Double
        /// Closed-form KL(q(z|x) ‖ N(0, I)), summed over dimensions.
        public var kl: Double
        /// −ELBO at β = 1.
        public var negativeEvidenceLowerBound: Double { reconstruction + kl }
    }

    /// Forward and backward pass of the Bernoulli VAE's objective, reconstruction + `beta` · KL,
    /// averaged over the batch. Gradients lie in the two plans afterwards.
    public func step(beta: Float) throws -> Terms {
        try encoder.forward()
        let heads = encoder.output
        let size = model.latentSize
        let (low, high) = (Self.logVarianceRange.lowerBound, Self.logVarianceRange.upperBound)
        vk_reparameterize(
            heads.pointer, noise.pointer, batch, size, low, high, decoder.input.pointer,
            sigma.pointer, kl.pointer)
        try decoder.forward()
        vk_bernoulli_nats(
            decoder.output.pointer, images.pointer, batch, model.image.count, 1,
            0, 1 / Float(batch), nats.pointer, decoder.outputGradient.pointer)
        try decoder.backward()
        guard let codeGradient = decoder.inputGradient else {
            preconditionFailure("the decoder was compiled without an input gradient")
        }
        vk_reparameterize_backward(
            heads.pointer, noise.pointer, sigma.pointer, codeGradient.pointer, batch, size, low,
            high, beta / Float(batch), encoder.outputGradient.pointer)
        try encoder.backward()
        return Terms(reconstruction: nats.sum() / Double(batch), kl: kl.sum() / Double(batch))
    }

    /// Copies named tensors into both halves.
    public func load(_ tensors: NamedTensors) throws {
        try encoder.load(tensors)
        try decoder.load(tensors)
    }

    /// Both halves' tensors, in the order of PyTorch's state dictionary.
    public func store() throws -> NamedTensors {
        var all = try encoder.store()
        for (name, tensor) in try decoder.store().entries { all[name] = tensor }
        return all
    }
}

extension Buffer {
    /// The sum of all numbers in float64.
    func sum() -> Double {
        var total = 0.0
        for index in 0..<count { total += Double(pointer[index]) }
        return total
    }
}
