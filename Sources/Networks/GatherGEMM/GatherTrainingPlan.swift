#if arch(x86_64)
    import CKernels
    import Tensors

    /// A network in training on gather-GEMM kernels, for CPUs with AVX-512.
    package final class GatherTrainingPlan: TrainingPlan {
        package let network: NetworkDescription
        package let batch: Int
        package let input: Buffer
        package let output: Buffer
        package let outputGradient: Buffer
        package let inputGradient: Buffer?
        private let arena: GatherParameters
        let operations: [any GatherOperation]
        private let normalizations: [GatherNormalization]

        /// Compiles `network` for batches of `batch` images; nil where the CPU or a layer has no kernel.
        package init?(
            _ network: NetworkDescription, batch: Int, needsInputGradient: Bool,
            precision: Precision = .float32
        ) {
            guard let kernels = precision.kernels, let groups = LayerGroup.groups(of: network),
                groups.allSatisfy(\.canTrain)
            else { return nil }
            self.network = network
            self.batch = batch
            input = Buffer(count: batch * network.input.count)
            inputGradient = needsInputGradient ? Buffer(count: input.count) : nil
            output = Buffer(count: batch * network.output.count)
            outputGradient = Buffer(count: output.count)
            arena = GatherParameters(
                room: groups.reduce(0) { $0 + $1.parameterRoom(images: batch) })
            var builder = GatherPlanBuilder(
                kernels: kernels, batch: batch, arena: arena,
                border: .init(
                    input: input, inputGradient: inputGradient, output: output,
                    outputGradient: outputGradient))
            for (index, group) in groups.enumerated() {
                builder.add(group, isLast: index == groups.count - 1)
            }
            builder.end()
            operations = builder.operations
            normalizations = operations.compactMap { $0 as? GatherNormalization }
        }

        package var parameters: Buffer { arena.values }
        package var gradients: Buffer { arena.gradients }

        package func forward() {
            for operation in operations { operation.forward() }
        }

        package func backward() {
            for operation in operations.reversed() {
                operation.parameterGradients()
                operation.inputGradient()
            }
        }

        package func load(_ tensors: NamedTensors) throws {
            try arena.load(tensors, into: arena.values)
            for normalization in normalizations { try normalization.load(tensors) }
        }

        package func store() -> NamedTensors {
            let trained = arena.named(arena.values)
            var statistics = NamedTensors()
            for normalization in normalizations { normalization.store(into: &statistics) }
            var all = NamedTensors()
            for parameter in network.parameters {
                all[parameter.name] =
                    trained[parameter.name] ?? statistics[parameter.name] ?? Tensor(parameter.shape)
            }
            return all
        }

        package func named(_ flat: Buffer) -> NamedTensors { arena.named(flat) }

        package func load(_ tensors: NamedTensors, into flat: Buffer) throws {
            try arena.load(tensors, into: flat)
        }
    }
#endif
