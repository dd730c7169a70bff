import Files
import Foundation

/// The files that a preview is made from: the report with all texts in its folder, which it may include
/// or cite, its config and templates.
struct WatchedFiles {
    private static let kinds = ["md", "bib", "yaml", "yml", "css", "js", "mustache"]
    private static let mostFiles = 1000

    /// Each file as it is now, by path.
    let identities: [String: FileIdentity]

    /// Looks at the files below `folders`, and at `files`.
    init(folders: Set<String>, files: [String]) {
        let found = folders.flatMap { WatchedFiles.texts(below: $0) } + files
        identities = Dictionary(
            found.compactMap { path in FileIdentity(of: path).map { (path, $0) } }
        ) { first, _ in first }
    }

    /// Texts in a folder and in those inside it; what begins with a dot is left alone.
    private static func texts(below folder: String, depth: Int = 2) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let paths = names.filter { !$0.hasPrefix(".") }.prefix(mostFiles)
            .map { FilePath.join(folder, $0) }
        return paths.flatMap { path -> [String] in
            if kinds.contains(where: { path.hasSuffix(".\($0)") }) { return [path] }
            return depth > 0 && FilePath.isFolder(path) ? texts(below: path, depth: depth - 1) : []
        }
    }
}
