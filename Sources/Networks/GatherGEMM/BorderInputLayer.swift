#if arch(x86_64)
    import CKernels
    import Tensors

    /// A convolution of the network's input.
    final class BorderInputLayer: GatherOperation {
        let name: String
        let multiplications: Int
        private let products: BorderProducts
        private let output: GatherActivation
        private let needsInputGradient: Bool
        private var planesJob: vk_planes_job
        private var forwardJob: vk_border_gather_job
        private var weightJob: vk_border_gradient_job
        private var dataJob = vk_border_scatter_job()

        /// `values` and `valuesGradient` are the network's input, row-major; the layer adds to a gradient that
        /// another one has made where `addsGradient` says so.
        init(
            _ group: LayerGroup, kernels: vk_gather_kernels, values: Buffer,
            valuesGradient: Buffer?, addsGradient: Bool,
            output: GatherActivation, weights: (value: Buffer, gradient: Buffer),
            epilogue: vk_epilogue
        ) {
            self.output = output
            needsInputGradient = valuesGradient != nil
            products = BorderProducts(
                group, kernels: kernels, inner: output.map, weights: weights,
                scatters: valuesGradient != nil)
            name = group.stage.name
            multiplications = products.link.products * output.map.channels
            planesJob = products.planesJob(values: values)
            forwardJob = products.gatherJob(epilogue)
            weightJob = products.gradientJob(small: output.gradientPairs)
            if let valuesGradient {
                dataJob = products.scatterJob(
                    input: output.gradient, bias: nil, output: valuesGradient)
                dataJob.adds = addsGradient ? 1 : 0
            }
        }

        func forward() {
            products.kernels.planes_from_values(&planesJob)
            products.kernels.border_gather(&forwardJob)
        }

        func parameterGradients() { products.kernels.border_gradient(&weightJob) }

        func inputGradient() {
            guard needsInputGradient else { return }
            products.packTapWeights()
            products.kernels.border_scatter(&dataJob)
        }
    }
#endif
