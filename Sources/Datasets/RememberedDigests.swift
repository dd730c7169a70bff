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

    /// The digest of the decompressed content of `file` when the file has not changed since.
    func digest(of file: String) -> String? { digests(of: [file])[file] }

    /// The digests of those files that have not changed since they were read.
    func digests(of files: [String]) -> [String: String] {
        let entries = entries()
        var known: [String: String] = [:]
        for file in files {
            guard let entry = entries[absolute(file)], entry.identity == FileIdentity(of: file)
            else { continue }
            known[file] = entry.digest
        }
        return known
    }

    /// Remembers digests; `identities` were taken before the files were read.
    func remember(_ digests: [String: String], identities: [String: FileIdentity]) {
        guard let path, !digests.isEmpty else { return }
        var entries = entries()
        for (file, digest) in digests {
            guard let identity = identities[file] else { continue }
            entries[absolute(file)] = Entry(identity: identity, digest: digest)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        guard let data = try? encoder.encode(entries) else { return }
        _ = try? AtomicFile(path).writeIfChanged([UInt8](data))
    }

    private func entries() -> [String: Entry] {
        guard let path, let bytes = try? WholeFile.bytes(at: path, limit: 1 << 24) else {
            return [:]
        }
        return (try? JSONDecoder().decode([String: Entry].self, from: Data(bytes))) ?? [:]
    }

    private func absolute(_ file: String) -> String {
        file.hasPrefix("/")
            ? file : FilePath.join(FileManager.default.currentDirectoryPath, file)
    }
}
