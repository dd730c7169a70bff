/// TensorFlow's record format: records one after the other, each with its length and two checksums.
///
///     8 bytes     length of the payload, little-endian
///     4 bytes     masked CRC-32C of the length
///     length      payload
///     4 bytes     masked CRC-32C of the payload
enum RecordFrame {
    /// Bytes of a frame around its payload.
    static let overhead = 16

    /// A payload as a record.
    static func framed(_ payload: [UInt8]) -> [UInt8] {
        let length = littleEndian(UInt64(payload.count))
        return length + littleEndian(masked(CRC32C.checksum(length))) + payload
            + littleEndian(masked(CRC32C.checksum(payload)))
    }

    /// The payloads of the whole records at the beginning of `bytes`.
    ///
    /// Stops at the first record that is cut short or damaged, as every reader of the format does:
    /// what stands after it could never be read.
    static func payloads(in bytes: [UInt8]) -> [[UInt8]] {
        var result: [[UInt8]] = []
        var rest = bytes[...]
        while rest.count >= overhead {
            let length = Array(rest.prefix(8))
            let size = number(length)
            guard
                number(rest.dropFirst(8).prefix(4)) == UInt64(masked(CRC32C.checksum(length))),
                size <= UInt64(rest.count - overhead)
            else { break }
            let payload = Array(rest.dropFirst(12).prefix(Int(size)))
            rest = rest.dropFirst(12 + payload.count)
            guard number(rest.prefix(4)) == UInt64(masked(CRC32C.checksum(payload))) else { break }
            rest = rest.dropFirst(4)
            result.append(payload)
        }
        return result
    }

    /// A checksum of data that holds checksums is weak, so the format stores it turned and moved.
    private static func masked(_ checksum: UInt32) -> UInt32 {
        (checksum >> 15 | checksum << 17) &+ 0xa282_ead8
    }

    private static func littleEndian<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
        stride(from: 0, to: Number.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static func number(_ bytes: some Collection<UInt8>) -> UInt64 {
        bytes.enumerated().reduce(0) { $0 | UInt64($1.element) << (8 * UInt64($1.offset)) }
    }
}
