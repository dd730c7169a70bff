import Networks
import Tensors
import TestSupport
import Testing

/// What a plan promises beside its numbers: named state, flat buffers, errors, repeatability.
@Suite struct PlanTests {
    @Test("what is loaded is stored again, bit by bit", arguments: PlanMaker.all, LayerCase.all)
    func roundTrip(maker: PlanMaker, layer: LayerCase) throws {
        let plan = try maker.training(layer.network, layer.batch, true)
        let tensors = layer.network.testTensors
        try plan.load(tensors)
        let stored = try plan.store()
        #expect(stored.names == layer.network.parameters.map(\.name))
        #expect(stored == tensors)
    }

    @Test(
        "a flat buffer is named and loaded back, bit by bit", arguments: PlanMaker.all,
        LayerCase.all)
    func flatBuffers(maker: PlanMaker, layer: LayerCase) throws {
        let plan = try maker.training(layer.network, layer.batch, true)
        try plan.load(layer.network.testTensors)
        let named = try plan.named(plan.parameters)
        let trained = layer.network.parameters.filter(\.isTrained)
        #expect(Set(named.names) == Set(trained.map(\.name)))
        for parameter in trained {
            #expect(named[parameter.name]?.shape == parameter.shape)
        }
        let flat = Buffer(count: plan.parameters.count)
        try plan.load(named, into: flat)
        #expect(flat.read(flat.count) == plan.parameters.read(flat.count))
        #expect(plan.gradients.count == flat.count)
    }

    @Test(
        "what the flat buffers hold beside parameters is zero", arguments: PlanMaker.all,
        LayerCase.all)
    func padding(maker: PlanMaker, layer: LayerCase) throws {
        let plan = try maker.training(layer.network, layer.batch, true)
        try plan.load(layer.network.testTensors)
        plan.input.write(layer.inputValues)
        plan.outputGradient.write(layer.outputGradientValues)
        try plan.forward()
        try plan.backward()
        for flat in [plan.parameters, plan.gradients] {
            let only = Buffer(count: flat.count)
            try plan.load(try plan.named(flat), into: only)
            #expect(only.read(flat.count) == flat.read(flat.count))
        }
    }

    @Test("a second pass gives the same bits", arguments: PlanMaker.all, LayerCase.all)
    func repeats(maker: PlanMaker, layer: LayerCase) throws {
        let plan = try maker.training(layer.network, layer.batch, true)
        try plan.load(layer.network.testTensors)
        plan.input.write(layer.inputValues)
        plan.outputGradient.write(layer.outputGradientValues)
        var passes: [[Float]] = []
        for _ in 0..<2 {
            try plan.forward()
            try plan.backward()
            let inputGradient = try #require(plan.inputGradient)
            passes.append(
                plan.output.read(plan.output.count) + plan.gradients.read(plan.gradients.count)
                    + inputGradient.read(inputGradient.count))
        }
        #expect(passes[0] == passes[1])
    }

    @Test("the input's gradient is left out when it is not asked for", arguments: PlanMaker.all)
    func withoutInputGradient(maker: PlanMaker) throws {
        let layer = try #require(LayerCase.all.first { $0.name == "encoder in little" })
        let plans = try [true, false].map { try maker.training(layer.network, layer.batch, $0) }
        for plan in plans {
            try plan.load(layer.network.testTensors)
            plan.input.write(layer.inputValues)
            plan.outputGradient.write(layer.outputGradientValues)
            try plan.forward()
            try plan.backward()
        }
        #expect(plans[0].inputGradient != nil)
        #expect(plans[1].inputGradient == nil)
        #expect(try plans[0].named(plans[0].gradients) == plans[1].named(plans[1].gradients))
    }

    @Test(
        "gradients of a batch of 7 are those of 4 and the 3 that remain", arguments: PlanMaker.all)
    func remainderBatch(maker: PlanMaker) throws {
        let layer = try #require(
            LayerCase.all.first { $0.name == "convolution, ReLU, convolution" })
        let network = layer.network
        let images = Wave.values(7 * network.input.count, phase: 0.5)
        let weights = Wave.values(7 * network.output.count, phase: 100)
        func gradients(_ rows: Range<Int>) throws -> NamedTensors {
            let plan = try maker.training(network, rows.count, false)
            try plan.load(network.testTensors)
            plan.input.write(images[rows * network.input.count])
            plan.outputGradient.write(weights[rows * network.output.count])
            try plan.forward()
            try plan.backward()
            return try plan.named(plan.gradients)
        }
        let parts = try [gradients(0..<4), gradients(4..<7)]
        for (name, whole) in try gradients(0..<7).entries {
            let left = try #require(parts[0][name]).values
            let right = try #require(parts[1][name]).values
            #expect(Deviation.between(zip(left, right).map(+), whole.values) < 1e-5, "\(name)")
        }
    }

    @Test("a missing tensor and a wrong shape are named", arguments: PlanMaker.all)
    func mismatches(maker: PlanMaker) throws {
        let layer = try #require(LayerCase.all.first { $0.name == "encoder in little" })
        let plan = try maker.training(layer.network, layer.batch, false)
        for name in ["conv1.weight", "norm2.running_var", "logvar.bias"] {
            var tensors = layer.network.testTensors
            tensors[name] = nil
            #expect {
                try plan.load(tensors)
            } throws: {
                "\($0)".contains("'\(name)'") && "\($0)".contains("missing")
            }
            tensors[name] = Tensor([2, 2])
            #expect {
                try plan.load(tensors)
            } throws: {
                "\($0)".contains("'\(name)' has shape [2, 2]")
            }
        }
    }
}

extension Range<Int> {
    fileprivate static func * (rows: Range<Int>, size: Int) -> Range<Int> {
        rows.lowerBound * size..<rows.upperBound * size
    }
}
