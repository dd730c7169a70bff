import CKernels
import Tensors

/// Whose kernels run a network.
public enum KernelChoice: Sendable, Hashable {
    /// Gather-GEMM where the CPU and every layer allow it, else oneDNN.
    case automatic
    /// oneDNN's primitives, on any CPU.
    case oneDNN
    /// This project's kernels for CPUs with AVX-512; refused where they cannot run the network.
    case gatherGEMM
}

/// A network was to run on gather-GEMM kernels, and cannot.
public struct KernelsUnavailable: Error, CustomStringConvertible {
    /// What was found, what was expected and what to do.
    public var description: String {
        "gather-GEMM kernels cannot run this network: they need a CPU with AVX-512 (F, BW, VL, DQ) and "
            + "normalisations that follow a layer without bias of its own; choose oneDNN's kernels"
    }
}

/// Chooses the plan that runs a network fastest on this CPU.
public enum Plans {
    /// Whether this CPU runs gather-GEMM kernels.
    public static var hasGatherGEMM: Bool {
        #if arch(x86_64)
            return vk_float32_kernels() != nil
        #else
            return false
        #endif
    }

    /// The kernels that `automatic` prefers on this CPU, for stamps.
    public static var kernelsDescription: String {
        hasGatherGEMM ? "gather-GEMM kernels (AVX-512)" : "oneDNN \(oneDNNVersion)"
    }

    /// `network` compiled for training with batches of `batch` images. `needsInputGradient` is false
    /// where the input is data. Throws `PrimitiveError`, `KernelsUnavailable`.
    public static func training(
        _ network: NetworkDescription, batch: Int, needsInputGradient: Bool,
        kernels: KernelChoice = .automatic
    ) throws -> any TrainingPlan {
        #if arch(x86_64)
            if kernels != .oneDNN,
                let plan = GatherTrainingPlan(
                    network, batch: batch, needsInputGradient: needsInputGradient)
            {
                return plan
            }
        #endif
        guard kernels != .gatherGEMM else { throw KernelsUnavailable() }
        return try OneDNNTrainingPlan(
            network, batch: batch, needsInputGradient: needsInputGradient)
    }

    /// `network` compiled for inference with the numbers in `tensors`. Throws `PrimitiveError`,
    /// `ParameterMismatch`, `KernelsUnavailable`.
    public static func inference(
        _ network: NetworkDescription, batch: Int, tensors: NamedTensors,
        kernels: KernelChoice = .automatic
    ) throws -> any InferencePlan {
        #if arch(x86_64)
            if kernels != .oneDNN,
                let plan = try GatherInferencePlan(network, batch: batch, tensors: tensors)
            {
                return plan
            }
        #endif
        guard kernels != .gatherGEMM else { throw KernelsUnavailable() }
        return try OneDNNInferencePlan(network, batch: batch, tensors: tensors)
    }
}
