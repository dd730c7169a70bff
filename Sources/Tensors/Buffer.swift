import CKernels

/// Memory of a fixed size on a 64-byte border that kernels read and write; released with the object.
///
/// A plan allocates its buffers once, so a training step allocates nothing.
public final class Buffer {
    /// Numbers of type float32.
    public let count: Int
    /// The memory, zero at first.
    package let pointer: UnsafeMutablePointer<Float>
    private let owner: AnyObject?

    /// `count` zeros.
    public init(count: Int) {
        let bytes = max(64, count * MemoryLayout<Float>.stride)
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        self.count = count
        pointer = raw.assumingMemoryBound(to: Float.self)
        owner = nil
    }

    /// The numbers `range` of another buffer, sharing its memory and keeping it alive.
    package init(sharing other: Buffer, _ range: Range<Int>) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= other.count,
            "\(range) reaches past a buffer of \(other.count)")
        count = range.count
        pointer = other.pointer + range.lowerBound
        owner = other
    }

    deinit {
        if owner == nil { UnsafeMutableRawPointer(pointer).deallocate() }
    }

    /// Copies `values` to the front of the buffer.
    public func write(_ values: some Collection<Float>) {
        precondition(values.count <= count, "\(values.count) values, room for \(count)")
        let used = values.withContiguousStorageIfAvailable { source -> Bool in
            guard let base = source.baseAddress else { return true }
            pointer.update(from: base, count: source.count)
            return true
        }
        guard used == nil else { return }
        for (index, value) in values.enumerated() { pointer[index] = value }
    }

    /// The first `length` numbers.
    public func read(_ length: Int) -> [Float] {
        precondition(length <= count, "\(length) values asked of a buffer of \(count)")
        return Array(UnsafeBufferPointer(start: pointer, count: length))
    }

    /// Sets every number.
    public func fill(_ value: Float) {
        pointer.update(repeating: value, count: count)
    }

    /// The number at `index`.
    public subscript(index: Int) -> Float {
        get {
            precondition(index >= 0 && index < count, "index \(index) of \(count)")
            return pointer[index]
        }
        set {
            precondition(index >= 0 && index < count, "index \(index) of \(count)")
            pointer[index] = newValue
        }
    }
}
