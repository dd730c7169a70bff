#if arch(x86_64)
    import CKernels
    import Tensors

    /// Turns groups of layers into operations, one after the other.
    struct GatherPlanBuilder {
        /// The network's row-major input, and the numbers that the last group gives.
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
        private(set) var normalizations: [GatherNormalization] = []
        private(set) var dropouts: [GatherDropout] = []
        /// The map that the next group reads; nil before the first and after one that wrote to the border.
        private var current: GatherActivation?

        init(kernels: vk_gather_kernels, batch: Int, arena: GatherParameters, border: Border) {
            self.kernels = kernels
            self.batch = batch
            self.arena = arena
            self.border = border
        }

        /// Appends the operations of all parts and brings the last map to the border.
        mutating func add(_ parts: [GatherNetwork.Part]) {
            for (index, part) in parts.enumerated() {
                switch part {
                case .layer(let group):
                    let place = Place(isLast: index == parts.count - 1)
                    add(group, place)
                    if let current, group.normalization != nil { normalize(group, current) }
                case .residual(let residual): add(residual)
                }
            }
            guard let current else { return }
            operations.append(
                BlocksOutput(
                    kernels: kernels, input: current, values: border.output,
                    valuesGradient: border.outputGradient))
        }

        private typealias Parameter = (value: Buffer, gradient: Buffer)

        /// Where a group stands.
        private struct Place {
            /// The last map leaves in float32.
            var isLast = false
            /// The end of a residual's way is normalised by the sum.
            var endsWay = false
            /// Which part of its input's gradient the group makes.
            var part = GatherActivation.GradientPart.whole
        }

        /// Appends a group's products and makes their map the current one.
        private mutating func add(_ group: LayerGroup, _ place: Place) {
            let weights = arena.add(
                group.stage.parameters.filter { $0.role == .weight },
                group.weightPlaces(images: batch))
            let bias = group.biasPlaces(images: batch).map {
                arena.add(group.stage.parameters.filter { $0.role == .bias }, $0)
            }
            switch group.place {
            case .inner: addInner(group, weights, bias, place)
            case .fromBorder: addFromBorder(group, weights, bias, place)
            case .toBorder: addToBorder(group, weights, bias)
            }
            if let bias, let current {
                operations.append(
                    GatherBias("\(group.stage.name).bias", current, gradient: bias.gradient))
            }
        }

        /// The network's input in blocks, where no kernel reads planes.
        private mutating func packInput(_ view: LayerGroup.View) -> GatherActivation {
            let packed = GatherActivation(
                BlockMap(images: batch, channels: view.channels, positions: view.positions),
                kernels: kernels)
            operations.append(
                BlocksInput(
                    kernels: kernels, values: border.input, valuesGradient: border.inputGradient,
                    output: packed))
            return packed
        }

        /// The map that `group` makes.
        private mutating func output(of group: LayerGroup, _ place: Place) -> GatherActivation {
            let making: GatherActivation.Making =
                switch group.normalization {
                case nil: .product
                case .batch: place.endsWay ? .way : .batchNormalization
                case .group: .groupNormalization
                }
            let output = GatherActivation(
                group.outputMap(images: batch), kernels: kernels, making: making,
                relu: group.relu, dropout: group.rest.dropout, isLast: place.isLast)
            if let dropout = output.dropout { dropouts.append(dropout) }
            return output
        }

        private mutating func addInner(
            _ group: LayerGroup, _ weights: Parameter, _ bias: Parameter?, _ place: Place
        ) {
            let isFirst = operations.isEmpty
            let input = current ?? packInput(group.input)
            let output = output(of: group, place)
            let needsGradient = !isFirst || border.inputGradient != nil
            operations.append(
                InnerLayer(
                    group, kernels: kernels, input: input, output: output, weights: weights,
                    epilogue: output.forwardEpilogue(bias: bias?.value),
                    inputGradient: needsGradient ? place.part : nil))
            current = output
        }

        private mutating func addFromBorder(
            _ group: LayerGroup, _ weights: Parameter, _ bias: Parameter?, _ place: Place
        ) {
            let output = output(of: group, place)
            operations.append(
                BorderInputLayer(
                    group, kernels: kernels, values: border.input,
                    valuesGradient: border.inputGradient, addsGradient: place.part == .rest,
                    output: output, weights: weights,
                    epilogue: output.forwardEpilogue(bias: bias?.value)))
            current = output
        }

        private mutating func addToBorder(
            _ group: LayerGroup, _ weights: Parameter, _ bias: Parameter?
        ) {
            let isFirst = operations.isEmpty
            let input = current ?? packInput(group.input)
            operations.append(
                BorderOutputLayer(
                    group, kernels: kernels, input: input, values: border.output,
                    valuesGradient: border.outputGradient, weights: weights, bias: bias,
                    needsInputGradient: !isFirst || border.inputGradient != nil))
            current = nil
        }

        /// Appends what stands between a group's products and the value of their map.
        private mutating func normalize(_ group: LayerGroup, _ output: GatherActivation) {
            switch group.normalization {
            case nil: return
            case .batch(let stage):
                let normalization = normalization(stage, group, output)
                operations.append(normalization)
            case .group(let stage, let groups):
                let (scale, shift) = scaleAndShift(of: stage, output.map)
                operations.append(
                    GatherGroupNormalization(
                        stage, groups: groups, relu: group.relu, kernels: kernels,
                        activation: output, scale: scale, shift: shift))
            }
        }

        private func scaleAndShift(
            of stage: NetworkDescription.Stage, _ map: BlockMap
        ) -> (scale: Parameter, shift: Parameter) {
            let places = ParameterPlaces.vector(
                channels: map.channels, padded: map.paddedChannels)
            return (
                arena.add(stage.parameters.filter { $0.role == .scale }, places),
                arena.add(stage.parameters.filter { $0.role == .shift }, places)
            )
        }

        private mutating func normalization(
            _ stage: NetworkDescription.Stage, _ group: LayerGroup, _ output: GatherActivation
        ) -> GatherNormalization {
            let (scale, shift) = scaleAndShift(of: stage, output.map)
            let normalization = GatherNormalization(
                stage, relu: group.relu, kernels: kernels, activation: output, scale: scale,
                shift: shift)
            normalizations.append(normalization)
            return normalization
        }
    }

    extension GatherPlanBuilder {
        /// Appends both ways and their sum. The shortcut comes first, so that in the backward pass the branch
        /// makes the first part of the input's gradient and the shortcut the rest; where the shortcut is
        /// empty, the sum makes the first part.
        private mutating func add(_ residual: ResidualGroup) {
            if !residual.readsBorder, current == nil { current = packInput(residual.input) }
            let input = current
            let shortcut = way(residual.shortcut, from: input, part: .rest)
            let branch = way(
                residual.branch, from: input, part: residual.shortcut.isEmpty ? .rest : .first)
            guard let branch, let other = shortcut ?? input.map(SumWay.init(identity:)) else {
                preconditionFailure("\(residual.name) has no ways")
            }
            let output = GatherActivation(
                residual.outputMap(images: batch), kernels: kernels, making: .sum,
                relu: residual.relu, dropout: residual.dropout, ways: [branch, other])
            if let dropout = output.dropout { dropouts.append(dropout) }
            operations.append(
                GatherSum(
                    residual.name, kernels: kernels, ways: [branch, other], output: output,
                    relu: residual.relu))
            current = output
        }

        /// Appends the groups of a way, which end with a batch normalisation; nil for no groups.
        private mutating func way(
            _ groups: [LayerGroup], from input: GatherActivation?,
            part: GatherActivation.GradientPart
        ) -> SumWay? {
            current = input
            for (index, group) in groups.enumerated() {
                let endsWay = index == groups.count - 1
                add(group, Place(endsWay: endsWay, part: index == 0 ? part : .whole))
                guard let current else { return nil }
                if endsWay, case .batch(let stage) = group.normalization {
                    return SumWay(normalization(stage, group, current), end: current)
                }
                normalize(group, current)
            }
            return nil
        }
    }
#endif
