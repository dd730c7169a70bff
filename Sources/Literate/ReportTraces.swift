import Files
import Foundation

/// What builds left in a report's folder, by their own records; anything else in it is the user's.
public struct ReportTraces: Sendable {
    /// The report's folder.
    public let folder: String

    /// The traces in a report's folder.
    public init(folder: String) { self.folder = folder }

    private var cache: String { FilePath.join(folder, ".cache") }

    /// Whether a build ever ran in the folder.
    public var exist: Bool { FilePath.isFile(FilePath.join(cache, "last.json")) }

    /// When an entry last came into the cache or was replaced; nil when there is no cache.
    public var changed: Date? {
        (try? FileManager.default.attributesOfItem(atPath: cache))?[.modificationDate] as? Date
    }

    /// Files of the cache and all that its entries say cells wrote, relative to the folder, sorted.
    public var files: [String] {
        let entries = ((try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? [])
            .filter { ReportTraces.isEntry($0) }
        var found = Set(entries.map { FilePath.join(".cache", $0) })
        for entry in entries { found.formUnion(owned(by: entry)) }
        return found.sorted()
    }

    /// Removes what a process that was killed in the middle of a write left of pages, cache and drawings.
    ///
    /// Who has no right to the whole folder is not its `onlyWriter`: what a process that runs may still be
    /// writing stays.
    public func removeLeftovers(onlyWriter: Bool = true) {
        func sweep(_ place: String, _ own: (String) -> Bool) {
            AtomicFile.removeLeftovers(
                in: FilePath.join(folder, place), onlyWriter: onlyWriter, own: own)
        }
        sweep("") { ReportTraces.pages.contains($0) }
        sweep(".cache", ReportTraces.isEntry)
        sweep("figures") { name in [".svg", ".png", ".json"].contains { name.hasSuffix($0) } }
        for place in artifactFolders { sweep(place) { _ in true } }
    }

    /// The artifact and all folders below it, relative to the report's.
    private var artifactFolders: Set<String> {
        let artifact = FilePath.join(folder, "artifact")
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: artifact)) ?? []
        return Set(names.map { FilePath.folder(of: FilePath.join("artifact", $0)) })
    }

    /// What a build writes into the folder itself.
    public static let pages = ["report.html", "report.md", "report.ipynb", "scores.json"]

    /// Files that the cell of an entry wrote; nothing that points out of the folder.
    private func owned(by entry: String) -> [String] {
        struct Owned: Decodable { let path: String }
        struct Entry: Decodable { let files: [Owned] }
        guard let bytes = try? WholeFile.bytes(at: FilePath.join(cache, entry)),
            let entry = try? JSONDecoder().decode(Entry.self, from: Data(bytes))
        else { return [] }
        return entry.files.map(\.path).filter { path in
            !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
        }
    }

    /// "last.json", or 32 hexadecimal digits and ".json".
    private static func isEntry(_ name: String) -> Bool {
        guard name.hasSuffix(".json") else { return false }
        let stem = name.dropLast(5)
        return stem == "last" || stem.count == 32 && stem.allSatisfy(\.isHexDigit)
    }
}
