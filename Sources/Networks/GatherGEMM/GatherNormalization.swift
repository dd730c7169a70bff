#if arch(x86_64)
    import CKernels
    import Tensors

    /// Batch normalisation in training with the ReLU after it; keeps the running statistics.
    final class GatherNormalization: GatherOperation {
        let name: String
        private let kernels: vk_gather_kernels
        private let activation: GatherActivation
        private let statistics: [ParameterDescription]
        private let channels: Int
        private let runningMean: Buffer
        private let runningVariance: Buffer
        private let vectors: Buffer
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
            vectors = Buffer(count: 5 * padded)
            job.map = activation.map.map
            job.scale_parameter = UnsafePointer(scale.value.pointer)
            job.shift_parameter = UnsafePointer(shift.value.pointer)
            job.scale_gradient = scale.gradient.pointer
            job.shift_gradient = shift.gradient.pointer
            job.sums = UnsafePointer(activation.sums.pointer)
            job.mean = vectors.pointer
            job.inverse_deviation = vectors.pointer + padded
            job.coefficients = vectors.pointer + 2 * padded
            job.scale = activation.scale.pointer
            job.shift = activation.shift.pointer
            job.running_mean = runningMean.pointer
            job.running_variance = runningVariance.pointer
            job.momentum = NormalizationOperation.momentum
            job.epsilon = NormalizationOperation.epsilon
            job.floor = relu ? 0 : -.infinity
            job.before = UnsafePointer(activation.before.pointer)
            job.after = activation.value.pointer
            job.after_pairs = activation.valuePairs.pointer
            job.gradient = activation.gradient.pointer
            job.gradient_pairs = activation.gradientPairs.pointer
        }

        func forward() { kernels.normalize(&job) }

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
