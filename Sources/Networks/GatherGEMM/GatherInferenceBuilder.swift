#if arch(x86_64)
    import CKernels
    import Tensors

    /// Makes the kernel calls of one group after the other, normalisations folded and ReLUs fused.
    struct GatherInferenceBuilder {
        let kernels: vk_gather_kernels
        let images: Int
        let tensors: NamedTensors
        /// Row-major: the network's input, and the numbers that the last group gives.
        let border: (input: Buffer, output: Buffer)
        private(set) var layers: [any GatherInferenceLayer] = []
        /// The map that the next group reads; nil before the first and after one that wrote to the border.
        private var current: InferenceMap?

        init(
            kernels: vk_gather_kernels, images: Int, tensors: NamedTensors,
            border: (input: Buffer, output: Buffer)
        ) {
            self.kernels = kernels
            self.images = images
            self.tensors = tensors
            self.border = border
        }

        /// Appends the calls of all parts and brings the last map to the border. Throws
        /// `ParameterMismatch`.
        mutating func add(_ parts: [GatherNetwork.Part]) throws {
            for (index, part) in parts.enumerated() {
                let isLast = index == parts.count - 1
                switch part {
                case .layer(let group): try add(group, isLast: isLast)
                case .residual(let residual): try add(residual, isLast: isLast)
                }
            }
            guard let current else { return }
            layers.append(BlocksToValues(kernels: kernels, map: current, values: border.output))
        }

        /// The branch's last product adds what the shortcut has made.
        private mutating func add(_ residual: ResidualGroup, isLast: Bool) throws {
            if !residual.readsBorder, current == nil { pack(residual.input) }
            let input = current
            for group in residual.shortcut { try add(group) }
            let shortcut = current
            current = input
            for group in residual.branch.dropLast() { try add(group) }
            guard let end = residual.branch.last else { return }
            try add(end, isLast: isLast, relu: residual.relu, added: shortcut)
        }

        /// Appends the calls of one group; `relu` also where one follows the sum with `added`.
        private mutating func add(
            _ group: LayerGroup, isLast: Bool = false, relu: Bool = false,
            added: InferenceMap? = nil
        ) throws {
            if group.place != .fromBorder, current == nil { pack(group.input) }
            guard case .group(let stage, let groups) = group.normalization else {
                let output = group.place == .toBorder ? nil : map(of: group, isLast: isLast)
                layers.append(
                    layer(
                        group, try folded(group), to: output, relu: relu || group.relu,
                        added: added))
                current = output
                return
            }
            let (before, after) = (map(of: group), map(of: group))
            layers.append(
                layer(group, try folded(group), to: before, relu: false, added: nil))
            layers.append(
                try GatherGroupNormalization(
                    stage, groups: groups, relu: group.relu, kernels: kernels, from: before,
                    to: after, tensors: tensors))
            current = after
        }

        /// The network's input in blocks, where no kernel reads planes.
        private mutating func pack(_ view: LayerGroup.View) {
            let packed = InferenceMap(
                BlockMap(images: images, channels: view.channels, positions: view.positions),
                kernels: kernels)
            layers.append(ValuesToBlocks(kernels: kernels, values: border.input, map: packed))
            current = packed
        }

        private func map(of group: LayerGroup, isLast: Bool = false) -> InferenceMap {
            InferenceMap(group.outputMap(images: images), kernels: kernels, isLast: isLast)
        }

        /// Weight and bias of `group`, a batch normalisation folded in.
        private func folded(_ group: LayerGroup) throws -> FoldedLayer {
            var chain = [(name: group.stage.name, layer: group.stage.layer)]
            if case .batch(let stage) = group.normalization {
                chain.append((name: stage.name, layer: stage.layer))
            }
            let network = NetworkDescription(input: group.stage.input, layers: chain)
            return try network.folded(tensors)[0]
        }

        private func layer(
            _ group: LayerGroup, _ folded: FoldedLayer, to output: InferenceMap?, relu: Bool,
            added: InferenceMap?
        ) -> any GatherInferenceLayer {
            let weights = laid(folded.weight.values, group.weightPlaces(images: images))
            let bias = laid(folded.bias, biasPlaces(of: group, rows: folded.bias.count))
            switch (group.place, current, output) {
            case (.fromBorder, _, let output?):
                return InferenceFromBorder(
                    group, kernels: kernels, values: border.input, output: output,
                    weights: weights, bias: bias, relu: relu, added: added)
            case (_, let input?, let output?):
                return InferenceInner(
                    group, kernels: kernels, input: input, output: output, weights: weights,
                    bias: bias, relu: relu, added: added)
            case (_, let input?, nil):
                return InferenceToBorder(
                    group, kernels: kernels, input: input, values: border.output, weights: weights,
                    bias: bias)
            case (_, nil, _), (.fromBorder, _, nil):
                preconditionFailure("\(group.stage.name) reads and writes the border")
            }
        }

        private func biasPlaces(of group: LayerGroup, rows: Int) -> ParameterPlaces {
            let map = group.outputMap(images: images)
            let isLinear = if case .linear = group.stage.layer { true } else { false }
            return .vector(
                channels: isLinear ? map.channels : rows, positions: isLinear ? map.positions : 1,
                padded: group.place == .toBorder ? rows : map.paddedChannels)
        }

        private func laid(_ plain: [Float], _ places: ParameterPlaces) -> Buffer {
            let buffer = Buffer(count: places.room)
            places.write(plain, to: buffer)
            return buffer
        }
    }
#endif
