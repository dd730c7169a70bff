import Files
import Glibc
import Literate

/// Where a report's source and config come from: the user's folder, or the files inside the program.
public struct ReportLocation: Sendable {
    /// The report's name, which names its output folder.
    public let name: String
    /// The report's text.
    public let source: SourceText
    private let embedded: @Sendable (String) -> String?
    private let willRead: @Sendable (String) -> Void
    private let fixedConfig: SourceText?

    /// Finds a report by name ("mnist" is `reports/mnist.md`) or by path.
    ///
    /// `embedded` gives the text of a file inside the program and `names` lists them; a name that no
    /// folder holds is looked for there. `willRead` is told of every path before it is looked at, then
    /// and later, whether something stands there or not. Throws a ``ReportNotFound`` with the nearest
    /// name.
    public init(
        _ nameOrPath: String, names: [String], embedded: @escaping @Sendable (String) -> String?,
        willRead: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        self.embedded = embedded
        self.willRead = willRead
        fixedConfig = nil
        let isPath = nameOrPath.hasSuffix(".md") || nameOrPath.contains("/")
        let path = isPath ? nameOrPath : "reports/\(nameOrPath).md"
        let file = FilePath.name(of: path)
        name = file.hasSuffix(".md") ? String(file.dropLast(3)) : file
        willRead(path)
        if FilePath.isFile(path) {
            source = try WholeFile.text(at: path)
        } else if let text = embedded(path) {
            source = SourceText(name: path, text: text)
        } else {
            let known = names.filter { $0.hasPrefix("reports/") && $0.hasSuffix(".md") }
                .map { String($0.dropFirst(8).dropLast(3)) }
            throw ReportNotFound(asked: nameOrPath, path: path, known: known)
        }
    }

    /// A report that stands in no file, with the config that it is about; `name` names its folder.
    public init(name: String, source: SourceText, config: SourceText) {
        self.name = name
        self.source = source
        embedded = { _ in nil }
        willRead = { _ in }
        fixedConfig = config
    }

    /// The files that the report names: from the user's folder, or from the program.
    public var files: ReportFiles {
        ReportFiles(isOutside: ReportLocation.leads) { [self] in try text(at: $0) }
    }

    /// Whether links lead from a path out of a folder; not for what is not there.
    private static func leads(_ path: String, outOf folder: String) -> Bool {
        guard let target = realPath(path), let place = realPath(folder.isEmpty ? "." : folder)
        else {
            return false
        }
        return !target.hasPrefix(place.hasSuffix("/") ? place : place + "/")
    }

    /// A path without links; nil when nothing stands there.
    private static func realPath(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }

    private func text(at path: String) throws -> SourceText {
        willRead(path)
        if !FilePath.isFile(path), let text = embedded(path) {
            return SourceText(name: path, text: text)
        }
        if FilePath.exists(path), !FilePath.isFile(path), !FilePath.isFolder(path) {
            throw FileError(
                action: "read", path: path, problem: "it is a pipe or a device",
                advice: "give a file")
        }
        return try WholeFile.text(at: path)
    }

    /// The text of a config that the report names: from the user's folder, or from the program.
    public func config(at path: String) throws -> SourceText {
        if let fixedConfig { return fixedConfig }
        return try text(at: path)
    }
}

/// No report has that name.
public struct ReportNotFound: Error, CustomStringConvertible {
    let asked: String
    let path: String
    let known: [String]

    /// What was looked for and what there is.
    public var description: String {
        let near = known.nearest(to: asked).map { " Did you mean '\($0)'?" } ?? ""
        return """
            there is no report '\(asked)': no file \(path) here, and none inside vae-report.\(near)
                Reports inside vae-report: \(known.sorted().joined(separator: ", ")). \
            A report of your own is a Markdown file: vae-report build path/to/report.md
            """
    }
}
