import Files
import Foundation

/// What has arrived of a file, kept so that the next attempt asks only for the rest.
final class PartialDownload {
    /// Where the bytes came from last, and what that server called them.
    private struct Source: Codable {
        let address: String
        let validator: String?
    }

    private let file: PartialFile
    private let note: AtomicFile

    /// Opens what there is of the file that will stand at `path`; more than `limit` bytes are none of it.
    init(for path: String, limit: Int) throws {
        file = try PartialFile(for: path)
        note = AtomicFile(PartialDownload.note(of: path))
        if file.count > limit { try restart() }
    }

    /// Bytes that are here.
    var count: Int { file.count }

    /// Files that may lie in a download's folder while it is not complete.
    static func names(of name: String) -> [String] {
        [PartialFile.partName(of: name), note(of: name)]
    }

    private static func note(of path: String) -> String {
        PartialFile.partName(of: path) + ".json"
    }

    /// What the server at `address` called the file when these bytes came from there; nil otherwise.
    func validator(at address: String) -> String? {
        guard count > 0, let bytes = try? WholeFile.bytes(at: note.path, limit: 1 << 16),
            let source = try? JSONDecoder().decode(Source.self, from: Data(bytes)),
            source.address == address
        else { return nil }
        return source.validator
    }

    /// Remembers where bytes come from; one that cannot be remembered costs no more than bytes.
    func comes(from address: String, validator: String?) {
        let source = Source(address: address, validator: validator)
        guard let data = try? JSONEncoder().encode(source) else { return }
        _ = try? note.writeIfChanged([UInt8](data))
    }

    /// Adds bytes at the end.
    func append(_ bytes: [UInt8]) throws { try file.append(bytes) }

    /// Forgets what has arrived.
    func restart() throws {
        try file.restart()
        try Disk().remove(note.path)
    }

    /// Gives the file its name when `accept`, told the part's path, does not throw; deletes it otherwise.
    func finish(accept: (_ part: String) throws -> Void) throws {
        try Disk().remove(note.path)
        try file.finish(accept: accept)
    }

    /// Leaves nothing behind when nothing has arrived.
    func removeIfEmpty() throws {
        if count == 0 { try Disk().remove(note.path) }
        try file.removeIfEmpty()
    }
}
