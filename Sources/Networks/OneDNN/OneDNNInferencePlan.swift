import COneDNN
import Tensors

/// A network at inference on oneDNN's primitives, normalisations folded and ReLUs fused.
package final class OneDNNInferencePlan: InferencePlan {
    package let batch: Int
    package let input: Buffer
    package let output: Buffer
    private var steps: [Step] = []

    /// Compiles `network` with the numbers in `tensors`. Throws `PrimitiveError` and
    /// `ParameterMismatch`.
    package init(_ network: NetworkDescription, batch: Int, tensors: NamedTensors) throws {
        self.batch = batch
        let first = network.input
        var shape: Shape = [batch, first.channels, first.height, first.width]
        var current = Laid(zeros: try Layout(shape))
        input = current.buffer
        for layer in try network.folded(tensors) {
            current = try OneDNNInferencePlan.add(layer, to: &steps, after: current, batch: batch)
            let out = layer.stage.output
            shape = [batch, out.channels, out.height, out.width]
            if case .linear = layer.stage.layer {
                current = Laid(current.buffer, try Layout(shape))
            }
        }
        let plain = try Layout(shape)
        if current.layout != plain {
            let target = Laid(zeros: plain)
            steps.append(
                try Step(
                    try Primitive.reorder(from: current.layout, to: plain),
                    inputs: [(DN_SOURCE, current)], outputs: [(DN_DESTINATION, target)]))
            current = target
        }
        output = current.buffer
    }

    /// Appends the layer's primitives and returns where its result lies.
    private static func add(
        _ layer: FoldedLayer, to steps: inout [Step], after input: Laid, batch: Int
    ) throws -> Laid {
        guard
            var specification = LayerSpecification(layer.stage, batch: batch, training: false)
        else { preconditionFailure("\(layer.stage.name) has no weights") }
        let isLinear = specification.layer.kind == DN_LINEAR
        specification.layer.bias = true
        specification.layer.relu = layer.relu && !specification.isTransposed
        let rows: Shape = [batch, layer.bias.count]
        let primitive = try Primitive.layer(
            specification.layer, DN_FORWARD, source: isLinear ? input.layout : nil,
            destination: isLinear ? try Layout(rows) : nil)
        let weight = Laid(zeros: try primitive.layout(DN_WEIGHTS))
        let plain = Laid(zeros: try specification.plainWeightLayout())
        plain.buffer.write(layer.weight.values)
        try Primitive.reorder(from: plain.buffer, plain.layout, to: weight.buffer, weight.layout)
            .run()
        let bias = Laid(zeros: try primitive.layout(DN_BIAS))
        bias.buffer.write(layer.bias)
        let output = Laid(zeros: try primitive.layout(DN_DESTINATION))
        steps.append(
            try Step(
                primitive,
                inputs: [(DN_SOURCE, input), (DN_WEIGHTS, weight), (DN_BIAS, bias)],
                outputs: [(DN_DESTINATION, output)]))
        if layer.relu && specification.isTransposed {
            steps.append(
                try Step(
                    try Primitive.relu(DN_FORWARD, layout: output.layout),
                    inputs: [(DN_SOURCE, output)], outputs: [(DN_DESTINATION, output)]))
        }
        return output
    }

    package func forward() throws {
        for step in steps { try step.run() }
    }

    /// Each step's kernels, for `bench`.
    package var implementations: [String] { steps.flatMap(\.implementations) }
}
