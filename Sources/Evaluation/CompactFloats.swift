import FoundationEssentials

/// Numbers that are cached on disk as base64 of little-endian float32: exact, and a third of the size
/// of their digits.
public struct CompactFloats: Sendable, Hashable, Codable {
    /// The numbers.
    public let values: [Float]

    /// Wraps numbers.
    public init(_ values: [Float]) {
        self.values = values
    }

    /// Wraps numbers, rounded to float32 at once: a result read from the cache equals the fresh one.
    public init(_ values: [Double]) {
        self.values = values.map { Float($0) }
    }

    /// Reads base64 text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let bytes = try container.decode(Data.self)
        guard bytes.count % 4 == 0 else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "\(bytes.count) bytes are no whole number of float32 numbers")
        }
        values = bytes.withUnsafeBytes { raw in
            stride(from: 0, to: raw.count, by: 4).map { offset in
                Float(
                    bitPattern: UInt32(
                        littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            }
        }
    }

    /// Writes base64 text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        let words = values.map(\.bitPattern.littleEndian)
        try container.encode(words.withUnsafeBytes { Data($0) })
    }
}
