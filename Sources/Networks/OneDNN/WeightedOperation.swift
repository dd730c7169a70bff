import COneDNN
import Tensors

/// A convolution, transposed convolution or linear layer in training.
struct WeightedOperation: TrainingOperation {
    let output: Activation
    private let forwardStep: Step
    private let weightsStep: Step
    private let dataStep: Step?

    /// `needsInputGradient` is false for the first layer of an encoder, whose input is data.
    init(
        _ stage: NetworkDescription.Stage, input: Activation, batch: Int, arena: ParameterArena,
        needsInputGradient: Bool
    ) throws {
        guard let specification = LayerSpecification(stage, batch: batch, training: true) else {
            preconditionFailure("\(stage.name) has no weights")
        }
        let layer = specification.layer
        let source = layer.kind == DN_LINEAR ? input.value.layout : nil
        let forward = try Primitive.layer(layer, DN_FORWARD, source: source)
        output = Activation(try forward.layout(DN_DESTINATION))

        let described = stage.parameters
        let weight = arena.add(
            described.filter { $0.role == .weight }, layout: try forward.layout(DN_WEIGHTS),
            plain: try specification.plainWeightLayout())
        var bias: (value: Laid, gradient: Laid)?
        if layer.bias {
            let layout = try forward.layout(DN_BIAS)
            bias = arena.add(
                described.filter { $0.role == .bias }, layout: layout, plain: layout)
        }
        forwardStep = try Step(
            forward,
            inputs: [(DN_SOURCE, input.value), (DN_WEIGHTS, weight.value)]
                + (bias.map { [(DN_BIAS, $0.value)] } ?? []),
            outputs: [(DN_DESTINATION, output.value)])
        weightsStep = try Step(
            try Primitive.layer(layer, DN_BACKWARD_WEIGHTS, source: source),
            inputs: [(DN_SOURCE, input.value), (DN_DESTINATION_GRADIENT, output.gradient)],
            outputs: [(DN_WEIGHTS_GRADIENT, weight.gradient)]
                + (bias.map { [(DN_BIAS_GRADIENT, $0.gradient)] } ?? []))
        dataStep =
            !needsInputGradient
            ? nil
            : try Step(
                try Primitive.layer(layer, DN_BACKWARD_DATA, source: source),
                inputs: [(DN_DESTINATION_GRADIENT, output.gradient), (DN_WEIGHTS, weight.value)],
                outputs: [(DN_SOURCE_GRADIENT, input.gradient)])
    }

    func forward() throws { try forwardStep.run() }

    func backward() throws {
        try weightsStep.run()
        try dataStep?.run()
    }

    var implementations: [String] {
        forwardStep.implementations + weightsStep.implementations
            + (dataStep?.implementations ?? [])
    }
}
