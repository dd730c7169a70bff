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

/// A network was to run on kernels or in a precision that this CPU or a layer of it does not allow.
public struct KernelsUnavailable: Error, CustomStringConvertible {
    /// What was asked for.
    public let precision: Precision

    /// What was found, what was expected and what to do.
    public var description: String {
        """
        no \(precision.rawValue) kernels for this network: they need a CPU with AVX-512 (F, BW, VL, DQ, \
        for bfloat16 BF16 as well) and normalisations that follow a layer without bias of its own; \
        choose oneDNN's kernels and float32
        """
    }
}

/// Chooses the plan that runs a network fastest on this CPU.
public enum Plans {
    /// Whether this CPU runs gather-GEMM kernels.
    public static var hasGatherGEMM: Bool { hasGatherGEMM(in: .float32) }

    /// Whether this CPU runs gather-GEMM kernels of that precision.
    public static func hasGatherGEMM(in precision: Precision) -> Bool {
        #if arch(x86_64)
            return precision.kernels != nil
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
    ///
    /// Only gather-GEMM kernels have another precision than float32: what `automatic` gives to oneDNN runs
    /// in float32 whatever `precision` says.
    public static func training(
        _ network: NetworkDescription, batch: Int, needsInputGradient: Bool,
        kernels: KernelChoice = .automatic, precision: Precision = .float32
    ) throws -> any TrainingPlan {
        #if arch(x86_64)
            if kernels != .oneDNN,
                let plan = GatherTrainingPlan(
                    network, batch: batch, needsInputGradient: needsInputGradient,
                    precision: precision)
            {
                return plan
            }
        #endif
        guard kernels == .automatic || (kernels == .oneDNN && precision == .float32) else {
            throw KernelsUnavailable(precision: precision)
        }
        return try OneDNNTrainingPlan(
            network, batch: batch, needsInputGradient: needsInputGradient)
    }

    /// `network` compiled for inference with the numbers in `tensors`; kernels and precision as in
    /// training. Throws `PrimitiveError`, `ParameterMismatch`, `KernelsUnavailable`.
    public static func inference(
        _ network: NetworkDescription, batch: Int, tensors: NamedTensors,
        kernels: KernelChoice = .automatic, precision: Precision = .float32
    ) throws -> any InferencePlan {
        #if arch(x86_64)
            if kernels != .oneDNN,
                let plan = try GatherInferencePlan(
                    network, batch: batch, tensors: tensors, precision: precision)
            {
                return plan
            }
        #endif
        guard kernels == .automatic || (kernels == .oneDNN && precision == .float32) else {
            throw KernelsUnavailable(precision: precision)
        }
        return try OneDNNInferencePlan(network, batch: batch, tensors: tensors)
    }
}
