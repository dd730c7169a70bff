#if arch(x86_64)
    import CKernels
    import Tensors

    /// The network's row-major input as blocks, where no kernel reads planes.
    final class BlocksInput: GatherOperation {
        let name = "input"
        private let kernels: vk_gather_kernels
        private let output: GatherActivation
        private var forwardJob: vk_blocks_job
        private var backwardJob: vk_blocks_job?

        init(
            kernels: vk_gather_kernels, values: Buffer, valuesGradient: Buffer?,
            output: GatherActivation
        ) {
            self.kernels = kernels
            self.output = output
            forwardJob = .init(
                output.map, values: values, blocks: output.value, pairs: output.valuePairs)
            backwardJob = valuesGradient.map {
                .init(output.map, values: $0, blocks: output.gradient)
            }
        }

        func forward() { kernels.blocks_from_values(&forwardJob) }

        func inputGradient() {
            guard var backwardJob else { return }
            kernels.values_from_blocks(&backwardJob)
        }
    }

    extension vk_blocks_job {
        /// `pairs` is the same as `blocks` where the precision needs none.
        init(
            _ map: BlockMap, values: Buffer, blocks: Buffer, pairs: Buffer? = nil,
            isExact: Bool = false
        ) {
            self.init(
                map: map.map, channels: map.channels, values: values.pointer,
                blocks: blocks.pointer, pairs: pairs === blocks ? nil : pairs?.pointer,
                exact: isExact ? 1 : 0)
        }
    }
#endif
