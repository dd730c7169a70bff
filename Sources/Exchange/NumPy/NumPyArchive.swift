/// Named arrays as NumPy's `.npz`: a zip file of `.npy` files, stored as they are.
///
/// The bytes are the same for the same arrays: every entry has the earliest date that zip knows.
package struct NumPyArchive: Sendable {
    private var entries: [(name: String, bytes: [UInt8])] = []

    /// An archive of nothing yet.
    package init() {}

    /// Adds an array under a name that is not there yet.
    package mutating func add(_ name: String, _ array: NumPyArray) {
        entries.append(("\(name).npy", array.encoded))
    }

    /// The archive would be larger than zip's 32-bit sizes allow.
    package struct TooLarge: Error, CustomStringConvertible {
        /// What was found and what to do.
        package let description =
            "the arrays take more than 4 GB, which an .npz file cannot hold; export fewer images"
    }

    /// The file's bytes. Throws ``TooLarge``.
    package func encoded() throws -> [UInt8] {
        let size = entries.reduce(1 << 16) { $0 + $1.bytes.count + 2 * $1.name.utf8.count + 128 }
        guard size < 1 << 32, entries.count < 1 << 16 else { throw TooLarge() }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        var directory: [UInt8] = []
        for entry in entries {
            let offset = bytes.count
            let common = Self.fields(of: entry)
            bytes += Self.number(0x0403_4b50, 4) + common + Array(entry.name.utf8)
            bytes += entry.bytes
            directory += Self.number(0x0201_4b50, 4) + Self.number(20, 2) + common
            // Comment, disk, attributes: none.
            directory += [UInt8](repeating: 0, count: 10) + Self.number(offset, 4)
            directory += Array(entry.name.utf8)
        }
        let start = bytes.count
        bytes += directory + Self.number(0x0605_4b50, 4) + Self.number(0, 4)
        bytes += Self.number(entries.count, 2) + Self.number(entries.count, 2)
        return bytes + Self.number(directory.count, 4) + Self.number(start, 4) + Self.number(0, 2)
    }

    /// What an entry's two headers share: version, flags, method, time, date, checksum, sizes, name.
    private static func fields(of entry: (name: String, bytes: [UInt8])) -> [UInt8] {
        let firstOfJanuary1980 = 0x21
        let fields = [(20, 2), (0, 2), (0, 2), (0, 2), (firstOfJanuary1980, 2)]
        return fields.flatMap { number($0.0, $0.1) } + number(Int(CRC32.of(entry.bytes)), 4)
            + number(entry.bytes.count, 4) + number(entry.bytes.count, 4)
            + number(entry.name.utf8.count, 2) + number(0, 2)
    }

    private static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
