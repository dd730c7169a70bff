/// The cyclic redundancy check of RFC 3720, appendix B.4 (Castagnoli's polynomial).
enum CRC32C {
    /// The checksum of `bytes`.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(index) { value, _ in
            value & 1 == 1 ? value >> 1 ^ 0x82f6_3b78 : value >> 1
        }
    }
}
