/// Which file each line of a text came from that was put together from several.
public struct LineOrigins: Sendable, Equatable {
    private struct File: Equatable {
        let name: String
        let includedFrom: [SourceLocation]
    }

    private struct Line: Equatable {
        let file: Int
        let number: Int
    }

    private var files: [File] = []
    private var lines: [Line] = []

    /// No lines yet.
    public init() {}

    /// The names of the files, in the order of their first lines.
    public var fileNames: [String] {
        files.map(\.name).reduce(into: []) { names, name in
            if !names.contains(name) { names.append(name) }
        }
    }

    /// Adds a file, whose lines follow; `includedFrom` are the lines that include it, innermost first.
    /// Returns its index.
    public mutating func addFile(named name: String, includedFrom: [SourceLocation]) -> Int {
        files.append(File(name: name, includedFrom: includedFrom))
        return files.count - 1
    }

    /// Adds the line with this number, from 1, of the file at `file`.
    public mutating func addLine(_ number: Int, of file: Int) {
        lines.append(Line(file: file, number: number))
    }

    /// A place of the whole text in the file that its line came from.
    func origin(of location: SourceLocation) -> SourceLocation {
        guard lines.indices.contains(location.line - 1) else { return location }
        let line = lines[location.line - 1]
        return SourceLocation(
            file: files[line.file].name, line: line.number, column: location.column,
            length: location.length)
    }

    /// The lines that include the file of this line of the whole text, innermost first.
    func includedFrom(line: Int) -> [SourceLocation] {
        guard lines.indices.contains(line - 1) else { return [] }
        return files[lines[line - 1].file].includedFrom
    }
}
