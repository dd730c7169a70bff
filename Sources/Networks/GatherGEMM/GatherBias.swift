#if arch(x86_64)
    import CKernels
    import Tensors

    /// The gradient of a bias, from the sums of the pass that made the map's gradient.
    final class GatherBias: GatherOperation {
        let name: String
        private let activation: GatherActivation
        private let gradient: Buffer

        init(_ name: String, _ activation: GatherActivation, gradient: Buffer) {
            self.name = name
            self.activation = activation
            self.gradient = gradient
        }

        /// The product before adds the bias.
        func forward() {}

        func inputGradient() {}

        func parameterGradients() {
            let padded = activation.map.paddedChannels
            vk_add_sums(
                activation.sums.pointer, activation.map.pieces, gradient.count / padded, padded,
                gradient.pointer)
        }
    }
#endif
