#if arch(x86_64)
    import CKernels
    import Tensors

    /// Group normalisation with the ReLU and dropout after it, in training and at inference.
    final class GatherGroupNormalization: GatherOperation, GatherInferenceLayer {
        let name: String
        private let kernels: vk_gather_kernels
        private let memory: [Buffer]
        private var job = vk_group_normalization_job()

        /// `parameters` are scale and shift `[padded channels]`.
        private init(
            _ stage: NetworkDescription.Stage, groups: Int, relu: Bool, map: BlockMap,
            kernels: vk_gather_kernels, parameters: [Buffer], before: Buffer, after: Buffer
        ) {
            name = stage.name
            self.kernels = kernels
            let room = map.rows * map.paddedChannels
            let statistics = (0..<2).map { _ in Buffer(count: map.rows * groups) }
            let (coefficients, partial) = (Buffer(count: 3 * room), Buffer(count: 2 * room))
            memory = parameters + statistics + [coefficients, partial, before, after]
            job.map = map.map
            job.channels = map.channels
            job.groups = groups
            job.scale_parameter = UnsafePointer(parameters[0].pointer)
            job.shift_parameter = UnsafePointer(parameters[1].pointer)
            job.epsilon = NormalizationOperation.epsilon
            job.floor = relu ? 0 : -.infinity
            job.mean = statistics[0].pointer
            job.inverse_deviation = statistics[1].pointer
            job.coefficients = coefficients.pointer
            job.partial = partial.pointer
            job.before = UnsafePointer(before.pointer)
            job.after = after.pointer
        }

        /// In training.
        convenience init(
            _ stage: NetworkDescription.Stage, groups: Int, relu: Bool,
            kernels: vk_gather_kernels, activation: GatherActivation,
            scale: (value: Buffer, gradient: Buffer), shift: (value: Buffer, gradient: Buffer)
        ) {
            self.init(
                stage, groups: groups, relu: relu, map: activation.map, kernels: kernels,
                parameters: [scale.value, shift.value], before: activation.before,
                after: activation.value)
            self.activation = activation
            job.scale_gradient = scale.gradient.pointer
            job.shift_gradient = shift.gradient.pointer
            job.keep = UnsafePointer(activation.dropout?.keep)
            let hasPairs = activation.valuePairs !== activation.value
            job.after_pairs = hasPairs ? activation.valuePairs.pointer : nil
            job.gradient = activation.gradient.pointer
            job.gradient_pairs = activation.gradientPairs.pointer
        }

        /// At inference, with the numbers in `tensors`. Throws `ParameterMismatch`.
        convenience init(
            _ stage: NetworkDescription.Stage, groups: Int, relu: Bool,
            kernels: vk_gather_kernels, from before: InferenceMap, to after: InferenceMap,
            tensors: NamedTensors
        ) throws {
            let parameters = try stage.parameters.map { parameter in
                let buffer = Buffer(count: after.map.paddedChannels)
                buffer.write(try tensors.tensor(for: parameter).values)
                return buffer
            }
            self.init(
                stage, groups: groups, relu: relu, map: after.map, kernels: kernels,
                parameters: parameters, before: before.value, after: after.value)
        }

        /// Owns the gradients, and the numbers that dropout keeps.
        private var activation: GatherActivation?

        func forward() { kernels.group_normalize(&job) }

        /// Those of scale and shift as well.
        func inputGradient() { kernels.group_normalize_backward(&job) }
    }
#endif
