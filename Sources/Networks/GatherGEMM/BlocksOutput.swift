#if arch(x86_64)
    import CKernels
    import Tensors

    /// The last map in blocks as the network's row-major output, where no kernel writes pixels.
    final class BlocksOutput: GatherOperation {
        let name = "output"
        private let kernels: vk_gather_kernels
        private let input: GatherActivation
        private var forwardJob: vk_blocks_job
        private var backwardJob: vk_blocks_job
        private var maskMap: vk_map
        private var maskEpilogue: vk_epilogue

        init(
            kernels: vk_gather_kernels, input: GatherActivation, values: Buffer,
            valuesGradient: Buffer
        ) {
            self.kernels = kernels
            self.input = input
            forwardJob = .init(
                input.map, values: values, blocks: input.exactValue ?? input.value,
                isExact: input.exactValue != nil)
            backwardJob = .init(input.map, values: valuesGradient, blocks: input.gradient)
            maskMap = input.map.map
            maskEpilogue = input.maskEpilogue
        }

        func forward() { kernels.values_from_blocks(&forwardJob) }

        func inputGradient() {
            kernels.blocks_from_values(&backwardJob)
            kernels.mask(&maskMap, &maskEpilogue)
        }
    }
#endif
