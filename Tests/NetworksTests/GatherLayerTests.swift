import Networks
import Tensors
import TestSupport
import Testing

/// Layers that gather-GEMM kernels join in one pass give what oneDNN's single ones do.
@Suite(.enabled(if: Plans.hasGatherGEMM, "needs a CPU with AVX-512"))
struct GatherLayerTests {
    private func run(
        _ layer: GatherCase, _ kernels: KernelChoice, precision: Precision = .float32,
        drops: Bool = true
    ) throws -> any TrainingPlan {
        let plan = try Plans.training(
            layer.network, batch: layer.batch, needsInputGradient: true, kernels: kernels,
            precision: precision)
        try plan.load(layer.network.testTensors)
        if drops { plan.drawDropout(from: RandomSource(seed: 3), step: 5, firstLayer: 2) }
        plan.input.write(layer.inputValues)
        plan.outputGradient.write(layer.outputGradientValues)
        try plan.forward()
        try plan.backward()
        return plan
    }

    private func numbers(of plan: any TrainingPlan, _ layer: GatherCase) throws -> NamedTensors {
        var numbers = try plan.named(plan.gradients)
        let output = plan.output.read(layer.batch * layer.network.output.count)
        numbers["output"] = Tensor([output.count], output)
        let gradient = try #require(plan.inputGradient).read(layer.inputValues.count)
        numbers["input gradient"] = Tensor([gradient.count], gradient)
        for (name, tensor) in try plan.store().entries where name.contains("running") {
            numbers[name] = tensor
        }
        return numbers
    }

    @Test(
        "a step is oneDNN's, with and without dropout", arguments: GatherCase.all, [true, false])
    func agreement(layer: GatherCase, drops: Bool) throws {
        let expected = try numbers(of: run(layer, .oneDNN, drops: drops), layer)
        let found = try numbers(of: run(layer, .gatherGEMM, drops: drops), layer)
        #expect(found.names.sorted() == expected.names.sorted())
        for (name, tensor) in expected.entries {
            let values = try #require(found[name]).values
            #expect(Deviation.between(values, tensor.values) < 2e-4, "\(name)")
        }
    }

    @Test("inference is oneDNN's", arguments: GatherCase.all)
    func inference(layer: GatherCase) throws {
        let outputs = try [KernelChoice.oneDNN, .gatherGEMM].map { kernels in
            let plan = try Plans.inference(
                layer.network, batch: layer.batch, tensors: layer.network.testTensors,
                kernels: kernels)
            plan.input.write(layer.inputValues)
            try plan.forward()
            return plan.output.read(layer.batch * layer.network.output.count)
        }
        #expect(Deviation.between(outputs[1], outputs[0]) < 1e-4)
    }

    @Test(
        "bfloat16 agrees to the rounding of its factors",
        .enabled(if: Plans.hasGatherGEMM(in: .bfloat16), "needs AVX-512 BF16"),
        arguments: GatherCase.all)
    func bfloat16(layer: GatherCase) throws {
        let exact = try numbers(of: run(layer, .gatherGEMM), layer)
        let rounded = try numbers(of: run(layer, .gatherGEMM, precision: .bfloat16), layer)
        for (name, tensor) in exact.entries where tensor.norm > 1e-3 {
            let difference = Tensor(
                tensor.shape, zip(try #require(rounded[name]).values, tensor.values).map(-))
            // A ReLU that opens by rounding moves a gradient by its whole size.
            #expect(difference.norm < (name == "output" ? 0.05 : 0.3) * tensor.norm, "\(name)")
        }
    }

    @Test("gradients are the slope of what dropout keeps", arguments: GatherCase.all)
    func slope(layer: GatherCase) throws {
        let plan = try run(layer, .gatherGEMM)
        let weights = layer.outputGradientValues
        let gradient = try #require(plan.inputGradient).read(layer.inputValues.count)
        let error = try GradientCheck.error(
            at: layer.inputValues, gradient: gradient, steps: [1e-2, 3e-3, 1e-3, 3e-4],
            directions: 2
        ) {
            plan.input.write($0)
            try plan.forward()
            return GradientCheck.dot(plan.output.read(weights.count), weights)
        }
        #expect(error < 5e-2)
    }

    @Test("padding stays zero and a second pass gives the same bits", arguments: GatherCase.all)
    func paddingAndRepeats(layer: GatherCase) throws {
        for precision in Precision.allCases where Plans.hasGatherGEMM(in: precision) {
            let plan = try run(layer, .gatherGEMM, precision: precision)
            let first = plan.gradients.read(plan.gradients.count)
            for flat in [plan.parameters, plan.gradients] {
                let only = Buffer(count: flat.count)
                try plan.load(try plan.named(flat), into: only)
                #expect(only.read(flat.count) == flat.read(flat.count))
            }
            try plan.forward()
            try plan.backward()
            #expect(plan.gradients.read(plan.gradients.count) == first)
        }
    }
}

extension Tensor {
    /// Euclidean.
    fileprivate var norm: Float {
        values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
}
