#if arch(x86_64)
    import CKernels
    import Tensors

    /// Batch normalisation in training with the ReLU and dropout after it; keeps the running statistics.
    final class GatherNormalization: GatherOperation {
        let name: String
        private let kernels: vk_gather_kernels
        private let activation: GatherActivation
        private let statistics: [ParameterDescription]
        private let channels: Int
        private let runningMean: Buffer
        private let runningVariance: Buffer
        private let vectors: Buffer
        /// `[3, padded channels]`: the gradient of what was normalised, see `vk_normalization_job`.
        let coefficients: Buffer
        private var job = vk_normalization_job()

        init(
            _ stage: NetworkDescription.Stage, relu: Bool, kernels: vk_gather_kernels,
            activation: GatherActivation, scale: (value: Buffer, gradient: Buffer),
            shift: (value: Buffer, gradient: Buffer)
        ) {
            name = stage.name
            self.kernels = kernels
            self.activation = activation
            statistics = stage.parameters.filter { !$0.isTrained }
            channels = stage.input.channels
            let padded = activation.map.paddedChannels
            runningMean = Buffer(count: padded)
            runningVariance = Buffer(count: padded)
            vectors = Buffer(count: 2 * padded)
            coefficients = Buffer(count: 3 * padded)
            job.map = activation.map.map
            job.scale_parameter = UnsafePointer(scale.value.pointer)
            job.shift_parameter = UnsafePointer(shift.value.pointer)
            job.scale_gradient = scale.gradient.pointer
            job.shift_gradient = shift.gradient.pointer
            job.sums = UnsafePointer(activation.sums.pointer)
            job.gradient_sums = job.sums
            job.gradient_sums_count = 2
            job.gradient_product = 1
            job.mean = vectors.pointer
            job.inverse_deviation = vectors.pointer + padded
            job.coefficients = coefficients.pointer
            job.scale = activation.scale.pointer
            job.shift = activation.shift.pointer
            job.running_mean = runningMean.pointer
            job.running_variance = runningVariance.pointer
            job.momentum = NormalizationOperation.momentum
            job.epsilon = NormalizationOperation.epsilon
            job.floor = relu ? 0 : -.infinity
            job.keep = UnsafePointer(activation.dropout?.keep)
            job.before = UnsafePointer(activation.before.pointer)
            job.after = activation.value.pointer
            job.after_pairs = activation.valuePairs.pointer
            job.gradient = activation.gradient.pointer
            job.gradient_pairs = activation.gradientPairs.pointer
        }

        /// Takes the sums of a residual's gradient, in which number `product` is that with this way.
        func takeGradientSums(of sum: GatherActivation, product: Int) {
            job.gradient_sums = UnsafePointer(sum.sums.pointer)
            job.gradient_sums_count = 3
            job.gradient_product = product
        }

        func forward() { kernels.normalize(&job) }

        /// Statistics alone, for a way whose numbers the sum normalises.
        func measure() { kernels.measure(&job) }

        /// Gradients of scale and shift, and the coefficients for the way's gradient.
        func measureGradient() { kernels.measure_backward(&job) }

        /// Those of scale and shift as well: they come from the sums that the input's gradient needs.
        func inputGradient() { kernels.normalize_backward(&job) }

        /// Copies the running statistics in.
        func load(_ tensors: NamedTensors) throws {
            for (description, buffer) in zip(statistics, [runningMean, runningVariance]) {
                buffer.write(try tensors.tensor(for: description).values)
            }
        }

        /// Adds the running statistics under their names.
        func store(into tensors: inout NamedTensors) {
            for (description, buffer) in zip(statistics, [runningMean, runningVariance]) {
                tensors[description.name] = Tensor(description.shape, buffer.read(channels))
            }
        }
    }
#endif
