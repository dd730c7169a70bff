import Tensors

/// A chain of named layers with the shape of every feature map: a network as a value.
///
/// It is compiled into a plan once per (batch, precision); it holds no numbers itself.
public struct NetworkDescription: Sendable, Hashable {
    /// Shape of one input.
    public let input: FeatureShape
    /// Layers in order with the shapes around them.
    public let stages: [Stage]

    /// One layer with its name in the state dictionary and the shapes around it.
    public struct Stage: Sendable, Hashable {
        /// Prefix of the layer's parameters, such as `encoder.conv1`.
        public let name: String
        /// What it computes.
        public let layer: Layer
        /// Shape of one input.
        public let input: FeatureShape
        /// Shape of one output.
        public let output: FeatureShape
    }

    /// A chain of layers; every geometry is checked.
    public init(input: FeatureShape, layers: [(name: String, layer: Layer)]) {
        self.input = input
        var shape = input
        stages = layers.map { name, layer in
            let output = layer.output(of: shape)
            defer { shape = output }
            return Stage(name: name, layer: layer, input: shape, output: output)
        }
    }

    /// The stages `range` as a network of their own, under the same names.
    public func part(_ range: Range<Int>) -> NetworkDescription {
        let chosen = stages[range]
        return NetworkDescription(
            input: chosen.first?.input ?? output,
            layers: chosen.map { (name: $0.name, layer: $0.layer) })
    }

    /// Shape of one output.
    public var output: FeatureShape { stages.last?.output ?? input }

    /// Every stage, and those of both ways of a residual layer before it: branch, then shortcut.
    package var stagesInDepth: [Stage] {
        stages.flatMap { stage -> [Stage] in
            guard case .residual(let residual) = stage.layer else { return [stage] }
            let ways = residual.ways(from: stage.input, name: stage.name)
            return ways.branch.stagesInDepth + ways.shortcut.stagesInDepth + [stage]
        }
    }

    /// How many layers draw what they drop.
    public var dropoutCount: Int {
        stagesInDepth.count { if case .dropout = $0.layer { true } else { false } }
    }

    /// Every parameter and statistic in the state dictionary's order.
    public var parameters: [ParameterDescription] { stages.flatMap(\.parameters) }

    /// Numbers that training changes.
    public var trainedCount: Int {
        parameters.filter(\.isTrained).reduce(0) { $0 + $1.shape.count }
    }
}

extension Layer {
    /// Shape of the output for an input of `shape`; a mismatch is the caller's mistake.
    func output(of shape: FeatureShape) -> FeatureShape {
        switch self {
        case .convolution(let c):
            Layer.checkReach(small: c.outputHeight, large: shape.height, c, over: c.stride - 1)
            Layer.checkReach(small: c.outputWidth, large: shape.width, c, over: c.stride - 1)
            return c.output
        case .transposedConvolution(let c):
            Layer.checkReach(small: shape.height, large: c.outputHeight, c)
            Layer.checkReach(small: shape.width, large: c.outputWidth, c)
            return c.output
        case .linear(let linear):
            return linear.output
        case .groupNormalization(let groups):
            precondition(
                groups > 0 && shape.channels % groups == 0,
                "\(shape.channels) channels are no \(groups) equal groups")
            return shape
        case .batchNormalization, .relu, .sigmoid, .dropout:
            return shape
        case .bilinearResize(let height, let width):
            return FeatureShape(channels: shape.channels, height: height, width: width)
        case .residual(let residual):
            let ways = residual.ways(from: shape, name: "")
            precondition(
                ways.branch.output == ways.shortcut.output,
                "\(ways.branch.output) and \(ways.shortcut.output) cannot be added")
            return ways.branch.output
        }
    }

    /// The last kernel position must start inside the image and leave at most `over` rows unread, fewer
    /// than a stride in a convolution and none in a transposed one, which would leave them unwritten.
    private static func checkReach(small: Int, large: Int, _ c: Convolution, over: Int = 0) {
        let far = (small - 1) * c.stride + c.kernel - c.padding - large
        precondition(
            far >= -over && far < c.kernel && c.padding < c.kernel,
            "kernel \(c.kernel), stride \(c.stride), padding \(c.padding) does not link sizes \(large) and \(small)"
        )
    }
}

extension Convolution {
    var output: FeatureShape {
        FeatureShape(channels: outChannels, height: outputHeight, width: outputWidth)
    }
}

extension Residual {
    /// Both ways as networks of their own, for inputs of `shape` in a layer called `name`.
    package func ways(
        from shape: FeatureShape, name: String
    ) -> (branch: NetworkDescription, shortcut: NetworkDescription) {
        func network(_ layers: [NamedLayer]) -> NetworkDescription {
            NetworkDescription(
                input: shape, layers: layers.map { (name: "\(name).\($0.name)", layer: $0.layer) })
        }
        return (network(branch), network(shortcut))
    }
}
