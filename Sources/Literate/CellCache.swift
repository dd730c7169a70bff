import Files
import Foundation

/// Results of cells, one JSON file each under `.cache/` in the report's folder, named by key.
///
/// An entry begins with the digest of all that follows it: what a fault of the disk left of one may
/// still be JSON, and is not to be believed.
struct CellCache {
    /// Changes when the entries' form does.
    static let formatVersion = "2"

    /// What went into a key, by name; the difference of two tells why a cell runs again.
    typealias Material = [String: String]

    /// A file that a cell wrote, as it was when the cell had finished.
    private struct OwnedFile: Codable {
        let path: String
        let digest: String
        let identity: FileIdentity?
    }

    private struct Entry: Codable {
        let id: String
        let files: [OwnedFile]
        let result: CellResult
    }

    /// What was found under a key.
    enum Finding {
        case result(CellResult)
        case nothing
        /// An entry is there but cannot be used, and why.
        case unusable(String)
    }

    let outputFolder: String
    private var folder: String { FilePath.join(outputFolder, ".cache") }

    private func path(_ key: String) -> String { FilePath.join(folder, "\(key).json") }

    /// The key of a cell: the digest of what goes into it.
    static func key(of material: Material) throws -> String {
        let digest = try Digest()
        try digest.add(field: formatVersion)
        for (name, value) in material.sorted(by: { $0.key < $1.key }) {
            try digest.add(field: name)
            try digest.add(field: value)
        }
        return String(try digest.hexadecimal().prefix(32))
    }

    /// Looks a key up; the cell's files have to be as the cell left them.
    func find(_ key: String) -> Finding {
        guard FilePath.isFile(path(key)) else { return .nothing }
        guard let bytes = try? WholeFile.bytes(at: path(key)), CellCache.isWhole(bytes),
            let entry = try? JSONDecoder().decode(Entry.self, from: Data(bytes))
        else { return .unusable("its cache file is damaged") }
        for file in entry.files {
            let path = FilePath.join(outputFolder, file.path)
            guard let identity = FileIdentity(of: path) else {
                return .unusable("its file \(file.path) is gone")
            }
            if identity == file.identity { continue }
            guard let bytes = try? WholeFile.bytes(at: path),
                (try? Digest.sha256(of: bytes)) == file.digest
            else { return .unusable("its file \(file.path) was changed") }
        }
        return .result(entry.result)
    }

    /// Keeps a result. Throws when a file that the cell claims to own is not there.
    func keep(_ result: CellResult, of cell: Cell, key: String) throws {
        let files = try result.files.map { name in
            let path = FilePath.join(outputFolder, name)
            return OwnedFile(
                path: name, digest: try Digest.sha256(of: try WholeFile.bytes(at: path)),
                identity: FileIdentity(of: path))
        }
        let entry = Entry(id: cell.id, files: files, result: result)
        let bytes = [UInt8](try CellCache.encoder.encode(entry))
        try AtomicFile(path(key)).write(try CellCache.sealed(bytes.dropFirst()))
    }

    /// An entry: what follows its opening brace, with the digest before it as one more field.
    private static func sealed(_ rest: ArraySlice<UInt8>) throws -> [UInt8] {
        let rest = Array(rest)
        return Array("{\"digest\":\"\(try Digest.sha256(of: rest))\",".utf8) + rest
    }

    /// Whether an entry is as ``sealed(_:)`` made it.
    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        let lengthBefore = "{\"digest\":\"\",".utf8.count + 64
        return (try? sealed(bytes.dropFirst(lengthBefore))) == bytes
    }

    /// The material of the last build's cells by id; empty when there was none.
    func lastMaterials() -> [String: Material] {
        guard let bytes = try? WholeFile.bytes(at: path("last")) else { return [:] }
        return (try? JSONDecoder().decode([String: Material].self, from: Data(bytes))) ?? [:]
    }

    /// Keeps the materials of this build's cells.
    func keep(lastMaterials: [String: Material]) throws {
        let bytes = [UInt8](try CellCache.encoder.encode(lastMaterials))
        try AtomicFile(path("last")).writeIfChanged(bytes)
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
