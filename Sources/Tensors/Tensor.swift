/// A dense float32 array in row-major order: the form in which parameters are kept, saved and compared.
///
/// Kernels work on `Buffer`s in layouts of their own; a tensor is what goes in and comes out.
public struct Tensor: Sendable, Equatable {
    /// Axis sizes.
    public let shape: Shape
    /// The numbers, last axis contiguous.
    public var values: [Float]

    /// Wraps `values`, which must be as many as `shape` says.
    public init(_ shape: Shape, _ values: [Float]) {
        precondition(
            values.count == shape.count,
            "\(values.count) values do not fill a tensor of shape \(shape)")
        self.shape = shape
        self.values = values
    }

    /// A tensor filled with one number.
    public init(_ shape: Shape, repeating value: Float = 0) {
        self.init(shape, Array(repeating: value, count: shape.count))
    }
}

/// Tensors by name, in the order in which they were added: a model's parameters and statistics.
public struct NamedTensors: Sendable, Equatable {
    /// Names in order.
    public private(set) var names: [String] = []
    private var tensors: [String: Tensor] = [:]

    /// An empty collection.
    public init() {}

    /// The tensor of that name; assigning nil removes it.
    public subscript(name: String) -> Tensor? {
        get { tensors[name] }
        set {
            if tensors[name] == nil, newValue != nil { names.append(name) }
            if newValue == nil { names.removeAll { $0 == name } }
            tensors[name] = newValue
        }
    }

    /// Names with their tensors, in order.
    public var entries: [(name: String, tensor: Tensor)] {
        names.compactMap { name in tensors[name].map { (name, $0) } }
    }

    /// The name of the first tensor with a number that is infinite or none; nil when there is no such.
    package var firstNotFinite: String? {
        names.first { name in tensors[name].map { !$0.values.allSatisfy(\.isFinite) } ?? false }
    }
}
