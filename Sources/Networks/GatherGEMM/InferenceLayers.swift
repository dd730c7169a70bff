#if arch(x86_64)
    import CKernels
    import Tensors

    /// A map in blocks at inference.
    struct InferenceMap {
        let map: BlockMap
        let value: Buffer

        init(_ map: BlockMap) {
            self.map = map
            value = Buffer(count: map.count)
        }
    }

    /// A kernel call with everything it reads.
    protocol GatherInferenceLayer: AnyObject {
        func forward()
    }

    /// Products between blocks.
    final class InferenceInner: GatherInferenceLayer {
        private let kernels: vk_gather_kernels
        private var job: vk_gather_job
        private let table: TermTable
        private let memory: [Buffer]

        init(
            _ group: LayerGroup, kernels: vk_gather_kernels, input: InferenceMap,
            output: InferenceMap,
            weights: Buffer, bias: Buffer
        ) {
            self.kernels = kernels
            let link = group.link
            table = TermTable(link.terms(toSmall: !group.leadsToBig))
            var forward = weights
            if group.leadsToBig {
                forward = Buffer(count: weights.count)
                kernels.transpose_weights(
                    weights.pointer, forward.pointer, input.map.blocks, link.taps, output.map.blocks
                )
            }
            job = vk_gather_job(
                map: output.map.map, table: table.table, input_blocks: input.map.blocks,
                taps: link.taps, input: UnsafePointer(input.value.pointer),
                weights: UnsafePointer(forward.pointer),
                epilogue: .finish(output.value, output.map, bias: bias, relu: group.relu))
            memory = [input.value, output.value, forward, bias]
        }

        func forward() { kernels.gather(&job) }
    }

    /// A convolution of the network's input.
    final class InferenceFromBorder: GatherInferenceLayer {
        private let products: BorderProducts
        private var planesJob: vk_planes_job
        private var job: vk_border_gather_job
        private let memory: [Buffer]

        init(
            _ group: LayerGroup, kernels: vk_gather_kernels, values: Buffer, output: InferenceMap,
            weights: Buffer, bias: Buffer
        ) {
            products = BorderProducts(
                group, kernels: kernels, inner: output.map, weights: (weights, Buffer(count: 0)),
                scatters: false)
            planesJob = products.planesJob(values: values)
            job = products.gatherJob(
                .finish(output.value, output.map, bias: bias, relu: group.relu))
            memory = [values, output.value, bias]
        }

        func forward() {
            products.kernels.planes_from_values(&planesJob)
            products.kernels.border_gather(&job)
        }
    }

    /// The last layer, from blocks to an image of few channels or to its likelihood.
    final class InferenceToBorder: GatherInferenceLayer {
        private let products: BorderProducts
        private var job: vk_border_scatter_job
        private let memory: [Buffer]

        init(
            _ group: LayerGroup, kernels: vk_gather_kernels, input: InferenceMap, values: Buffer,
            weights: Buffer, bias: Buffer
        ) {
            products = BorderProducts(
                group, kernels: kernels, inner: input.map, weights: (weights, Buffer(count: 0)),
                scatters: true)
            products.transposeWeights()
            job = products.scatterJob(input: input.value, bias: bias, output: values)
            memory = [input.value, values, bias]
        }

        func forward() { products.kernels.border_scatter(&job) }

        func score(
            targets: UnsafePointer<Float>, perTarget: Int, first: Int, count: Int,
            into nats: UnsafeMutablePointer<Float>
        ) {
            var scoring = job
            scoring.output = nil
            scoring.targets = targets
            scoring.per_target = perTarget
            scoring.first = first
            scoring.map.images = count
            scoring.nats = nats
            products.kernels.border_scatter(&scoring)
        }
    }

    /// Row-major values into blocks.
    final class ValuesToBlocks: GatherInferenceLayer {
        private let kernels: vk_gather_kernels
        private var job: vk_blocks_job
        private let memory: [Buffer]

        init(kernels: vk_gather_kernels, job: vk_blocks_job, memory: [Buffer]) {
            self.kernels = kernels
            self.job = job
            self.memory = memory
        }

        func forward() { kernels.blocks_from_values(&job) }
    }

    /// Blocks into row-major values.
    final class BlocksToValues: GatherInferenceLayer {
        private let kernels: vk_gather_kernels
        private var job: vk_blocks_job
        private let memory: [Buffer]

        init(kernels: vk_gather_kernels, job: vk_blocks_job, memory: [Buffer]) {
            self.kernels = kernels
            self.job = job
            self.memory = memory
        }

        func forward() { kernels.values_from_blocks(&job) }
    }
#endif
