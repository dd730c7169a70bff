import Networks
import Tensors
import TestSupport
import Testing

/// What bfloat16 plans promise beside float32's: the same numbers but for the rounding of products.
@Suite(.enabled(if: Plans.hasGatherGEMM(in: .bfloat16), "needs a CPU with AVX-512 BF16"))
struct Bfloat16Tests {
    /// Networks that gather-GEMM kernels take.
    private static let layers = LayerCase.all.filter {
        $0.isPlainChain && !$0.hasCancelledBias
    }

    /// Root mean square of the difference over that of `expected`.
    private static func distance(_ found: [Float], _ expected: [Float]) -> Double {
        let difference = zip(found, expected).reduce(0.0) {
            $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
        }
        let size = expected.reduce(0.0) { $0 + Double($1) * Double($1) }
        return (difference / max(size, 1e-12)).squareRoot()
    }

    /// A plan after one forward and backward pass.
    private func run(_ layer: LayerCase, _ precision: Precision) throws -> any TrainingPlan {
        let plan = try Plans.training(
            layer.network, batch: layer.batch, needsInputGradient: true, kernels: .gatherGEMM,
            precision: precision)
        try plan.load(layer.network.testTensors)
        plan.input.write(layer.inputValues)
        plan.outputGradient.write(layer.outputGradientValues)
        try plan.forward()
        try plan.backward()
        return plan
    }

    @Test("layers agree with float32 to the rounding of their factors", arguments: layers)
    func agreement(layer: LayerCase) throws {
        // A normalisation over few images multiplies errors: chains are held to less.
        let tolerance = layer.layers.count == 1 ? 0.01 : 0.1
        let (exact, rounded) = (try run(layer, .float32), try run(layer, .bfloat16))
        let count = layer.batch * layer.network.output.count
        #expect(Self.distance(rounded.output.read(count), exact.output.read(count)) < tolerance)
        // A ReLU that opens by rounding moves a gradient by its whole size.
        guard !layer.hasKink else { return }
        let expected = try exact.named(exact.gradients)
        let found = try rounded.named(rounded.gradients)
        for (name, tensor) in expected.entries
        where tensor.values.contains(where: { abs($0) > 1e-3 }) {
            let values = try #require(found[name]).values
            #expect(Self.distance(values, tensor.values) < tolerance, "\(name)")
        }
    }

    @Test("parameters stay float32: what is loaded is stored, bit by bit", arguments: layers)
    func roundTrip(layer: LayerCase) throws {
        let plan = try Plans.training(
            layer.network, batch: layer.batch, needsInputGradient: false, precision: .bfloat16)
        let tensors = layer.network.testTensors
        try plan.load(tensors)
        #expect(try plan.store() == tensors)
    }

    @Test("padding stays zero and a second pass gives the same bits", arguments: layers)
    func paddingAndRepeats(layer: LayerCase) throws {
        let plan = try run(layer, .bfloat16)
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

    @Test("inference agrees with float32", arguments: layers)
    func inference(layer: LayerCase) throws {
        let outputs = try Precision.allCases.map { precision in
            let plan = try Plans.inference(
                layer.network, batch: layer.batch, tensors: layer.network.testTensors,
                precision: precision)
            plan.input.write(layer.inputValues)
            try plan.forward()
            return plan.output.read(layer.batch * layer.network.output.count)
        }
        #expect(Self.distance(outputs[1], outputs[0]) < 0.03)
    }

    @Test("oneDNN's kernels have no bfloat16")
    func refusal() throws {
        let layer = try #require(Self.layers.first)
        #expect(throws: KernelsUnavailable.self) {
            try Plans.training(
                layer.network, batch: 2, needsInputGradient: false, kernels: .oneDNN,
                precision: .bfloat16)
        }
    }
}
