import Networks
import Tensors
import TestSupport
import Testing

/// What becomes of a precision where only oneDNN runs a network.
@Suite struct PrecisionFallbackTests {
    /// Gather-GEMM kernels need weights.
    private static let network = NetworkDescription(
        input: FeatureShape(channels: 3, height: 2, width: 2), layers: [("relu", .relu)])

    @Test("what automatic gives to oneDNN runs in float32, in training and at inference")
    func fallback() throws {
        let values = Wave.values(24, phase: 1)
        let plan = try Plans.training(
            Self.network, batch: 2, needsInputGradient: true, precision: .bfloat16)
        plan.input.write(values)
        try plan.forward()
        #expect(plan.output.read(24) == values.map { max($0, 0) })
        let inference = try Plans.inference(
            Self.network, batch: 2, tensors: NamedTensors(), precision: .bfloat16)
        inference.input.write(values)
        try inference.forward()
        #expect(inference.output.read(24) == values.map { max($0, 0) })
    }

    @Test(
        "kernels that are asked for by name are refused where they cannot run",
        arguments: [
            (KernelChoice.gatherGEMM, Precision.float32), (.gatherGEMM, .bfloat16),
            (.oneDNN, .bfloat16),
        ])
    func refusal(kernels: KernelChoice, precision: Precision) {
        #expect(throws: KernelsUnavailable.self) {
            try Plans.training(
                Self.network, batch: 2, needsInputGradient: true, kernels: kernels,
                precision: precision)
        }
        #expect(throws: KernelsUnavailable.self) {
            try Plans.inference(
                Self.network, batch: 2, tensors: NamedTensors(), kernels: kernels,
                precision: precision)
        }
    }
}
