#if arch(x86_64)
    import CKernels
    import Tensors

    /// The planes of a border layer, with the products in both directions and the weight gradient.
    final class BorderProducts {
        let link: BorderLink
        let kernels: vk_gather_kernels
        private let planes: Buffer
        /// The planes in image pairs, for weight gradients; in float32 the planes themselves.
        private let planePairs: Buffer
        private let inner: BlockMap
        private let weights: (value: Buffer, gradient: Buffer)
        private let partial: Buffer
        /// `[blocks, 32, taps padded]`, for products to taps.
        private let tapWeights: Buffer
        private let products: Buffer

        init(
            _ group: LayerGroup, kernels: vk_gather_kernels, inner: BlockMap,
            weights: (value: Buffer, gradient: Buffer), scatters: Bool
        ) {
            link = BorderLink(group)
            self.kernels = kernels
            self.inner = inner
            self.weights = weights
            planes = Buffer(count: link.planeCount * inner.rows)
            let hasPairs = kernels.row_words < BlockMap.block
            planePairs = hasPairs ? Buffer(count: planes.count / 2) : planes
            let pieces = withUnsafePointer(to: inner.map) { vk_border_pieces($0) }
            partial = Buffer(count: pieces * weights.value.count)
            let padded = link.taps.roundedUp(to: 16)
            tapWeights = Buffer(count: scatters ? inner.blocks * kernels.row_words * padded : 0)
            products = Buffer(
                count: scatters ? inner.rows.roundedUp(to: 16) * inner.positions * padded : 0)
        }

        func planesJob(values: Buffer) -> vk_planes_job {
            vk_planes_job(
                images: inner.images, rows: inner.rows, pixels: link.pixels,
                places: UnsafePointer(link.places.pointer), values: UnsafePointer(values.pointer),
                planes: planes.pointer, pairs: planePairs === planes ? nil : planePairs.pointer)
        }

        func gatherJob(_ epilogue: vk_epilogue) -> vk_border_gather_job {
            vk_border_gather_job(
                map: inner.map, taps: link.taps, planes: UnsafePointer(planes.pointer),
                bases: UnsafePointer(link.bases.pointer),
                offsets: UnsafePointer(link.offsets.pointer),
                weights: UnsafePointer(weights.value.pointer), epilogue: epilogue)
        }

        /// `small` is in image pairs.
        func gradientJob(small: Buffer) -> vk_border_gradient_job {
            vk_border_gradient_job(
                map: inner.map, taps: link.taps, planes: UnsafePointer(planePairs.pointer),
                bases: UnsafePointer(link.bases.pointer),
                offsets: UnsafePointer(link.offsets.pointer),
                small: UnsafePointer(small.pointer), partial: partial.pointer,
                gradient: weights.gradient.pointer)
        }

        func scatterJob(input: Buffer, bias: Buffer?, output: Buffer) -> vk_border_scatter_job {
            var job = vk_border_scatter_job()
            job.map = inner.map
            job.taps = link.taps
            job.pixels = link.pixels
            job.pixels_per_channel = link.pixelsPerChannel
            job.input = UnsafePointer(input.pointer)
            job.weights = UnsafePointer(tapWeights.pointer)
            job.starts = UnsafePointer(link.starts.pointer)
            job.sources = UnsafePointer(link.sources.pointer)
            job.bias = bias.map { UnsafePointer($0.pointer) }
            job.products = products.pointer
            job.output = output.pointer
            return job
        }

        /// Lays the weights `[blocks, taps, 32]` out for products to taps.
        func packTapWeights() {
            kernels.pack_tap_weights(
                weights.value.pointer, tapWeights.pointer, inner.blocks, link.taps)
        }
    }
#endif
