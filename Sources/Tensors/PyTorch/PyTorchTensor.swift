/// A tensor in a PyTorch file: a view of a storage, whose numbers are read when they are asked for.
public struct PyTorchTensor: Sendable, Equatable {
    /// The file's name for the storage; several tensors may share one.
    public let storage: String
    /// The kind of number that the storage holds.
    public let elementType: PyTorchElementType
    /// The view's first number, counted from the storage's.
    public let offset: Int
    /// Axis sizes.
    public let shape: Shape
    /// For each axis, how many numbers of the storage lie between neighbours; 0 repeats one.
    public let strides: [Int]

    /// NumPy has no more than twice as many.
    static let mostAxes = 16

    /// Whether the view is the storage's numbers in order, without gaps.
    var isContiguous: Bool {
        var expected = 1
        for (size, stride) in zip(shape.sizes, strides).reversed() where size != 1 {
            if stride != expected { return false }
            expected *= size
        }
        return true
    }

    /// A view; nil when a size or stride is negative or it reaches beyond `count` numbers.
    init?(
        storage: String, elementType: PyTorchElementType, count: Int, offset: Int, sizes: [Int],
        strides: [Int]
    ) {
        guard sizes.count == strides.count, sizes.count <= Self.mostAxes, offset >= 0,
            offset <= count,
            sizes.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 }),
            Self.product(sizes) != nil
        else { return nil }
        if !sizes.contains(0) {
            guard let last = Self.last(offset, sizes, strides), last < count else { return nil }
        }
        self.storage = storage
        self.elementType = elementType
        self.offset = offset
        shape = Shape(sizes)
        self.strides = strides
    }

    private static func product(_ sizes: [Int]) -> Int? {
        // Zeros last, so that no order of sizes hides an overflow from `Shape.count`.
        var product = 1
        for size in sizes.filter({ $0 > 0 }) {
            let (next, overflow) = product.multipliedReportingOverflow(by: size)
            if overflow { return nil }
            product = next
        }
        return product
    }

    /// The index of the view's last number; nil when it overflows.
    private static func last(_ offset: Int, _ sizes: [Int], _ strides: [Int]) -> Int? {
        var last = offset
        for (size, stride) in zip(sizes, strides) {
            let (reach, isLarge) = (size - 1).multipliedReportingOverflow(by: stride)
            let (next, overflow) = last.addingReportingOverflow(reach)
            if isLarge || overflow { return nil }
            last = next
        }
        return last
    }
}

/// The kinds of number that a storage may hold here, also in safetensors; all of them become float32.
public enum PyTorchElementType: String, Sendable, CaseIterable {
    /// IEEE 754 binary32.
    case float32 = "FloatStorage"
    /// IEEE 754 binary16.
    case float16 = "HalfStorage"
    /// The upper half of a binary32.
    case bfloat16 = "BFloat16Storage"
    /// IEEE 754 binary64; rounded to the nearest float32.
    case float64 = "DoubleStorage"
    /// Signed 64 bits; rounded to the nearest float32, exact up to 2²⁴.
    case int64 = "LongStorage"
    /// Signed 32 bits; rounded to the nearest float32.
    case int32 = "IntStorage"
    /// Signed 16 bits.
    case int16 = "ShortStorage"
    /// Signed 8 bits.
    case int8 = "CharStorage"
    /// Unsigned 8 bits.
    case uint8 = "ByteStorage"
    /// One byte, 0 or 1.
    case boolean = "BoolStorage"

    /// Bytes that one number takes.
    public var size: Int {
        switch self {
        case .float64, .int64: 8
        case .float32, .int32: 4
        case .float16, .bfloat16, .int16: 2
        case .int8, .uint8, .boolean: 1
        }
    }
}
