/// The form of PyTorch 0.1.10 to 1.5, and of `_use_new_zipfile_serialization=False`: one stream.
///
///     pickle      a magic number
///     pickle      the version, 1001
///     pickle      sizes and byte order of the machine that wrote it
///     pickle      what was saved
///     pickle      the keys of the storages, in the order in which they follow
///     storages    of each, a count in 8 bytes and then its numbers
struct PyTorchStream: PyTorchStorageSource {
    /// What was saved.
    let root: PickleValue
    /// The storages that it refers to, by key.
    let storages: [String: PyTorchStorage]
    private let file: [UInt8]
    private let places: [String: Range<Int>]

    /// The pickle of 0x1950a86a20f9469cfc6c, which begins every such file.
    private static let magic: [UInt8] = [
        0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
    ]

    /// Reads the structure. Throws ``TensorFileError`` for what is no such file.
    init(_ bytes: [UInt8], name: String) throws {
        guard bytes.starts(with: Self.magic) else {
            throw TensorFileError(file: name, reason: Self.guess(bytes))
        }
        do {
            (root, storages, places) = try Self.parse(bytes)
        } catch let problem as PickleProblem {
            throw TensorFileError(file: name, reason: "at byte \(problem.byte): \(problem.reason)")
        }
        file = bytes
    }

    func bytes(of storages: [String: PyTorchStorage], limit: Int) throws -> [String: [UInt8]] {
        storages.reduce(into: [:]) { found, storage in
            found[storage.key] = places[storage.key].map { Array(file[$0]) }
        }
    }

    private typealias Content = (
        root: PickleValue, storages: [String: PyTorchStorage], places: [String: Range<Int>]
    )

    private static func parse(_ bytes: [UInt8]) throws -> Content {
        var position = magic.count
        func next() throws -> (PickleValue, [String: PyTorchStorage]) {
            var machine = PickleMachine(bytes, from: position)
            let value = try machine.run()
            position = machine.reader.position
            return (value, machine.storages)
        }
        let start = position
        guard try next().0 == .integer(1001) else {
            throw PickleProblem(byte: start, reason: "the version of the format is not 1001")
        }
        guard try next().0["little_endian"] == .boolean(true) else {
            throw PickleProblem(
                byte: start, reason: "its numbers are big-endian; save it on another machine")
        }
        let (root, storages) = try next()
        guard case .list(let keys) = try next().0 else {
            throw PickleProblem(byte: position, reason: "a list of storages is expected")
        }
        let places = try places(of: storages, keys.compactMap(\.text), in: bytes, from: position)
        return (root, storages, places)
    }

    private static func places(
        of storages: [String: PyTorchStorage], _ keys: [String], in bytes: [UInt8], from start: Int
    ) throws -> [String: Range<Int>] {
        var reader = PickleReader(bytes, from: start)
        var places: [String: Range<Int>] = [:]
        for key in keys {
            guard let storage = storages[key], let size = storage.byteCount else {
                throw PickleProblem(byte: reader.position, reason: "nobody refers to '\(key)'")
            }
            let count = try reader.unsigned(8)
            guard count == UInt64(storage.count) else {
                throw PickleProblem(
                    byte: reader.position - 8,
                    reason: "storage '\(key)' has \(count) numbers, expected \(storage.count)")
            }
            places[key] = try reader.bytes(size).indices
        }
        if let missing = storages.keys.sorted().first(where: { places[$0] == nil }) {
            throw PickleProblem(byte: reader.position, reason: "storage '\(missing)' is missing")
        }
        return places
    }

    private static func guess(_ bytes: [UInt8]) -> String {
        let expected = "expected a file that torch.save wrote"
        if bytes.isEmpty { return "the file is empty, \(expected)" }
        if bytes.dropFirst(257).starts(with: Array("ustar".utf8)) {
            return "a tar file, as PyTorch before 0.1.10 wrote; load and save it with a newer one"
        }
        if bytes.first == 0x80 { return "a bare or truncated pickle, \(expected)" }
        let beginning = bytes.prefix(4).map { String($0, radix: 16) }.joined(separator: " ")
        return "it begins with \(beginning), \(expected)"
    }
}
