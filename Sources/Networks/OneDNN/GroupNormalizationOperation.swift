import CKernels
import Tensors

/// Group normalisation in training, on row-major maps.
final class GroupNormalizationOperation: TrainingOperation {
    let output: Activation
    private let input: Activation
    private var norm: vk_group_norm
    private let scale: (value: Laid, gradient: Laid)
    private let shift: (value: Laid, gradient: Laid)
    private let means: Buffer
    private let deviations: Buffer
    private let sums: Buffer

    init(
        _ stage: NetworkDescription.Stage, groups: Int, input: Activation, batch: Int,
        arena: ParameterArena
    ) throws {
        self.input = input
        output = Activation(input.value.layout)
        norm = vk_group_norm(stage.input, groups: groups, batch: batch)
        let vector = try Layout([stage.input.channels])
        func parameter(_ role: ParameterDescription.Role) -> (value: Laid, gradient: Laid) {
            arena.add(
                stage.parameters.filter { $0.role == role }, layout: vector, plain: vector)
        }
        scale = parameter(.scale)
        shift = parameter(.shift)
        means = Buffer(count: batch * groups)
        deviations = Buffer(count: batch * groups)
        sums = Buffer(count: 2 * batch * stage.input.channels)
    }

    func forward() {
        vk_group_norm_forward(
            &norm, input.value.buffer.pointer, scale.value.buffer.pointer,
            shift.value.buffer.pointer, means.pointer, deviations.pointer,
            output.value.buffer.pointer)
    }

    func backward() {
        vk_group_norm_backward(
            &norm, input.value.buffer.pointer, scale.value.buffer.pointer, means.pointer,
            deviations.pointer, output.gradient.buffer.pointer, sums.pointer,
            input.gradient.buffer.pointer, scale.gradient.buffer.pointer,
            shift.gradient.buffer.pointer)
    }

    var implementations: [String] { ["group normalisation"] }
}

extension vk_group_norm {
    /// Group normalisation of maps of `shape`.
    init(_ shape: FeatureShape, groups: Int, batch: Int) {
        self.init(
            images: batch, channels: shape.channels, positions: shape.height * shape.width,
            groups: groups, epsilon: NormalizationOperation.epsilon)
    }
}
