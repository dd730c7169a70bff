import Tensors

/// A network compiled for training at one batch size: buffers and kernels chosen once, so that a step
/// allocates nothing.
///
/// At the borders everything is row-major: input and output are `[batch, channels, height, width]`.
/// Inside, layouts are the plan's own choice, and so are those of the flat parameter buffers.
public protocol TrainingPlan: AnyObject {
    /// What was compiled.
    var network: NetworkDescription { get }
    /// Images in a batch.
    var batch: Int { get }
    /// Input, to be filled before `forward`.
    var input: Buffer { get }
    /// Output after `forward`.
    var output: Buffer { get }
    /// ∂loss/∂output, to be filled before `backward`.
    var outputGradient: Buffer { get }
    /// ∂loss/∂input after `backward`; nil when it was not asked for.
    var inputGradient: Buffer? { get }
    /// All trained parameters in one flat buffer, in the plan's layouts, padding included.
    var parameters: Buffer { get }
    /// ∂loss/∂parameters after `backward`, laid out as `parameters`; padding is zero.
    var gradients: Buffer { get }

    /// Chooses what the next `forward` drops; without dropout layers, or before the first call, nothing
    /// is dropped. The same numbers are dropped whatever kernels run the plan:
    ///
    /// Layer n counts the network's dropout layers from 0 in order, a residual's branch before its
    /// shortcut. It draws uniform numbers u from the stream of `RandomPurpose.dropout` at step
    /// `step`·64 + `firstLayer` + n. Number i of its input, row-major in `[batch, channels, height,
    /// width]`, is dropped where uᵢ < rate, else divided by 1 − rate (times the float32 number
    /// 1 / (1 − rate)). A layer that drops whole channels counts i in `[batch, channels]`.
    func drawDropout(from source: RandomSource, step: UInt64, firstLayer: Int)
    /// Runs the layers with batch statistics and updates the running ones.
    func forward() throws
    /// Runs the layers backwards from `outputGradient`.
    func backward() throws
    /// Copies named tensors in; every parameter and statistic must be there.
    func load(_ tensors: NamedTensors) throws
    /// The named tensors, PyTorch's names, shapes and layouts.
    func store() throws -> NamedTensors
    /// Named tensors from a flat buffer laid out as `parameters`, for gradients and moments.
    func named(_ flat: Buffer) throws -> NamedTensors
    /// The inverse of `named`.
    func load(_ tensors: NamedTensors, into flat: Buffer) throws
}

extension TrainingPlan {
    /// Drops nothing: for plans of networks without dropout.
    public func drawDropout(from source: RandomSource, step: UInt64, firstLayer: Int) {}
}

/// A network compiled for inference at one batch size: normalisation folded into the weights.
public protocol InferencePlan: AnyObject {
    /// Images in a batch.
    var batch: Int { get }
    /// Input `[batch, channels, height, width]`, to be filled before `forward`.
    var input: Buffer { get }
    /// Output after `forward`.
    var output: Buffer { get }
    /// Runs the layers.
    func forward() throws
}

/// A tensor that a checkpoint should hold is missing or of another shape.
public struct ParameterMismatch: Error, CustomStringConvertible {
    /// The tensor's name.
    public let name: String
    /// The shape that the network needs.
    public let expected: Shape
    /// The shape that was found; nil when the tensor is missing.
    public let found: Shape?

    /// A tensor that is missing where `found` is nil.
    public init(name: String, expected: Shape, found: Shape?) {
        self.name = name
        self.expected = expected
        self.found = found
    }

    /// Which tensor, what was expected, what was found.
    public var description: String {
        guard let found else { return "tensor '\(name)' of shape \(expected) is missing" }
        return "tensor '\(name)' has shape \(found), the network needs \(expected)"
    }
}

extension NamedTensors {
    /// The tensor that `parameter` describes; throws `ParameterMismatch`.
    public func tensor(for parameter: ParameterDescription) throws -> Tensor {
        let found = self[parameter.name]
        guard let found, found.shape == parameter.shape else {
            throw ParameterMismatch(
                name: parameter.name, expected: parameter.shape, found: found?.shape)
        }
        return found
    }
}
