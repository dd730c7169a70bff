/// A place in a pickle and what is wrong there.
struct PickleProblem: Error {
    /// Bytes from the pickle's beginning.
    let byte: Int
    /// What was found and what was expected.
    let reason: String
}

/// The bytes of a pickle, read from front to back; nothing is read beyond the end.
struct PickleReader {
    private let bytes: [UInt8]
    /// The next byte to be read.
    private(set) var position: Int

    init(_ bytes: [UInt8], from position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// The next `count` bytes.
    mutating func bytes(_ count: Int) throws -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - position else {
            throw PickleProblem(
                byte: position,
                reason: "the pickle ends: \(count) bytes were expected, "
                    + "\(max(0, bytes.count - position)) are left")
        }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func byte() throws -> UInt8 { try bytes(1).first ?? 0 }

    /// An unsigned little-endian number of `size` bytes, at most 8.
    mutating func unsigned(_ size: Int) throws -> UInt64 {
        try bytes(size).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A length of `size` bytes; larger ones than the pickle itself are refused where they are used.
    mutating func length(_ size: Int) throws -> Int { Int(clamping: try unsigned(size)) }

    /// `count` bytes of UTF-8.
    mutating func text(_ count: Int) throws -> String {
        let start = position
        guard let text = String(validating: try bytes(count), as: UTF8.self) else {
            throw PickleProblem(byte: start, reason: "a string is not UTF-8")
        }
        return text
    }

    /// Text up to the next line feed, which is consumed.
    mutating func line() throws -> String {
        guard let end = bytes[position...].firstIndex(of: 0x0a) else {
            throw PickleProblem(byte: position, reason: "the pickle ends inside a line")
        }
        let text = try text(end - position)
        position += 1
        return text
    }
}
