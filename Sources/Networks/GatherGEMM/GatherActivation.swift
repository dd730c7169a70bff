#if arch(x86_64)
    import CKernels
    import Tensors

    /// A feature map of the whole batch between two groups of layers, with its gradient.
    final class GatherActivation {
        let map: BlockMap
        /// What the next layer reads.
        let value: Buffer
        /// What the normalisation was given; the value itself where there is none.
        let before: Buffer
        /// ∂loss/∂value, masked by the ReLU; after the normalisation's backward pass ∂loss/∂before.
        let gradient: Buffer
        /// Partial sums of the pass that made `before` or `gradient`.
        let sums: Buffer
        /// With `shift`: the value is positive where scale · before + shift is.
        let scale: Buffer
        let shift: Buffer
        /// The mask's scale and shift, for layers without ReLU ones that let everything pass.
        private let maskScale: Buffer
        private let maskShift: Buffer

        init(_ map: BlockMap, isNormalized: Bool = false, relu: Bool = false) {
            self.map = map
            value = Buffer(count: map.count)
            before = isNormalized ? Buffer(count: map.count) : value
            gradient = Buffer(count: map.count)
            sums = Buffer(count: map.pieces * 2 * map.paddedChannels)
            scale = Buffer(count: map.paddedChannels)
            shift = Buffer(count: map.paddedChannels)
            if !isNormalized { scale.fill(1) }
            maskScale = relu ? scale : Buffer(count: map.paddedChannels)
            maskShift = relu ? shift : Buffer(count: map.paddedChannels)
            if !relu { maskShift.fill(1) }
        }

        /// The bias of a layer without one.
        private(set) lazy var noBias = Buffer(count: map.paddedChannels)

        /// A product that makes `gradient`: masks it and sums it up.
        var maskEpilogue: vk_epilogue {
            var epilogue = vk_epilogue()
            epilogue.kind = VK_MASK
            epilogue.output = gradient.pointer
            epilogue.before = UnsafePointer(before.pointer)
            epilogue.scale = UnsafePointer(maskScale.pointer)
            epilogue.shift = UnsafePointer(maskShift.pointer)
            epilogue.sums = sums.pointer
            return epilogue
        }

        /// A product that makes `before`, measured for a normalisation.
        var measureEpilogue: vk_epilogue {
            var epilogue = vk_epilogue()
            epilogue.kind = VK_MEASURE
            epilogue.output = before.pointer
            epilogue.sums = sums.pointer
            return epilogue
        }

        /// A product that makes `value` with a bias `[positions or 1, padded channels]`.
        func finishEpilogue(bias: Buffer, relu: Bool) -> vk_epilogue {
            .finish(value, map, bias: bias, relu: relu)
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
