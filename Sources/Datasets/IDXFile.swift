import Files

/// An array of bytes in the IDX format of LeCun's MNIST page, plain or gzip-compressed.
///
///     00 00 08 n          magic: two zeros, the element type (08: unsigned byte), the rank n
///     n × 4 bytes         sizes, big-endian, slowest first
///     bytes               row-major
struct IDXFile {
    /// Sizes, slowest first: `[count, height, width]` for images, `[count]` for labels.
    let sizes: [Int]
    /// The array's content, row-major.
    private(set) var bytes: [UInt8]
    /// Digests of the decompressed file, header included: SHA-256, and whatever else was asked for.
    let digests: [Digest.Algorithm: String]

    /// Reads a file whose sizes are known beforehand.
    ///
    /// Reads no further than the sizes promise. Throws ``DatasetError/malformed(file:byte:problem:)``
    /// for a wrong magic number or size, an early end or bytes that follow the last one.
    init(
        _ found: FoundFile, expecting expected: [Int],
        digestedBy algorithms: Set<Digest.Algorithm> = [.sha256]
    ) throws {
        let file = try CompressedFile(found)
        let header = try file.read(upTo: 4 + 4 * expected.count)
        sizes = try IDXFile.sizes(in: header, of: file.path, expecting: expected)
        bytes = try IDXFile.content(of: file, count: sizes.reduce(1, *))
        guard try file.read(upTo: 1).isEmpty else {
            throw DatasetError.malformed(
                file: file.path, byte: file.position - 1,
                problem: "more bytes follow the \(bytes.count) that the header promises")
        }
        var digests: [Digest.Algorithm: String] = [:]
        for algorithm in algorithms {
            let digest = try Digest(algorithm)
            try digest.add(header)
            try digest.add(bytes)
            digests[algorithm] = try digest.hexadecimal()
        }
        self.digests = digests
    }

    /// The first `limit` items of a file whose digest is known to be `digest`: reads no further.
    ///
    /// Throws as ``init(_:expecting:digestedBy:)`` does for what it reads.
    init(_ found: FoundFile, expecting expected: [Int], digest: String, limit: Int?) throws {
        let file = try CompressedFile(found)
        let header = try file.read(upTo: 4 + 4 * expected.count)
        let all = try IDXFile.sizes(in: header, of: file.path, expecting: expected)
        sizes = [min(limit ?? all[0], all[0])] + all.dropFirst()
        bytes = try IDXFile.content(of: file, count: sizes.reduce(1, *))
        digests = [.sha256: digest]
    }

    /// Turns each of its square images, rows for columns, in its place; a list of labels stays as it is.
    mutating func transposeImages() {
        guard sizes.count == 3, sizes[1] == sizes[2] else { return }
        let side = sizes[1]
        for start in stride(from: 0, to: bytes.count, by: side * side) {
            for row in 0..<side {
                for column in row + 1..<max(side, row + 1) {
                    bytes.swapAt(start + row * side + column, start + column * side + row)
                }
            }
        }
    }

    /// The header of a file of these sizes.
    static func header(of sizes: [Int]) -> [UInt8] {
        [0, 0, 8, UInt8(clamping: sizes.count)]
            + sizes.flatMap { size in
                (0..<4).map { UInt8(truncatingIfNeeded: size >> (24 - 8 * $0)) }
            }
    }

    private static func sizes(
        in header: [UInt8], of path: String, expecting expected: [Int]
    ) throws -> [Int] {
        let magic: [UInt8] = [0, 0, 8, UInt8(expected.count)]
        guard header.count >= 4, Array(header.prefix(4)) == magic else {
            let found =
                header.isEmpty ? "the file is empty" : "found \(hexadecimal(header.prefix(4)))"
            throw DatasetError.malformed(
                file: path, byte: 0,
                problem: "no IDX file of \(expected.count)-dimensional bytes: \(found), "
                    + "expected the magic number \(hexadecimal(magic[...]))")
        }
        guard header.count == 4 + 4 * expected.count else {
            throw DatasetError.malformed(
                file: path, byte: header.count, problem: "the file ends inside its header")
        }
        let sizes = expected.indices.map { index in
            header[4 + 4 * index..<8 + 4 * index].reduce(0) { $0 << 8 | Int($1) }
        }
        if let wrong = sizes.indices.first(where: { sizes[$0] != expected[$0] }) {
            throw DatasetError.malformed(
                file: path, byte: 4 + 4 * wrong,
                problem: "the header says \(product(sizes)), expected \(product(expected))")
        }
        return sizes
    }

    /// What follows the header, in one piece: copying 47 MB together would take as long as to check them.
    private static func content(of file: CompressedFile, count: Int) throws -> [UInt8] {
        let bytes = try file.read(upTo: count)
        guard bytes.count == count else {
            throw DatasetError.malformed(
                file: file.path, byte: file.position,
                problem: "the file ends early: \(bytes.count) of \(count) bytes after the header")
        }
        return bytes
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(separator: " ")
    }

    private static func product(_ sizes: [Int]) -> String {
        sizes.map(String.init).joined(separator: " × ")
    }
}
