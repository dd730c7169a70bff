import Networks
import Tensors
import TestSupport
import Testing

/// Which networks gather-GEMM kernels take, so that `automatic` does not quietly mean oneDNN.
@Suite(.enabled(if: Plans.hasGatherGEMM, "needs a CPU with AVX-512"))
struct KernelChoiceTests {
    @Test(
        "gather-GEMM kernels take chains that begin with weights and train no bias that is cancelled",
        arguments: LayerCase.all.filter { $0.isPlainChain })
    func acceptance(layer: LayerCase) throws {
        func accepts() throws -> Bool {
            do {
                _ = try Plans.training(
                    layer.network, batch: layer.batch, needsInputGradient: true,
                    kernels: .gatherGEMM)
                return true
            } catch is KernelsUnavailable {
                return false
            }
        }
        let isTaken = !layer.hasCancelledBias
        #expect(try accepts() == isTaken)
    }
}
