#if arch(x86_64)
    import CKernels
    import Tensors

    /// A network at inference on gather-GEMM kernels, normalisations folded and ReLUs fused.
    package final class GatherInferencePlan: InferencePlan, PixelScoring {
        package let batch: Int
        package let input: Buffer
        package let output: Buffer
        private let layers: [any GatherInferenceLayer]

        /// Compiles `network` with the numbers in `tensors`; nil where the CPU or a layer has no kernel.
        /// Throws `ParameterMismatch`.
        package init?(
            _ network: NetworkDescription, batch: Int, tensors: NamedTensors,
            precision: Precision = .float32
        ) throws {
            guard let kernels = precision.kernels, let gathered = GatherNetwork(network)
            else { return nil }
            self.batch = batch
            input = Buffer(count: batch * network.input.count)
            let ending = RowMajorEnding(
                gathered.ending, lastCount: network.countBeforeEnding(gathered.ending),
                batch: batch, trains: false)
            output = ending.output.values
            var builder = GatherInferenceBuilder(
                kernels: kernels, images: batch, tensors: tensors,
                border: (input: input, output: ending.input.values))
            try builder.add(gathered.parts)
            layers = builder.layers + ending.operations
        }

        package func forward() {
            for layer in layers { layer.forward() }
        }

        /// Whether `bernoulliNats` has a kernel: the last layer collects pixels.
        package var scoresPixels: Bool { layers.last is InferenceToBorder }

        /// −log p(x|z) of the first `count` rows of the batch under Bernoulli pixels with the output as logits,
        /// which are not stored; arguments as those of `vk_bernoulli_nats`.
        package func bernoulliNats(
            targets: UnsafePointer<Float>, perTarget: Int, first: Int, count: Int,
            into nats: UnsafeMutablePointer<Float>
        ) {
            guard let last = layers.last as? InferenceToBorder else {
                preconditionFailure("the last layer does not collect pixels")
            }
            for layer in layers.dropLast() { layer.forward() }
            last.score(
                targets: targets, perTarget: perTarget, first: first, count: count, into: nats)
        }
    }
#endif
