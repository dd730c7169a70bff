#if arch(x86_64)
    import CKernels
    import Tensors

    /// A feature map of the whole batch between two groups of layers, with its gradient.
    ///
    /// Both have a copy in image pairs for weight gradients; in float32 it is the map itself.
    final class GatherActivation {
        /// How the value comes from the products.
        enum Making {
            /// In the products' epilogue.
            case product
            /// By a pass with statistics that the epilogue has measured.
            case batchNormalization
            /// By a pass that measures and applies.
            case groupNormalization
            /// Not at all: the end of a residual's way is normalised where the sum is made.
            case way
            /// By the pass that adds two ways.
            case sum
        }

        let map: BlockMap
        /// What the next layer reads.
        let value: Buffer
        let valuePairs: Buffer
        /// The value in float32, where it goes to the border and `value` is less precise.
        let exactValue: Buffer?
        /// What the normalisation was given; the value itself where there is none.
        let before: Buffer
        /// ∂loss/∂value, masked by ReLU and dropout; after the normalisation's backward pass ∂loss/∂before.
        let gradient: Buffer
        let gradientPairs: Buffer
        /// Partial sums of the pass that made `before` or `gradient`.
        let sums: Buffer
        /// With `shift`: the value is positive where scale · before + shift is.
        let scale: Buffer
        let shift: Buffer
        let dropout: GatherDropout?
        let making: Making
        /// The bias of a layer without one.
        private(set) lazy var noBias = Buffer(count: map.paddedChannels)
        /// The gradient that the first of two readers gives.
        private(set) lazy var otherGradient = map.buffer(kernels)
        private let kernels: vk_gather_kernels
        private let relu: Bool
        private let mask: [Mask]

        /// One summand of what decides the mask: scale · values + shift.
        struct Mask {
            let values: Buffer
            let scale: Buffer
            let shift: Buffer

            /// The same everywhere.
            static func constant(_ shift: Float, values: Buffer, channels: Int) -> Mask {
                let mask = Mask(
                    values: values, scale: Buffer(count: channels), shift: Buffer(count: channels))
                mask.shift.fill(shift)
                return mask
            }
        }

        /// `ways` are the summands of a sum; its gradient shares memory with that of the first.
        init(
            _ map: BlockMap, kernels: vk_gather_kernels, making: Making = .product,
            relu: Bool = false, dropout: LayerGroup.NumberedDropout? = nil, isLast: Bool = false,
            ways: [SumWay] = []
        ) {
            self.map = map
            self.kernels = kernels
            self.making = making
            self.relu = relu
            self.dropout = dropout.map { GatherDropout($0, map: map) }
            let hasPairs = kernels.row_words < BlockMap.block
            func pairs(of buffer: Buffer) -> Buffer { hasPairs ? map.buffer(kernels) : buffer }
            value = map.buffer(kernels)
            let isRead = making != .way
            valuePairs = isRead ? pairs(of: value) : value
            exactValue =
                hasPairs && isLast && making == .product ? Buffer(count: map.count) : nil
            let isNormalized = making == .batchNormalization || making == .groupNormalization
            before = isNormalized ? map.buffer(kernels) : value
            gradient = ways.first?.gradient ?? map.buffer(kernels)
            gradientPairs = ways.first?.gradientPairs ?? pairs(of: gradient)
            sums = Buffer(count: map.pieces * (making == .sum ? 3 : 2) * map.paddedChannels)
            scale = Buffer(count: map.paddedChannels)
            shift = Buffer(count: map.paddedChannels)
            if making == .product || making == .groupNormalization { scale.fill(1) }
            let plain = Mask(
                values: making == .groupNormalization ? value : before, scale: scale, shift: shift)
            let deciding = ways.isEmpty ? [plain] : ways.map(\.mask)
            mask =
                relu
                ? deciding
                : deciding.map {
                    .constant(1, values: $0.values, channels: map.paddedChannels)
                }
        }

        /// A product that makes `gradient`: masks it and sums it up. Where a normalisation still changes it,
        /// that makes the pairs.
        var maskEpilogue: vk_epilogue {
            var epilogue = vk_epilogue()
            epilogue.kind = VK_MASK
            epilogue.output = gradient.pointer
            let makesPairs = gradientPairs !== gradient && making == .product
            epilogue.pairs = makesPairs ? gradientPairs.pointer : nil
            epilogue.keep = UnsafePointer(dropout?.keep)
            epilogue.before = UnsafePointer(mask[0].values.pointer)
            epilogue.scale = UnsafePointer(mask[0].scale.pointer)
            epilogue.shift = UnsafePointer(mask[0].shift.pointer)
            epilogue.sums = making == .groupNormalization ? nil : sums.pointer
            if mask.count > 1 {
                epilogue.kind = VK_MASK_SUM
                epilogue.addend = UnsafePointer(mask[1].values.pointer)
                epilogue.addend_scale = UnsafePointer(mask[1].scale.pointer)
                epilogue.addend_shift = UnsafePointer(mask[1].shift.pointer)
            }
            return epilogue
        }

        /// Which part of the gradient a reader's product makes.
        enum GradientPart {
            /// All of it.
            case whole
            /// What another reader will add to its own.
            case first
            /// The rest, to be added to the first.
            case rest
        }

        /// A reader's product that makes the gradient or a part of it.
        func gradientEpilogue(_ part: GradientPart) -> vk_epilogue {
            switch part {
            case .whole: return maskEpilogue
            case .first: return .finish(otherGradient, map, bias: noBias, relu: false)
            case .rest:
                var epilogue = maskEpilogue
                epilogue.added = UnsafePointer(otherGradient.pointer)
                return epilogue
            }
        }

        /// A product that makes the map: measured for a normalisation, or finished with a bias
        /// `[positions or 1, padded channels]`.
        func forwardEpilogue(bias: Buffer?) -> vk_epilogue {
            switch making {
            case .batchNormalization, .way:
                var epilogue = vk_epilogue()
                epilogue.kind = VK_MEASURE
                epilogue.output = before.pointer
                epilogue.sums = sums.pointer
                return epilogue
            case .groupNormalization:
                return .finish(before, map, bias: bias ?? noBias, relu: false)
            case .product, .sum:
                var epilogue = vk_epilogue.finish(value, map, bias: bias ?? noBias, relu: relu)
                epilogue.pairs = valuePairs !== value ? valuePairs.pointer : nil
                epilogue.exact = exactValue?.pointer
                epilogue.keep = UnsafePointer(dropout?.keep)
                return epilogue
            }
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
