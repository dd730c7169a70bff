#if arch(x86_64)
    import CKernels
    import Tensors

    /// A feature map of the whole batch between two groups of layers, with its gradient.
    ///
    /// Both have a copy in image pairs for weight gradients; in float32 it is the map itself.
    final class GatherActivation {
        let map: BlockMap
        /// What the next layer reads.
        let value: Buffer
        let valuePairs: Buffer
        /// The value in float32, where it goes to the border and `value` is less precise.
        let exactValue: Buffer?
        /// What the normalisation was given; the value itself where there is none.
        let before: Buffer
        /// ∂loss/∂value, masked by the ReLU; after the normalisation's backward pass ∂loss/∂before.
        let gradient: Buffer
        let gradientPairs: Buffer
        /// Partial sums of the pass that made `before` or `gradient`.
        let sums: Buffer
        /// With `shift`: the value is positive where scale · before + shift is.
        let scale: Buffer
        let shift: Buffer
        /// The bias of a layer without one.
        private(set) lazy var noBias = Buffer(count: map.paddedChannels)
        /// The mask's scale and shift, for layers without ReLU ones that let everything pass.
        private let maskScale: Buffer
        private let maskShift: Buffer
        private let isNormalized: Bool
        private let relu: Bool
        private let hasPairs: Bool

        init(
            _ map: BlockMap, kernels: vk_gather_kernels, isNormalized: Bool = false,
            relu: Bool = false, isLast: Bool = false
        ) {
            self.map = map
            self.isNormalized = isNormalized
            self.relu = relu
            hasPairs = kernels.row_words < BlockMap.block
            value = map.buffer(kernels)
            valuePairs = hasPairs ? map.buffer(kernels) : value
            exactValue = hasPairs && isLast && !isNormalized ? Buffer(count: map.count) : nil
            before = isNormalized ? map.buffer(kernels) : value
            gradient = map.buffer(kernels)
            gradientPairs = hasPairs ? map.buffer(kernels) : gradient
            sums = Buffer(count: map.pieces * 2 * map.paddedChannels)
            scale = Buffer(count: map.paddedChannels)
            shift = Buffer(count: map.paddedChannels)
            if !isNormalized { scale.fill(1) }
            maskScale = relu ? scale : Buffer(count: map.paddedChannels)
            maskShift = relu ? shift : Buffer(count: map.paddedChannels)
            if !relu { maskShift.fill(1) }
        }

        /// A product that makes `gradient`: masks it and sums it up. A normalisation still changes it, and
        /// then makes the pairs.
        var maskEpilogue: vk_epilogue {
            var epilogue = vk_epilogue()
            epilogue.kind = VK_MASK
            epilogue.output = gradient.pointer
            epilogue.pairs = hasPairs && !isNormalized ? gradientPairs.pointer : nil
            epilogue.before = UnsafePointer(before.pointer)
            epilogue.scale = UnsafePointer(maskScale.pointer)
            epilogue.shift = UnsafePointer(maskShift.pointer)
            epilogue.sums = sums.pointer
            return epilogue
        }

        /// A product that makes the map: measured for a normalisation, or finished with a bias
        /// `[positions or 1, padded channels]`.
        func forwardEpilogue(bias: Buffer?) -> vk_epilogue {
            guard isNormalized else { return finishEpilogue(bias: bias ?? noBias) }
            var epilogue = vk_epilogue()
            epilogue.kind = VK_MEASURE
            epilogue.output = before.pointer
            epilogue.sums = sums.pointer
            return epilogue
        }

        private func finishEpilogue(bias: Buffer) -> vk_epilogue {
            var epilogue = vk_epilogue.finish(value, map, bias: bias, relu: relu)
            epilogue.pairs = hasPairs ? valuePairs.pointer : nil
            epilogue.exact = exactValue?.pointer
            return epilogue
        }
    }

    extension vk_epilogue {
        /// Bias `[positions or 1, padded channels]` and perhaps ReLU, into `output`.
        static func finish(
            _ output: Buffer, _ map: BlockMap, bias: Buffer, relu: Bool
        ) -> vk_epilogue {
            var epilogue = vk_epilogue()
            epilogue.kind = VK_FINISH
            epilogue.output = output.pointer
            epilogue.bias = UnsafePointer(bias.pointer)
            epilogue.bias_stride = bias.count > map.paddedChannels ? map.paddedChannels : 0
            epilogue.floor = relu ? 0 : -.infinity
            return epilogue
        }
    }
#endif
