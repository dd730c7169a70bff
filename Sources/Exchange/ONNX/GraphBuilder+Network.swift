import Networks
import Tensors

extension GraphBuilder {
    /// Adds a network as it is at inference, batch normalisations folded into the weights before them.
    mutating func add(_ network: NetworkDescription, _ tensors: NamedTensors) throws {
        for stage in try network.inferenceStages(tensors) {
            switch stage {
            case .folded(let layer): add(layer)
            case .plain(let stage): try add(stage, tensors)
            }
        }
    }

    private mutating func add(_ layer: FoldedLayer) {
        let stage = layer.stage
        let weight = constant(
            "\(stage.name).weight", layer.weight.shape.sizes, .floats(layer.weight.values))
        let bias = constant("\(stage.name).bias", [layer.bias.count], .floats(layer.bias))
        switch stage.layer {
        case .convolution(let c):
            makeMap(stage.input)
            add("Conv", named: stage.name, with: [weight, bias], c.settings(stage))
        case .transposedConvolution(let c):
            makeMap(stage.input)
            add("ConvTranspose", named: stage.name, with: [weight, bias], c.settings(stage))
        default:
            if !isFlat { add("Flatten", named: "\(stage.name).flat", ["axis": .integer(1)]) }
            add("Gemm", named: stage.name, with: [weight, bias], ["transB": .integer(1)])
            isFlat = true
        }
        if layer.relu { add("Relu", named: "\(stage.name).relu") }
    }

    private mutating func add(_ stage: NetworkDescription.Stage, _ tensors: NamedTensors) throws {
        switch stage.layer {
        case .relu: add("Relu", named: stage.name)
        case .sigmoid: add("Sigmoid", named: stage.name)
        case .batchNormalization: try addBatchNormalization(stage, tensors)
        case .groupNormalization(let groups):
            try addGroupNormalization(stage, groups: groups, tensors)
        case .bilinearResize(let height, let width):
            makeMap(stage.input)
            let sizes = constant("\(stage.name).sizes", [2], .integers([height, width]))
            add(
                "Resize", named: stage.name, with: ["", "", sizes],
                [
                    "axes": .integers([2, 3]), "mode": .word("linear"),
                    "coordinate_transformation_mode": .word("half_pixel"),
                ])
        case .residual(let residual):
            try add(residual.ways(from: stage.input, name: stage.name), of: stage, tensors)
        case .convolution, .transposedConvolution, .linear, .dropout:
            preconditionFailure("\(stage.name) is no layer of its own at inference")
        }
    }

    private mutating func add(
        _ ways: (branch: NetworkDescription, shortcut: NetworkDescription),
        of stage: NetworkDescription.Stage, _ tensors: NamedTensors
    ) throws {
        makeMap(stage.input)
        let start = current
        try add(ways.branch, tensors)
        makeMap(stage.output)
        let branch = current
        (current, isFlat) = (start, false)
        try add(ways.shortcut, tensors)
        makeMap(stage.output)
        add("Add", named: stage.name, reading: [branch, current])
    }

    private mutating func addBatchNormalization(
        _ stage: NetworkDescription.Stage, _ tensors: NamedTensors
    ) throws {
        makeMap(stage.input)
        var numbers: [String] = []
        for parameter in stage.parameters {
            let values = try tensors.tensor(for: parameter).values
            numbers.append(constant(parameter.name, parameter.shape.sizes, .floats(values)))
        }
        add(
            "BatchNormalization", named: stage.name, with: numbers,
            ["epsilon": .float(Layer.epsilon)])
    }

    /// Each group as one channel of an instance normalisation, then γ and β of the channels.
    private mutating func addGroupNormalization(
        _ stage: NetworkDescription.Stage, groups: Int, _ tensors: NamedTensors
    ) throws {
        makeMap(stage.input)
        let (name, channels) = (stage.name, stage.input.channels)
        let grouped = constant("\(name).groups", [3], .integers([0, groups, -1]))
        let ones = constant(
            "\(name).one", [groups], .floats(Array(repeating: 1, count: groups)))
        let zeros = constant(
            "\(name).zero", [groups], .floats(Array(repeating: 0, count: groups)))
        let (scale, shift) = (
            try tensors.tensor(for: stage.parameters[0]),
            try tensors.tensor(for: stage.parameters[1])
        )
        let gamma = constant("\(name).weight", [channels, 1, 1], .floats(scale.values))
        let beta = constant("\(name).bias", [channels, 1, 1], .floats(shift.values))
        add("Reshape", named: "\(name).grouped", with: [grouped])
        add(
            "InstanceNormalization", named: "\(name).normalised", with: [ones, zeros],
            ["epsilon": .float(Layer.epsilon)])
        let sizes = [stage.output.channels, stage.output.height, stage.output.width]
        let shape = constant("\(name).shape", [4], .integers([0] + sizes))
        add("Reshape", named: "\(name).map", with: [shape])
        add("Mul", named: "\(name).scaled", with: [gamma])
        add("Add", named: name, with: [beta])
    }

    /// Gives the current value channels, rows and columns if it has none.
    mutating func makeMap(_ shape: FeatureShape) {
        guard isFlat else { return }
        let sizes = [0, shape.channels, shape.height, shape.width]
        let target = constant("\(current).shape", [4], .integers(sizes))
        add("Reshape", named: "\(current).map", with: [target])
        isFlat = false
    }
}

extension Convolution {
    /// Geometry in ONNX's terms; zeros after the last row are as many as the output's size asks for.
    fileprivate func settings(
        _ stage: NetworkDescription.Stage
    ) -> KeyValuePairs<String, GraphBuilder.Setting> {
        func after(_ small: Int, _ large: Int) -> Int {
            max(0, (small - 1) * stride + kernel - padding - large)
        }
        let isTransposed = stage.layer == .transposedConvolution(self)
        let (small, large) =
            isTransposed ? (stage.input, stage.output) : (stage.output, stage.input)
        let end = [after(small.height, large.height), after(small.width, large.width)]
        return [
            "kernel_shape": .integers([kernel, kernel]), "strides": .integers([stride, stride]),
            "pads": .integers([padding, padding] + end),
        ]
    }
}
