#if arch(x86_64)
    import CKernels
    import Tensors

    /// The sum of a residual's two ways in training, with their normalisations, ReLU and dropout.
    final class GatherSum: GatherOperation {
        let name: String
        private let kernels: vk_gather_kernels
        private let ways: [SumWay]
        private let output: GatherActivation
        private var job = vk_sum_job()

        init(
            _ name: String, kernels: vk_gather_kernels, ways: [SumWay], output: GatherActivation,
            relu: Bool
        ) {
            self.name = name
            self.kernels = kernels
            self.ways = ways
            self.output = output
            for (index, way) in ways.enumerated() {
                way.normalization?.takeGradientSums(of: output, product: 1 + index)
            }
            job.map = output.map.map
            job.ways = (ways[0].way, ways[1].way)
            job.floor = relu ? 0 : -.infinity
            job.keep = UnsafePointer(output.dropout?.keep)
            job.after = output.value.pointer
            let hasPairs = output.valuePairs !== output.value
            job.after_pairs = hasPairs ? output.valuePairs.pointer : nil
            job.gradient = UnsafePointer(output.gradient.pointer)
        }

        func forward() {
            for way in ways { way.normalization?.measure() }
            kernels.add(&job)
        }

        /// Those of the normalisations as well: they come from the sums that the ways' gradients need.
        func inputGradient() {
            for way in ways { way.normalization?.measureGradient() }
            kernels.add_backward(&job)
        }
    }
#endif
