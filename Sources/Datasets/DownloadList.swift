import Files
import Foundation

/// The files that this program put into the user's cache, so that it can take them away again without
/// touching what the user put there.
public struct DownloadList: Sendable {
    /// The cache; nil when neither HOME nor XDG_CACHE_HOME says where it is.
    public let folder: String?

    /// The list of a cache folder.
    init(cache: String?) { folder = cache }

    /// The list of the cache in these surroundings.
    public init(environment: [String: String]) {
        folder = DatasetSearch.cacheFolder(in: environment)
    }

    /// What the note is called that says when no mirror answered.
    static let unreachableNote = "unreachable"

    private var path: String? { folder.map { FilePath.join($0, "downloads.json") } }

    /// Remembers a file that was just put below the cache; `file` is relative to it.
    func add(_ file: String) {
        guard let path, let folder, let identity = FileIdentity(of: FilePath.join(folder, file))
        else { return }
        var entries = entries()
        entries[file] = identity
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(entries) else { return }
        let list = AtomicFile(path)
        list.removeLeftovers()
        _ = try? list.writeIfChanged([UInt8](data))
    }

    /// Downloaded files that are as they came, what has arrived of others, and this program's notes, by
    /// full path, sorted.
    ///
    /// A file that was replaced since is the user's.
    public var files: [String] {
        guard let folder else { return [] }
        let downloaded = entries().filter { file, identity in
            FileIdentity(of: FilePath.join(folder, file)) == identity
        }.keys
        let notes =
            ["digests.json", "downloads.json"]
            + DatasetCatalogue.standard.entries.flatMap { entry in
                ([Self.unreachableNote]
                    + (entry.downloads + entry.archives).flatMap(PartialDownload.names))
                    .map { FilePath.join(entry.folder, $0) }
            }
        return Set(downloaded + notes + prepared).map { FilePath.join(folder, $0) }.filter(
            FilePath.isFile
        )
        .sorted()
    }

    /// Images of users' own in the form in which they are trained on.
    private var prepared: [String] {
        guard let folder else { return [] }
        let place = FilePath.join(folder, OwnDataIndex.folderName)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        return names.filter { $0.wholeMatch(of: /[0-9a-f]{32}\.(images|key)/) != nil }.map {
            FilePath.join(OwnDataIndex.folderName, $0)
        }
    }

    private func entries() -> [String: FileIdentity] {
        guard let path, let bytes = try? WholeFile.bytes(at: path, limit: 1 << 24) else {
            return [:]
        }
        let entries = try? JSONDecoder().decode([String: FileIdentity].self, from: Data(bytes))
        return (entries ?? [:]).filter { file, _ in
            !file.hasPrefix("/") && !file.split(separator: "/").contains("..")
        }
    }
}
