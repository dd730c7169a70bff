/// Sizes of a tensor's axes, outermost first; the last axis is contiguous.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
    /// One size an axis.
    public let sizes: [Int]

    /// A shape with the given axis sizes, each at least 0.
    public init(_ sizes: [Int]) {
        precondition(sizes.allSatisfy { $0 >= 0 }, "a shape has no negative size: \(sizes)")
        self.sizes = sizes
    }

    /// A shape from its axis sizes.
    public init(arrayLiteral sizes: Int...) {
        self.init(sizes)
    }

    /// Numbers in a tensor of this shape; 1 for a scalar.
    public var count: Int { sizes.reduce(1, *) }

    /// The size of axis `index`.
    public subscript(index: Int) -> Int { sizes[index] }

    /// The sizes in brackets, as messages show them.
    public var description: String { "[\(sizes.map(String.init).joined(separator: ", "))]" }
}
