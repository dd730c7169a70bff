import Networks
import Tensors
import TestSupport
import Testing

/// Every layer's gradients against the slope of its own forward pass.
@Suite struct GradientCheckTests {
    @Test("the input's gradient is the slope", arguments: PlanMaker.all, LayerCase.all)
    func inputGradient(maker: PlanMaker, layer: LayerCase) throws {
        let subject = try Subject(maker, layer)
        let error = try GradientCheck.error(
            at: subject.input, gradient: subject.inputGradient, steps: subject.steps
        ) {
            try subject.loss(input: $0)
        }
        #expect(error < subject.tolerance)
    }

    @Test("every parameter's gradient is the slope", arguments: PlanMaker.all, LayerCase.all)
    func parameterGradients(maker: PlanMaker, layer: LayerCase) throws {
        let subject = try Subject(maker, layer)
        for (name, gradient) in subject.gradients.entries {
            let start = try #require(subject.tensors[name])
            // A bias before a normalisation has no slope at all, only rounding.
            guard gradient.values.contains(where: { abs($0) > 1e-3 }) else { continue }
            let error = try GradientCheck.error(
                at: start.values, gradient: gradient.values, steps: subject.steps
            ) {
                try subject.loss(name, Tensor(start.shape, $0))
            }
            #expect(error < subject.tolerance, "\(name)")
        }
    }

    @Test("the bias that a normalisation cancels has no gradient", arguments: PlanMaker.all)
    func cancelledBias(maker: PlanMaker) throws {
        let layer = try #require(
            LayerCase.all.first { $0.name == "convolution with bias, normalisation" })
        let subject = try Subject(maker, layer)
        let gradient = try #require(subject.gradients["conv.bias"])
        #expect(gradient.values.allSatisfy { abs($0) < 1e-3 })
    }
}

/// A plan with its gradients at the tests' point, and its loss Σ output·weights around that point.
private struct Subject {
    let input: [Float]
    let tensors: NamedTensors
    let inputGradient: [Float]
    let gradients: NamedTensors
    /// Large where the loss is linear, since float32's rounding is then all the error.
    let steps: [Float]
    let tolerance: Double
    private let plan: any TrainingPlan
    private let weights: [Float]

    init(_ maker: PlanMaker, _ layer: LayerCase) throws {
        plan = try maker.training(layer.network, layer.batch, true)
        tensors = layer.network.testTensors
        input =
            layer.layers[0].kind == .relu
            ? layer.inputValues.map { $0 < 0 ? $0 - 0.2 : $0 + 0.2 } : layer.inputValues
        weights = layer.outputGradientValues
        let isReLU = layer.layers.count == 1 && layer.layers[0].kind == .relu
        let isLinear = !layer.isCurved && (!layer.hasKink || isReLU)
        steps = isLinear ? [0.1] : [1e-2, 3e-3, 1e-3, 3e-4, 1e-4]
        tolerance = isLinear ? 1e-4 : layer.hasKink ? 3e-2 : 5e-3
        plan.outputGradient.write(weights)
        try plan.load(tensors)
        plan.input.write(input)
        try plan.forward()
        try plan.backward()
        inputGradient = plan.inputGradient?.read(input.count) ?? []
        gradients = try plan.named(plan.gradients)
    }

    func loss(input: [Float]) throws -> Double {
        try plan.load(tensors)
        return try loss(after: input)
    }

    func loss(_ name: String, _ tensor: Tensor) throws -> Double {
        var changed = tensors
        changed[name] = tensor
        try plan.load(changed)
        return try loss(after: input)
    }

    private func loss(after input: [Float]) throws -> Double {
        plan.input.write(input)
        try plan.forward()
        return GradientCheck.dot(plan.output.read(weights.count), weights)
    }
}
