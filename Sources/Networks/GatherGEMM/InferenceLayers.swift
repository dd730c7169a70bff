#if arch(x86_64)
    import CKernels
    import Tensors

    /// A map in blocks at inference.
    struct InferenceMap {
        let map: BlockMap
        let value: Buffer
        /// The value in float32, where it goes to the border and `value` is less precise.
        let exactValue: Buffer?

        init(_ map: BlockMap, kernels: vk_gather_kernels, isLast: Bool = false) {
            self.map = map
            value = map.buffer(kernels)
            let isRounded = kernels.row_words < BlockMap.block
            exactValue = isLast && isRounded ? Buffer(count: map.count) : nil
        }

        /// A product that makes the map, `added` before the ReLU.
        func epilogue(bias: Buffer, relu: Bool, added: InferenceMap? = nil) -> vk_epilogue {
            var epilogue = vk_epilogue.finish(value, map, bias: bias, relu: relu)
            epilogue.added = UnsafePointer(added?.value.pointer)
            epilogue.exact = exactValue?.pointer
            return epilogue
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
            output: InferenceMap, weights: Buffer, bias: Buffer, relu: Bool, added: InferenceMap?
        ) {
            self.kernels = kernels
            let link = group.link
            table = TermTable(link.terms(toSmall: !group.leadsToBig))
            let forward = Buffer(count: weights.count / BlockMap.block * kernels.row_words)
            let (from, to) = (input.map.blocks, output.map.blocks)
            if group.leadsToBig {
                kernels.transpose_weights(weights.pointer, forward.pointer, from, link.taps, to)
            } else {
                kernels.pack_weights(weights.pointer, forward.pointer, to, link.taps, from)
            }
            job = vk_gather_job(
                map: output.map.map, table: table.table, input_blocks: input.map.blocks,
                taps: link.taps, input: UnsafePointer(input.value.pointer),
                weights: UnsafePointer(forward.pointer),
                epilogue: output.epilogue(bias: bias, relu: relu, added: added))
            memory = [
                input.value, output.value, output.exactValue, forward, bias, added?.value,
            ].compactMap { $0 }
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
            weights: Buffer, bias: Buffer, relu: Bool, added: InferenceMap?
        ) {
            products = BorderProducts(
                group, kernels: kernels, inner: output.map, weights: (weights, Buffer(count: 0)),
                scatters: false)
            planesJob = products.planesJob(values: values)
            job = products.gatherJob(output.epilogue(bias: bias, relu: relu, added: added))
            memory = [values, output.value, output.exactValue, bias, added?.value].compactMap { $0 }
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
            products.packTapWeights()
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

        init(kernels: vk_gather_kernels, values: Buffer, map: InferenceMap) {
            self.kernels = kernels
            job = .init(map.map, values: values, blocks: map.value)
            memory = [values, map.value]
        }

        func forward() { kernels.blocks_from_values(&job) }
    }

    /// Blocks into row-major values.
    final class BlocksToValues: GatherInferenceLayer {
        private let kernels: vk_gather_kernels
        private var job: vk_blocks_job
        private let memory: [Buffer]

        init(kernels: vk_gather_kernels, map: InferenceMap, values: Buffer) {
            self.kernels = kernels
            let blocks = map.exactValue ?? map.value
            job = .init(
                map.map, values: values, blocks: blocks, isExact: map.exactValue != nil)
            memory = [values, blocks]
        }

        func forward() { kernels.values_from_blocks(&job) }
    }
#endif
