import COneDNN
import Tensors

/// A network in training on oneDNN's primitives: the path for every CPU.
package final class OneDNNTrainingPlan: TrainingPlan {
    package let network: NetworkDescription
    package let batch: Int
    package let input: Buffer
    package let output: Buffer
    package let outputGradient: Buffer
    package let inputGradient: Buffer?
    package let parameters: Buffer
    package let gradients: Buffer
    private let arena: ParameterArena
    private var operations: [any TrainingOperation] = []
    private var normalizations: [NormalizationOperation] = []

    /// Compiles `network` for batches of `batch` images. `needsInputGradient` is false where the
    /// input is data. Throws `PrimitiveError`.
    package init(_ network: NetworkDescription, batch: Int, needsInputGradient: Bool) throws {
        self.network = network
        self.batch = batch
        arena = ParameterArena(room: ParameterArena.room(for: network, batch: batch))
        var builder = Builder(network, batch: batch, arena: arena)
        try builder.addStages(needsInputGradient: needsInputGradient)
        try builder.makeOutputPlain()
        operations = builder.operations
        normalizations = builder.operations.compactMap { $0 as? NormalizationOperation }
        input = builder.input.value.buffer
        inputGradient = needsInputGradient ? builder.input.gradient.buffer : nil
        output = builder.current.value.buffer
        outputGradient = builder.current.gradient.buffer
        parameters = arena.usedPart(of: arena.values)
        gradients = arena.usedPart(of: arena.gradients)
    }

    package func forward() throws {
        for operation in operations { try operation.forward() }
    }

    package func backward() throws {
        for operation in operations.reversed() { try operation.backward() }
    }

    package func load(_ tensors: NamedTensors) throws {
        try arena.load(tensors, into: arena.values)
        for normalization in normalizations { try normalization.load(tensors) }
    }

    package func store() throws -> NamedTensors {
        let trained = try arena.named(arena.values)
        var statistics = NamedTensors()
        for normalization in normalizations { normalization.store(into: &statistics) }
        var all = NamedTensors()
        for parameter in network.parameters {
            all[parameter.name] =
                trained[parameter.name] ?? statistics[parameter.name] ?? Tensor(parameter.shape)
        }
        return all
    }

    package func named(_ flat: Buffer) throws -> NamedTensors { try arena.named(flat) }

    package func load(_ tensors: NamedTensors, into flat: Buffer) throws {
        try arena.load(tensors, into: flat)
    }

    /// Each operation's kernels, for `bench`.
    package var implementations: [String] { operations.flatMap(\.implementations) }
}

/// Turns stages into operations, one after the other.
private struct Builder {
    let network: NetworkDescription
    let batch: Int
    let arena: ParameterArena
    let input: Activation
    var current: Activation
    var shape: Shape
    var operations: [any TrainingOperation] = []

    init(_ network: NetworkDescription, batch: Int, arena: ParameterArena) {
        self.network = network
        self.batch = batch
        self.arena = arena
        shape = Builder.shape(network.input, batch)
        guard let plain = try? Layout(shape) else {
            preconditionFailure("no layout for \(shape)")
        }
        input = Activation(plain)
        current = input
    }

    private static func shape(_ features: FeatureShape, _ batch: Int) -> Shape {
        [batch, features.channels, features.height, features.width]
    }

    mutating func addStages(needsInputGradient: Bool) throws {
        var index = 0
        while index < network.stages.count {
            let stage = network.stages[index]
            let next = index + 1 < network.stages.count ? network.stages[index + 1].layer : nil
            switch stage.layer {
            case .convolution, .transposedConvolution, .linear:
                try addWeighted(stage, needsInputGradient: needsInputGradient || index > 0)
            case .batchNormalization:
                let operation = try NormalizationOperation(
                    stage, relu: next == .relu, input: current, batch: batch, arena: arena)
                append(operation, operation.output)
                if next == .relu { index += 1 }
            case .relu:
                let operation = try ReLUOperation(input: current)
                append(operation, operation.output)
            default:
                throw KernelsUnavailable(precision: .float32)
            }
            index += 1
        }
    }

    /// A linear layer gives `[batch, rows]`, which is then seen as `[batch, channels, height, width]`.
    private mutating func addWeighted(
        _ stage: NetworkDescription.Stage, needsInputGradient: Bool
    ) throws {
        let operation = try WeightedOperation(
            stage, input: current, batch: batch, arena: arena,
            needsInputGradient: needsInputGradient)
        append(operation, operation.output)
        shape = Builder.shape(stage.output, batch)
        if case .linear(let linear) = stage.layer {
            let reshape = try ReshapeOperation(
                input: current, from: [batch, linear.output.count], to: shape)
            append(reshape, reshape.output)
        }
    }

    private mutating func append(_ operation: any TrainingOperation, _ output: Activation) {
        operations.append(operation)
        current = output
    }

    /// The border is row-major.
    mutating func makeOutputPlain() throws {
        let plain = try Layout(shape)
        guard current.value.layout != plain else { return }
        let reshape = try ReshapeOperation(input: current, from: shape, to: shape)
        append(reshape, reshape.output)
    }
}
