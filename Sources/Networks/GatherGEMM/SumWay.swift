#if arch(x86_64)
    import CKernels
    import Tensors

    /// One way of a residual where it is added: scale · before + shift.
    struct SumWay {
        let mask: GatherActivation.Mask
        /// `[3, padded channels]`, see `vk_normalization_job`.
        let coefficients: Buffer
        /// Where ∂loss/∂before goes.
        let gradient: Buffer
        let gradientPairs: Buffer?
        /// nil for a shortcut that is the input itself.
        let normalization: GatherNormalization?

        /// A way that ends with a normalisation.
        init(_ normalization: GatherNormalization, end: GatherActivation) {
            mask = .init(values: end.before, scale: end.scale, shift: end.shift)
            coefficients = normalization.coefficients
            gradient = end.gradient
            gradientPairs = end.gradientPairs
            self.normalization = normalization
        }

        /// The input itself.
        init(identity input: GatherActivation) {
            let channels = input.map.paddedChannels
            mask = .constant(0, values: input.value, channels: channels)
            mask.scale.fill(1)
            coefficients = Buffer(count: 3 * channels)
            for channel in 0..<channels { coefficients[channel] = 1 }
            gradient = input.otherGradient
            gradientPairs = nil
            normalization = nil
        }

        /// As the kernels take it.
        var way: vk_way {
            let pairs = gradientPairs === gradient ? nil : gradientPairs
            return vk_way(
                before: UnsafePointer(mask.values.pointer),
                scale: UnsafePointer(mask.scale.pointer), shift: UnsafePointer(mask.shift.pointer),
                coefficients: UnsafePointer(coefficients.pointer), gradient: gradient.pointer,
                gradient_pairs: pairs?.pointer)
        }
    }
#endif
