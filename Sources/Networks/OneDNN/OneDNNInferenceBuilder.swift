import CKernels
import COneDNN
import Tensors

/// Turns the stages of a network at inference into operations, one after the other.
struct OneDNNInferenceBuilder {
    let batch: Int
    let tensors: NamedTensors
    private(set) var operations: [any InferenceOperation] = []
    private(set) var current: Laid
    private var features: FeatureShape

    init(_ input: FeatureShape, batch: Int, tensors: NamedTensors) throws {
        self.batch = batch
        self.tensors = tensors
        features = input
        current = Laid(zeros: try Layout([batch, input.channels, input.height, input.width]))
    }

    mutating func add(_ network: NetworkDescription) throws {
        for stage in try network.inferenceStages(tensors) {
            switch stage {
            case .folded(let layer):
                try addWeighted(layer)
                features = layer.stage.output
            case .plain(let stage):
                try addPlain(stage)
                features = stage.output
            }
        }
    }

    /// Makes the current map row-major.
    mutating func makePlain() throws {
        let plain = try plainLayout(features)
        if current.layout != plain { try reorder(to: plain) }
    }

    private func plainLayout(_ shape: FeatureShape) throws -> Layout {
        try Layout([batch, shape.channels, shape.height, shape.width])
    }

    private mutating func reorder(to layout: Layout) throws {
        let target = Laid(zeros: layout)
        operations.append(
            try Step(
                try Primitive.reorder(from: current.layout, to: layout),
                inputs: [(DN_SOURCE, current)], outputs: [(DN_DESTINATION, target)]))
        current = target
    }

    /// Weights, bias and the ReLU after them; a linear layer's rows are then seen as a map.
    private mutating func addWeighted(_ layer: FoldedLayer) throws {
        guard
            var specification = LayerSpecification(layer.stage, batch: batch, training: false)
        else { preconditionFailure("\(layer.stage.name) has no weights") }
        let isLinear = specification.layer.kind == DN_LINEAR
        specification.layer.bias = true
        specification.layer.relu = layer.relu && !specification.isTransposed
        let rows: Shape = [batch, layer.bias.count]
        let primitive = try Primitive.layer(
            specification.layer, DN_FORWARD, source: isLinear ? current.layout : nil,
            destination: isLinear ? try Layout(rows) : nil)
        let weight = Laid(zeros: try primitive.layout(DN_WEIGHTS))
        let plain = Laid(zeros: try specification.plainWeightLayout())
        plain.buffer.write(layer.weight.values)
        try Primitive.reorder(from: plain.buffer, plain.layout, to: weight.buffer, weight.layout)
            .run()
        let bias = Laid(zeros: try primitive.layout(DN_BIAS))
        bias.buffer.write(layer.bias)
        let output = Laid(zeros: try primitive.layout(DN_DESTINATION))
        operations.append(
            try Step(
                primitive,
                inputs: [(DN_SOURCE, current), (DN_WEIGHTS, weight), (DN_BIAS, bias)],
                outputs: [(DN_DESTINATION, output)]))
        current = isLinear ? Laid(output.buffer, try plainLayout(layer.stage.output)) : output
        if layer.relu && specification.isTransposed { try addReLU() }
    }

    private mutating func addReLU() throws {
        let output = Laid(zeros: current.layout)
        operations.append(
            try Step(
                try Primitive.relu(DN_FORWARD, layout: current.layout),
                inputs: [(DN_SOURCE, current)], outputs: [(DN_DESTINATION, output)]))
        current = output
    }

    private mutating func addPlain(_ stage: NetworkDescription.Stage) throws {
        switch stage.layer {
        case .relu:
            try addReLU()
        case .residual(let residual):
            try addResidual(residual.ways(from: stage.input, name: stage.name))
        default:
            try makePlain()
            let (from, to) = (current.buffer, Laid(zeros: try plainLayout(stage.output)))
            let call = try kernel(for: stage, from: from, to: to.buffer)
            operations.append(KernelCall(name: "\(stage.name)", call: call))
            current = to
        }
    }

    private mutating func addResidual(
        _ ways: (branch: NetworkDescription, shortcut: NetworkDescription)
    ) throws {
        let start = current
        try add(ways.branch)
        let branch = current
        current = start
        features = ways.shortcut.input
        try add(ways.shortcut)
        if current.layout != branch.layout { try reorder(to: branch.layout) }
        let (shortcut, output) = (current.buffer, Laid(zeros: branch.layout))
        operations.append(
            KernelCall(name: "sum") {
                vk_sum(
                    branch.buffer.pointer, shortcut.pointer, false, output.buffer.pointer,
                    output.buffer.count)
            })
        current = output
    }
}
