import Files

/// Gives the files that a report names, its bibliographies and includes, without this module's touching
/// a disk.
public struct ReportFiles: Sendable {
    private let read: @Sendable (String) throws -> SourceText
    private let isOutside: @Sendable (_ path: String, _ folder: String) -> Bool

    /// Files by path, relative to where the user stands. `read` throws a ``FileError`` for one that is
    /// not there; `isOutside` says whether links lead from a path that begins in a folder out of it.
    public init(
        isOutside: @escaping @Sendable (_ path: String, _ folder: String) -> Bool = { _, _ in false
        },
        _ read: @escaping @Sendable (String) throws -> SourceText
    ) {
        self.read = read
        self.isOutside = isOutside
    }

    /// Whether links lead from `path`, which begins in `folder`, out of it.
    func leads(_ path: String, outOf folder: String) -> Bool { isOutside(path, folder) }

    /// No files at all: for texts that stand in none.
    public static let none = ReportFiles { path in
        throw FileError(
            action: "read", path: path, problem: "this text stands in no folder",
            advice: "name it in a report that is a file")
    }

    /// The text of a file that stands at `path` relative to the file `source`; `place` names it there.
    func text(
        at path: String, namedAt place: SourceLocation, in source: SourceText, called noun: String
    ) throws -> SourceText {
        do {
            return try read(path)
        } catch let error as FileError {
            throw SourceError(
                "the \(noun) \(path) cannot be read: \(error.problem)", at: place, in: source,
                suggestion: "paths are relative to the file that names them")
        }
    }
}
