#if arch(x86_64)
    /// A network as the kernels see it: groups of layers on blocks, then layers on row-major numbers.
    struct GatherNetwork {
        /// A group, or two ways of groups.
        enum Part {
            case layer(LayerGroup)
            case residual(ResidualGroup)
        }

        let parts: [Part]
        /// Sigmoid and resize after the last group.
        let ending: [NetworkDescription.Stage]

        /// nil where a layer stands in a place that has no kernel.
        init?(_ network: NetworkDescription) {
            let endings = network.stages.reversed().prefix { $0.layer.isEnding }
            ending = endings.reversed()
            var reader = PartReader(network.stages.dropLast(endings.count))
            guard let parts = reader.parts() else { return nil }
            self.parts = parts
        }

        /// All groups, those of residuals included.
        var layers: [LayerGroup] {
            parts.flatMap { part in
                switch part {
                case .layer(let group): [group]
                case .residual(let residual): residual.branch + residual.shortcut
                }
            }
        }
    }

    extension Layer {
        /// Whether the layer can run on row-major numbers after the last group.
        fileprivate var isEnding: Bool {
            switch self {
            case .sigmoid, .bilinearResize: true
            default: false
            }
        }
    }

    /// Reads groups off a chain of layers.
    private struct PartReader {
        private var stages: ArraySlice<NetworkDescription.Stage>
        /// Dropout layers met so far.
        private var dropouts: Int
        /// The map that the next group reads; nil for the network's input.
        private var before: LayerGroup.View?

        init(
            _ stages: ArraySlice<NetworkDescription.Stage>, dropouts: Int = 0,
            before: LayerGroup.View? = nil
        ) {
            self.stages = stages
            self.dropouts = dropouts
            self.before = before
        }

        mutating func parts() -> [GatherNetwork.Part]? {
            var parts: [GatherNetwork.Part] = []
            while let stage = stages.popFirst() {
                if case .residual(let residual) = stage.layer {
                    guard let group = self.residual(residual, stage) else { return nil }
                    before = group.branch.last?.output
                    parts.append(.residual(group))
                } else {
                    guard let group = layer(stage, mayEnd: true) else { return nil }
                    before = group.output
                    parts.append(.layer(group))
                }
            }
            return parts.isEmpty ? nil : parts
        }

        private mutating func layer(
            _ stage: NetworkDescription.Stage, mayEnd: Bool
        ) -> LayerGroup? {
            guard stage.hasWeights else { return nil }
            var rest = LayerGroup.Rest()
            switch stages.first?.layer {
            case .batchNormalization: rest.normalization = .batch(stages.removeFirst())
            case .groupNormalization(let groups):
                rest.normalization = .group(stages.removeFirst(), groups: groups)
            default: break
            }
            rest.relu = takesReLU()
            rest.dropout = takesDropout()
            return LayerGroup(
                stage, rest, isLast: mayEnd && stages.isEmpty, before: before)
        }

        private mutating func takesReLU() -> Bool {
            guard stages.first?.layer == .relu else { return false }
            stages.removeFirst()
            return true
        }

        private mutating func takesDropout() -> LayerGroup.NumberedDropout? {
            guard case .dropout(let dropout) = stages.first?.layer else { return nil }
            stages.removeFirst()
            dropouts += 1
            return .init(dropout: dropout, number: dropouts - 1)
        }

        private mutating func residual(
            _ residual: Residual, _ stage: NetworkDescription.Stage
        ) -> ResidualGroup? {
            let ways = residual.ways(from: stage.input, name: stage.name)
            let readsBorder =
                before == nil && ways.branch.beginsWithConvolution
                && ways.shortcut.beginsWithConvolution
            let input = before ?? .map(stage.input)
            guard let branch = way(ways.branch, before: readsBorder ? nil : input),
                let shortcut = way(ways.shortcut, before: readsBorder ? nil : input),
                !branch.isEmpty
            else { return nil }
            let relu = takesReLU()
            return ResidualGroup(
                name: stage.name, branch: branch, shortcut: shortcut, relu: relu,
                dropout: takesDropout(), input: input)
        }

        /// The groups of one way; nil where it does not end with a batch normalisation.
        private mutating func way(
            _ network: NetworkDescription, before: LayerGroup.View?
        ) -> [LayerGroup]? {
            var reader = PartReader(network.stages[...], dropouts: dropouts, before: before)
            var groups: [LayerGroup] = []
            while let stage = reader.stages.popFirst() {
                guard let group = reader.layer(stage, mayEnd: false) else { return nil }
                reader.before = group.output
                groups.append(group)
            }
            dropouts = reader.dropouts
            guard let rest = groups.last?.rest else { return [] }
            guard case .batch = rest.normalization, !rest.relu, rest.dropout == nil else {
                return nil
            }
            return groups
        }
    }

    extension NetworkDescription {
        /// Numbers of one image that come out of the layers before `ending`.
        func countBeforeEnding(_ ending: [Stage]) -> Int {
            ending.first?.input.count ?? output.count
        }

        fileprivate var beginsWithConvolution: Bool {
            if case .convolution = stages.first?.layer { true } else { false }
        }
    }
#endif
