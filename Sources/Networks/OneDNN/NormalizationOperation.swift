import COneDNN
import Tensors

/// Batch normalisation in training, fused with the ReLU after it; keeps the running statistics.
final class NormalizationOperation: TrainingOperation {
    /// Small number under the root, PyTorch's default.
    static let epsilon: Float = 1e-5
    /// Weight of a new batch in the running statistics, PyTorch's default.
    static let momentum: Float = 0.1

    let output: Activation
    /// Names of mean and variance in the state dictionary.
    let statistics: [ParameterDescription]
    private(set) var runningMean: [Float]
    private(set) var runningVariance: [Float]
    private let mean: Buffer
    private let variance: Buffer
    private let samples: Int
    private let forwardStep: Step
    private let backwardStep: Step

    init(
        _ stage: NetworkDescription.Stage, relu: Bool, input: Activation, batch: Int,
        arena: ParameterArena
    ) throws {
        let channels = stage.input.channels
        let layout = input.value.layout
        let normalization = dn_normalization(
            batch: Int64(batch), channels: Int64(channels), height: Int64(stage.input.height),
            width: Int64(stage.input.width), epsilon: Self.epsilon, relu: relu)
        let forward = try Primitive.normalization(normalization, DN_FORWARD, layout: layout)
        let backward = try Primitive.normalization(normalization, DN_BACKWARD_DATA, layout: layout)
        output = Activation(layout)
        statistics = stage.parameters.filter { !$0.isTrained }
        runningMean = Array(repeating: 0, count: channels)
        runningVariance = Array(repeating: 1, count: channels)
        samples = batch * stage.input.height * stage.input.width

        let vector = try Layout([channels])
        func parameter(_ role: ParameterDescription.Role) -> (value: Laid, gradient: Laid) {
            arena.add(
                stage.parameters.filter { $0.role == role }, layout: vector, plain: vector)
        }
        let scale = parameter(.scale)
        let shift = parameter(.shift)
        let (meanVector, varianceVector) = (Laid(zeros: vector), Laid(zeros: vector))
        mean = meanVector.buffer
        variance = varianceVector.buffer
        let workspace = relu ? [(DN_WORKSPACE, Laid(zeros: try forward.layout(DN_WORKSPACE)))] : []
        forwardStep = try Step(
            forward,
            inputs: [(DN_SOURCE, input.value), (DN_SCALE, scale.value), (DN_SHIFT, shift.value)],
            outputs: [
                (DN_DESTINATION, output.value), (DN_MEAN, meanVector),
                (DN_VARIANCE, varianceVector),
            ] + workspace)
        backwardStep = try Step(
            backward,
            inputs: [
                (DN_SOURCE, input.value), (DN_MEAN, meanVector), (DN_VARIANCE, varianceVector),
                (DN_DESTINATION_GRADIENT, output.gradient), (DN_SCALE, scale.value),
            ] + (backward.has(DN_SHIFT) ? [(DN_SHIFT, shift.value)] : []) + workspace,
            outputs: [
                (DN_SOURCE_GRADIENT, input.gradient), (DN_SCALE_GRADIENT, scale.gradient),
                (DN_SHIFT_GRADIENT, shift.gradient),
            ])
    }

    func forward() throws {
        try forwardStep.run()
        let unbiased = samples > 1 ? Float(samples) / Float(samples - 1) : 1
        for channel in runningMean.indices {
            runningMean[channel] += Self.momentum * (mean[channel] - runningMean[channel])
            runningVariance[channel] +=
                Self.momentum * (variance[channel] * unbiased - runningVariance[channel])
        }
    }

    func backward() throws { try backwardStep.run() }

    var implementations: [String] { forwardStep.implementations + backwardStep.implementations }

    func load(_ tensors: NamedTensors) throws {
        for parameter in statistics {
            let values = try tensors.tensor(for: parameter).values
            if parameter.role == .runningMean {
                runningMean = values
            } else {
                runningVariance = values
            }
        }
    }

    func store(into tensors: inout NamedTensors) {
        for parameter in statistics {
            tensors[parameter.name] = Tensor(
                parameter.shape,
                parameter.role == .runningMean ? runningMean : runningVariance)
        }
    }
}
