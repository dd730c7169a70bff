import Networks
import Tensors
import Testing

/// A number that is not finite must reach the loss, or a run that diverges would go on unnoticed.
@Suite(.enabled(if: Plans.hasGatherGEMM, "needs a CPU with AVX-512"))
struct NotFiniteTests {
    @Test(
        "a weight that is not a number makes an output that is none", arguments: Precision.allCases)
    func propagation(precision: Precision) throws {
        guard Plans.hasGatherGEMM(in: precision) else { return }
        let layer = try #require(LayerCase.all.first { $0.name == "encoder in little" })
        var tensors = layer.network.testTensors
        let name = try #require(tensors.names.first)
        tensors[name]?.values[0] = .nan
        let plan = try Plans.training(
            layer.network, batch: layer.batch, needsInputGradient: false, kernels: .gatherGEMM,
            precision: precision)
        try plan.load(tensors)
        plan.input.write(layer.inputValues)
        try plan.forward()
        #expect(plan.output.read(plan.output.count).contains { !$0.isFinite })
    }
}
