#if arch(x86_64)
    /// A layer with weights and the normalisation, ReLU and dropout after it: what the kernels do as one.
    struct LayerGroup {
        /// Which kernels run the layer.
        enum Place {
            /// Products between blocks.
            case inner
            /// A convolution of the input: products from planes.
            case fromBorder
            /// The way out: products to taps that pixels collect.
            case toBorder
        }

        /// How a feature map is seen by the kernels.
        struct View: Equatable {
            let channels: Int
            let positions: Int

            static func flat(_ shape: FeatureShape) -> View {
                View(channels: shape.count, positions: 1)
            }
            static func map(_ shape: FeatureShape) -> View {
                View(channels: shape.channels, positions: shape.height * shape.width)
            }
        }

        /// What stands between the products and the ReLU.
        enum Normalization {
            case batch(NetworkDescription.Stage)
            case group(NetworkDescription.Stage, groups: Int)

            var stage: NetworkDescription.Stage {
                switch self {
                case .batch(let stage), .group(let stage, _): stage
                }
            }
        }

        /// A dropout layer and how many stand before it in the network.
        struct NumberedDropout {
            let dropout: Dropout
            let number: Int
        }

        /// What follows the products of a layer.
        struct Rest {
            var normalization: Normalization?
            var relu = false
            var dropout: NumberedDropout?

            var isEmpty: Bool { normalization == nil && !relu && dropout == nil }
        }

        let stage: NetworkDescription.Stage
        let rest: Rest
        let place: Place
        let input: View
        let output: View

        /// Taps up to which collecting pixels beats products whose channels are padded to 32.
        private static let mostBorderTaps = 128

        /// `before` is the map that the layer reads, nil for the network's input; `isLast` where the
        /// network's output may be row-major at once.
        init(_ stage: NetworkDescription.Stage, _ rest: Rest, isLast: Bool, before: View?) {
            self.stage = stage
            self.rest = rest
            let mayEnd = isLast && rest.isEmpty
            switch stage.layer {
            case .convolution(let c) where before == nil || (mayEnd && c.stride == 1):
                let taps = stage.output.channels * c.kernel * c.kernel
                let leads = before != nil && taps <= Self.mostBorderTaps
                place = before == nil ? .fromBorder : leads ? .toBorder : .inner
            case .transposedConvolution(let c) where mayEnd:
                let taps = stage.output.channels * c.kernel * c.kernel
                place = taps <= Self.mostBorderTaps ? .toBorder : .inner
            default:
                place = .inner
            }
            let isLinear = if case .linear = stage.layer { true } else { false }
            input = before ?? (isLinear ? .flat(stage.input) : .map(stage.input))
            let endsFlat =
                isLinear && isLast && rest.normalization == nil && rest.dropout == nil
            output = endsFlat ? .flat(stage.output) : .map(stage.output)
        }

        var normalization: Normalization? { rest.normalization }
        var relu: Bool { rest.relu }

        /// A trained bias before a normalisation has no kernel.
        var canTrain: Bool { normalization == nil || !hasTrainedBias }

        var hasTrainedBias: Bool { stage.parameters.contains { $0.role == .bias } }

        /// Whether weights lead from the small map to the big one in the forward pass.
        var leadsToBig: Bool {
            if case .transposedConvolution = stage.layer { true } else { false }
        }

        /// Which positions an inner layer links.
        var link: PositionLink {
            switch stage.layer {
            case .convolution(let c): PositionLink(c, big: stage.input, small: stage.output)
            case .transposedConvolution(let c):
                PositionLink(c, big: stage.output, small: stage.input)
            default: PositionLink(denseFrom: input.positions, to: output.positions)
            }
        }

        /// The map that comes out, for batches of `images`.
        func outputMap(images: Int) -> BlockMap {
            let isLinear = if case .linear = stage.layer { true } else { false }
            return BlockMap(
                images: images, channels: output.channels, positions: output.positions,
                separatesPositions: isLinear && hasTrainedBias)
        }

        /// The map that goes in, for batches of `images`.
        func inputMap(images: Int) -> BlockMap {
            BlockMap(images: images, channels: input.channels, positions: input.positions)
        }
    }

    extension NetworkDescription.Stage {
        /// Whether the layer multiplies by trained weights.
        var hasWeights: Bool {
            switch layer {
            case .convolution, .transposedConvolution, .linear: true
            default: false
            }
        }
    }
#endif
