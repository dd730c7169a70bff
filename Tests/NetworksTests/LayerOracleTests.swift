import Networks
import Tensors
import TestSupport
import Testing

/// Every layer against PyTorch in float64, alone and in short chains.
@Suite struct LayerOracleTests {
    /// Relative to the larger of the number and its tensor's root mean square.
    private let tolerance = 1e-4
    /// Gradients that are zero but for rounding are compared with this.
    private let floor = 0.1

    @Test("the oracle's file is there and covers every kind of layer")
    func fileIsThere() {
        let kinds = Set(LayerCase.all.flatMap(\.layers).map(\.kind))
        #expect(LayerCase.all.count >= 70)
        #expect(kinds.count == 11)
    }

    @Test("forward pass and every gradient are PyTorch's", arguments: PlanMaker.all, LayerCase.all)
    func gradients(maker: PlanMaker, layer: LayerCase) throws {
        let plan = try run(maker, layer)
        let output = plan.output.read(layer.batch * layer.network.output.count)
        #expect(layer.output.deviation(of: output, floor: floor) < tolerance)
        let inputGradient = try #require(plan.inputGradient)
        #expect(
            layer.inputGradient.deviation(of: inputGradient.read(layer.inputValues.count))
                < tolerance)
        let gradients = try plan.named(plan.gradients)
        #expect(Set(gradients.names) == Set(layer.gradients.keys))
        for (name, probe) in layer.gradients {
            let found = try #require(gradients[name])
            #expect(probe.deviation(of: found.values, floor: floor) < tolerance, "\(name)")
        }
    }

    @Test("running statistics are PyTorch's", arguments: PlanMaker.all, LayerCase.all)
    func statistics(maker: PlanMaker, layer: LayerCase) throws {
        let stored = try run(maker, layer).store()
        for (name, probe) in layer.statistics {
            let found = try #require(stored[name])
            #expect(probe.deviation(of: found.values, floor: floor) < tolerance, "\(name)")
        }
    }

    @Test(
        "inference with the statistics of training is PyTorch's", arguments: PlanMaker.all,
        LayerCase.all)
    func inference(maker: PlanMaker, layer: LayerCase) throws {
        let tensors = try run(maker, layer).store()
        let output = try infer(maker, layer, tensors)
        #expect(layer.inference.deviation(of: output, floor: floor) < tolerance)
    }

    @Test(
        "inference adds the bias that training leaves out, as PyTorch's checkpoints have it",
        arguments: PlanMaker.all, LayerCase.all)
    func absorbedBias(maker: PlanMaker, layer: LayerCase) throws {
        let stages = zip(layer.network.stages, layer.network.stages.dropFirst())
        for (stage, next) in stages where next.layer == .batchNormalization {
            // One bias a channel: only then can the running mean take it over.
            guard let bias = stage.parameters.first(where: { $0.role == .absorbedBias }),
                let mean = next.parameters.first(where: { $0.role == .runningMean }),
                bias.shape == mean.shape
            else { continue }
            var tensors = layer.network.testTensors
            let plain = try infer(maker, layer, tensors)
            let shift = Wave.values(bias.shape.count, phase: 7)
            tensors[bias.name] = Tensor(bias.shape, shift)
            #expect(Deviation.between(try infer(maker, layer, tensors), plain) > 1e-3)
            let values = try #require(tensors[mean.name]).values
            tensors[mean.name] = Tensor(mean.shape, zip(values, shift).map(+))
            #expect(Deviation.between(try infer(maker, layer, tensors), plain) < 1e-5)
        }
    }

    @Test(
        "what training loads with such a bias, it stores without one as the same function",
        arguments: PlanMaker.all, LayerCase.all)
    func loadedBias(maker: PlanMaker, layer: LayerCase) throws {
        var tensors = layer.network.testTensors
        let stages = layer.network.stagesInDepth
        let biases = layer.network.parameters.filter { bias in
            bias.role == .absorbedBias
                && stages.contains { stage in
                    stage.layer == .batchNormalization
                        && stage.parameters[0].shape == bias.shape
                }
        }
        for (index, bias) in biases.enumerated() {
            tensors[bias.name] = Tensor(
                bias.shape, Wave.values(bias.shape.count, phase: Double(7 + index)))
        }
        let plan = try maker.training(layer.network, layer.batch, true)
        try plan.load(tensors)
        let stored = try plan.store()
        let found = try infer(maker, layer, stored)
        for bias in biases {
            #expect(stored[bias.name]?.values.allSatisfy { $0 == 0 } == true, "\(bias.name)")
        }
        #expect(Deviation.between(found, try infer(maker, layer, tensors)) < 1e-5)
    }

    private func infer(
        _ maker: PlanMaker, _ layer: LayerCase, _ tensors: NamedTensors
    ) throws -> [Float] {
        let plan = try maker.inference(layer.network, layer.batch, tensors)
        plan.input.write(layer.inputValues)
        try plan.forward()
        return plan.output.read(layer.batch * layer.network.output.count)
    }

    /// A plan after one forward and backward pass.
    private func run(_ maker: PlanMaker, _ layer: LayerCase) throws -> any TrainingPlan {
        let plan = try maker.training(layer.network, layer.batch, true)
        try plan.load(layer.network.testTensors)
        plan.input.write(layer.inputValues)
        plan.outputGradient.write(layer.outputGradientValues)
        try plan.forward()
        try plan.backward()
        return plan
    }
}
