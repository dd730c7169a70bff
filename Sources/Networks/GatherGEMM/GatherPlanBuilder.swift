#if arch(x86_64)
    import CKernels
    import Tensors

    /// Turns groups of layers into operations, one after the other.
    struct GatherPlanBuilder {
        /// The network's row-major input and output.
        struct Border {
            let input: Buffer
            let inputGradient: Buffer?
            let output: Buffer
            let outputGradient: Buffer
        }

        let kernels: vk_gather_kernels
        let batch: Int
        let arena: GatherParameters
        let border: Border
        private(set) var operations: [any GatherOperation] = []
        /// The map that the next group reads; nil before the first and after one that wrote to the border.
        private var current: GatherActivation?

        init(kernels: vk_gather_kernels, batch: Int, arena: GatherParameters, border: Border) {
            self.kernels = kernels
            self.batch = batch
            self.arena = arena
            self.border = border
        }

        /// Appends a group's operations; the last map leaves in float32.
        mutating func add(_ group: LayerGroup, isLast: Bool) {
            let weights = arena.add(
                group.stage.parameters.filter { $0.role == .weight },
                group.weightPlaces(images: batch))
            let bias = group.biasPlaces(images: batch).map {
                arena.add(group.stage.parameters.filter { $0.role == .bias }, $0)
            }
            switch group.place {
            case .inner: addInner(group, weights, bias, isLast: isLast)
            case .fromBorder: addFromBorder(group, weights, bias, isLast: isLast)
            case .toBorder: addToBorder(group, weights, bias)
            }
        }

        /// Brings the last map to the border, where a kernel has not yet done so.
        mutating func end() {
            guard let current else { return }
            operations.append(
                BlocksOutput(
                    kernels: kernels, input: current, values: border.output,
                    valuesGradient: border.outputGradient))
        }

        private typealias Parameter = (value: Buffer, gradient: Buffer)

        /// The map that `group` reads, and whether its gradient is wanted.
        private mutating func input(of group: LayerGroup) -> (GatherActivation, needsGradient: Bool)
        {
            if let current { return (current, true) }
            let packed = GatherActivation(group.inputMap(images: batch), kernels: kernels)
            operations.append(
                BlocksInput(
                    kernels: kernels, values: border.input, valuesGradient: border.inputGradient,
                    output: packed))
            return (packed, border.inputGradient != nil)
        }

        /// The map that `group` makes.
        private func output(of group: LayerGroup, isLast: Bool) -> GatherActivation {
            GatherActivation(
                group.outputMap(images: batch), kernels: kernels,
                isNormalized: group.normalization != nil, relu: group.relu, isLast: isLast)
        }

        private mutating func addInner(
            _ group: LayerGroup, _ weights: Parameter, _ bias: Parameter?, isLast: Bool
        ) {
            let (input, needsGradient) = input(of: group)
            let output = output(of: group, isLast: isLast)
            operations.append(
                InnerLayer(
                    group, kernels: kernels, input: input, output: output, weights: weights,
                    epilogue: output.forwardEpilogue(bias: bias?.value),
                    needsInputGradient: needsGradient))
            finish(group, output, bias)
        }

        private mutating func addFromBorder(
            _ group: LayerGroup, _ weights: Parameter, _ bias: Parameter?, isLast: Bool
        ) {
            let output = output(of: group, isLast: isLast)
            operations.append(
                BorderInputLayer(
                    group, kernels: kernels, values: border.input,
                    valuesGradient: border.inputGradient, output: output, weights: weights,
                    epilogue: output.forwardEpilogue(bias: bias?.value)))
            finish(group, output, bias)
        }

        private mutating func addToBorder(
            _ group: LayerGroup, _ weights: Parameter, _ bias: Parameter?
        ) {
            let (input, needsGradient) = input(of: group)
            operations.append(
                BorderOutputLayer(
                    group, kernels: kernels, input: input, values: border.output,
                    valuesGradient: border.outputGradient, weights: weights, bias: bias,
                    needsInputGradient: needsGradient))
            current = nil
        }

        /// What stands between the products and the map's value.
        private mutating func finish(
            _ group: LayerGroup, _ output: GatherActivation, _ bias: Parameter?
        ) {
            current = output
            if let bias {
                operations.append(
                    GatherBias("\(group.stage.name).bias", output, gradient: bias.gradient))
            }
            guard let stage = group.normalization else { return }
            let places = ParameterPlaces.vector(
                channels: output.map.channels, padded: output.map.paddedChannels)
            let scale = arena.add(stage.parameters.filter { $0.role == .scale }, places)
            let shift = arena.add(stage.parameters.filter { $0.role == .shift }, places)
            operations.append(
                GatherNormalization(
                    stage, relu: group.relu, kernels: kernels, activation: output, scale: scale,
                    shift: shift))
        }
    }
#endif
