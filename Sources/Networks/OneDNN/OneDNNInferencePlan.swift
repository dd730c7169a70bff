import COneDNN
import Tensors

/// A network at inference on oneDNN's primitives, normalisations folded and ReLUs fused where weights
/// stand before them; what else there is runs on row-major maps.
package final class OneDNNInferencePlan: InferencePlan {
    package let batch: Int
    package let input: Buffer
    package let output: Buffer
    private let operations: [any InferenceOperation]

    /// Compiles `network` with the numbers in `tensors`. Throws `PrimitiveError` and
    /// `ParameterMismatch`.
    package init(_ network: NetworkDescription, batch: Int, tensors: NamedTensors) throws {
        self.batch = batch
        var builder = try OneDNNInferenceBuilder(network.input, batch: batch, tensors: tensors)
        input = builder.current.buffer
        try builder.add(network)
        try builder.makePlain()
        output = builder.current.buffer
        operations = builder.operations
    }

    package func forward() throws {
        for operation in operations { try operation.run() }
    }

    /// Each operation's kernels, for `bench`.
    package var implementations: [String] { operations.flatMap(\.implementations) }
}

/// What a layer does at inference.
protocol InferenceOperation {
    func run() throws
    /// Kernels' names, for `bench`.
    var implementations: [String] { get }
}

extension Step: InferenceOperation {}

/// One of our own kernels, its memory bound.
struct KernelCall: InferenceOperation {
    let name: String
    let call: () -> Void

    func run() { call() }
    var implementations: [String] { [name] }
}
