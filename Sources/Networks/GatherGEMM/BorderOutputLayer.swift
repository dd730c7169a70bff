#if arch(x86_64)
    import CKernels
    import Tensors

    /// The last layer, from blocks to an image of few channels.
    final class BorderOutputLayer: GatherOperation {
        let name: String
        let multiplications: Int
        private let products: BorderProducts
        private let bias: (value: Buffer, gradient: Buffer)?
        private let input: GatherActivation
        private let valuesGradient: Buffer
        private let needsInputGradient: Bool
        private var planesJob: vk_planes_job
        private var forwardJob: vk_border_scatter_job
        private var weightJob: vk_border_gradient_job
        private var dataJob: vk_border_gather_job

        /// `values` and `valuesGradient` are the network's output, row-major.
        init(
            _ group: LayerGroup, kernels: vk_gather_kernels, input: GatherActivation,
            values: Buffer,
            valuesGradient: Buffer, weights: (value: Buffer, gradient: Buffer),
            bias: (value: Buffer, gradient: Buffer)?, needsInputGradient: Bool
        ) {
            self.bias = bias
            self.input = input
            self.valuesGradient = valuesGradient
            self.needsInputGradient = needsInputGradient
            products = BorderProducts(
                group, kernels: kernels, inner: input.map, weights: weights, scatters: true)
            name = group.stage.name
            multiplications = products.link.products * input.map.channels
            planesJob = products.planesJob(values: valuesGradient)
            forwardJob = products.scatterJob(input: input.value, bias: bias?.value, output: values)
            weightJob = products.gradientJob(small: input.valuePairs)
            dataJob = products.gatherJob(input.maskEpilogue)
        }

        func forward() {
            products.packTapWeights()
            products.kernels.border_scatter(&forwardJob)
        }

        func parameterGradients() {
            let link = products.link
            if let bias {
                vk_channel_sums(
                    valuesGradient.pointer, forwardJob.map.images,
                    link.pixels / link.pixelsPerChannel, link.pixelsPerChannel,
                    bias.gradient.pointer)
            }
            products.kernels.planes_from_values(&planesJob)
            products.kernels.border_gradient(&weightJob)
        }

        func inputGradient() {
            if needsInputGradient { products.kernels.border_gather(&dataJob) }
        }
    }
#endif
