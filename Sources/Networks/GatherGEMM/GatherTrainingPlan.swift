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
        private let dropouts: [GatherDropout]

        /// Compiles `network` for batches of `batch` images; nil where the CPU or a layer has no kernel.
        package init?(
            _ network: NetworkDescription, batch: Int, needsInputGradient: Bool,
            precision: Precision = .float32
        ) {
            guard let kernels = precision.kernels, let gathered = GatherNetwork(network),
                gathered.layers.allSatisfy(\.canTrain)
            else { return nil }
            self.network = network
            self.batch = batch
            let ending = RowMajorEnding(
                gathered.ending, lastCount: network.countBeforeEnding(gathered.ending),
                batch: batch, trains: true)
            guard let outputGradient = ending.output.gradient,
                let lastGradient = ending.input.gradient
            else { return nil }
            input = Buffer(count: batch * network.input.count)
            inputGradient = needsInputGradient ? Buffer(count: input.count) : nil
            output = ending.output.values
            self.outputGradient = outputGradient
            arena = GatherParameters(
                room: gathered.layers.reduce(0) { $0 + $1.parameterRoom(images: batch) })
            var builder = GatherPlanBuilder(
                kernels: kernels, batch: batch, arena: arena,
                border: .init(
                    input: input, inputGradient: inputGradient, output: ending.input.values,
                    outputGradient: lastGradient))
            builder.add(gathered.parts)
            operations = builder.operations + ending.operations
            normalizations = builder.normalizations
            dropouts = builder.dropouts
        }

        package var parameters: Buffer { arena.values }
        package var gradients: Buffer { arena.gradients }

        package func drawDropout(from source: RandomSource, step: UInt64, firstLayer: Int) {
            for dropout in dropouts {
                dropout.draw(from: source, step: step, firstLayer: firstLayer)
            }
        }

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
            let tensors = try network.absorbingBiases(tensors)
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
