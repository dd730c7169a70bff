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
    private let operations: [any TrainingOperation]
    private let normalizations: [NormalizationOperation]
    private let dropouts: [DropoutOperation]

    /// Compiles `network` for batches of `batch` images. `needsInputGradient` is false where the
    /// input is data. Throws `PrimitiveError`.
    package init(_ network: NetworkDescription, batch: Int, needsInputGradient: Bool) throws {
        self.network = network
        self.batch = batch
        arena = ParameterArena(room: ParameterArena.room(for: network, batch: batch))
        var builder = try OneDNNPlanBuilder(
            network, batch: batch, arena: arena, needsInputGradient: needsInputGradient)
        try builder.add(network.stages)
        try builder.makePlain()
        operations = builder.operations
        normalizations = operations.compactMap { $0 as? NormalizationOperation }
        dropouts = operations.compactMap { $0 as? DropoutOperation }
        input = builder.input.value.buffer
        inputGradient = needsInputGradient ? builder.input.gradient.buffer : nil
        output = builder.current.value.buffer
        outputGradient = builder.current.gradient.buffer
        parameters = arena.usedPart(of: arena.values)
        gradients = arena.usedPart(of: arena.gradients)
    }

    package func drawDropout(from source: RandomSource, step: UInt64, firstLayer: Int) {
        for dropout in dropouts { dropout.draw(from: source, step: step, firstLayer: firstLayer) }
    }

    package func forward() throws {
        for operation in operations { try operation.forward() }
    }

    package func backward() throws {
        for operation in operations.reversed() { try operation.backward() }
    }

    package func load(_ tensors: NamedTensors) throws {
        let tensors = try network.absorbingBiases(tensors)
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
