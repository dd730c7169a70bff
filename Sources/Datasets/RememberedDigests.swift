import Files
import Foundation

/// Digests of files that were read before, found again by path, size, time and inode.
///
/// Kept in the user's cache, so that a build whose cells are all cached need not read its data.
/// A memory that cannot be read or written is as good as an empty one.
struct RememberedDigests {
    private struct Entry: Codable {
        let identity: FileIdentity
        let digest: String
    }

    private let path: String?

    /// The memory in a cache folder; nil remembers nothing.
    init(cache: String?) { path = cache.map { FilePath.join($0, "digests.json") } }

    /// What is known of those files that have not changed since they were read.
    func known(_ files: [FoundFile]) -> [FoundFile: CheckedContent] {
        let entries = entries()
        var known: [FoundFile: CheckedContent] = [:]
        for file in files {
            guard let entry = entries[key(file)], entry.identity == FileIdentity(of: file.path)
            else { continue }
            known[file] = CheckedContent(text: entry.digest)
        }
        return known
    }

    /// Remembers what files held; `identities` were taken before the files were read.
    func remember(
        _ contents: [FoundFile: CheckedContent], identities: [String: FileIdentity]
    ) {
        guard let path, !contents.isEmpty else { return }
        var entries = entries()
        for (file, content) in contents {
            guard let identity = identities[file.path] else { continue }
            entries[key(file)] = Entry(identity: identity, digest: content.text)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        guard let data = try? encoder.encode(entries) else { return }
        let memory = AtomicFile(path)
        memory.removeLeftovers()
        _ = try? memory.writeIfChanged([UInt8](data))
    }

    private func entries() -> [String: Entry] {
        guard let path, let bytes = try? WholeFile.bytes(at: path, limit: 1 << 24) else {
            return [:]
        }
        return (try? JSONDecoder().decode([String: Entry].self, from: Data(bytes))) ?? [:]
    }

    private func key(_ file: FoundFile) -> String {
        FoundFile(
            FilePath.join(FileManager.default.currentDirectoryPath, file.path),
            member: file.member
        ).description
    }
}

/// What was in a file, or in the batches of an archive, when it was read.
struct CheckedContent: Equatable {
    /// SHA-256 of the decompressed content, of each batch in turn.
    let digests: [String]
    /// How it compared with what is published.
    let standing: Standing

    init(digests: [String], standing: Standing) {
        self.digests = digests
        self.standing = standing
    }

    /// The digests and the standing apart by spaces; nil for anything else.
    init?(text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard words.count > 1, let standing = words.last.flatMap({ Standing(rawValue: $0) }) else {
            return nil
        }
        self.init(digests: words.dropLast(), standing: standing)
    }

    /// As ``init(text:)`` reads it.
    var text: String { (digests + [standing.rawValue]).joined(separator: " ") }
}
