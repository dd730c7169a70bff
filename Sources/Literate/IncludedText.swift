import Files

/// Puts files in the places of the lines that include them.
///
///     include = "{{< include" path ">}}"      alone on a line, at its beginning
///
/// Paths are relative to the including file and stay in the report's folder. In code blocks, comments
/// and cells such a line is text. An included file brings its cells and includes, but no front matter.
struct IncludedText {
    /// More includes than any report has, so that files that include each other in many ways end.
    static let limit = 1000
    /// More includes inside one another than any report has.
    static let mostDeep = 100

    private let files: ReportFiles
    private let folder: String
    private var lines: [Substring] = []
    private var origins = LineOrigins()
    private var count = 0

    /// `source` with its includes in it; the text itself when it has none.
    static func assembled(_ source: SourceText, files: ReportFiles) throws -> SourceText {
        guard source.text.contains("{{<") else { return source }
        var text = IncludedText(files: files, folder: FilePath.folder(of: source.name))
        try text.take(source, path: [FilePath.name(of: source.name)], chain: [], from: [])
        if text.count == 0 { return source }
        return SourceText(name: source.name, lines: text.lines, origins: text.origins)
    }

    private init(files: ReportFiles, folder: String) {
        self.files = files
        self.folder = folder
    }

    /// Adds a file's lines. `path` are its folders and name below the report's folder, `chain` the
    /// paths of the files that include it.
    private mutating func take(
        _ source: SourceText, path: [String], chain: [String], from places: [SourceLocation]
    ) throws {
        let file = origins.addFile(named: source.name, includedFrom: places)
        var blocks = OpenBlock.Reader(hasFrontMatter: chain.isEmpty)
        for (index, line) in source.lines.enumerated() {
            let place = SourceLocation(
                file: source.name, line: index + 1, column: 1, length: max(1, line.count))
            if blocks.isText(line, at: index), let include = try include(in: line, place, source) {
                // Empty lines around it, so that no paragraph goes across the border.
                add("", index, file)
                try take(
                    include, place, source, path, chain + [path.joined(separator: "/")], places)
                add("", index, file)
            } else {
                add(line, index, file)
            }
        }
        if !chain.isEmpty { try blocks.checkClosed(in: source) }
    }

    private mutating func add(_ line: Substring, _ index: Int, _ file: Int) {
        lines.append(line)
        origins.addLine(index + 1, of: file)
    }

    /// Adds the file that the line at `place` of `source` includes.
    private mutating func take(
        _ include: Include, _ place: SourceLocation, _ source: SourceText, _ path: [String],
        _ chain: [String], _ places: [SourceLocation]
    ) throws {
        func error(_ message: String, _ suggestion: String) -> SourceError {
            SourceError(message, at: include.location, in: source, suggestion: suggestion)
        }
        guard let target = include.resolved(in: path.dropLast()),
            !files.leads(FilePath.join(folder, target.joined(separator: "/")), outOf: folder)
        else {
            throw error(
                "the include '\(include.path)' leads out of the report's folder",
                "keep included files beside the report or in folders below it")
        }
        let name = target.joined(separator: "/")
        if let start = chain.firstIndex(of: name) {
            let round = (chain[start...] + [name]).joined(separator: " → ")
            throw error("files include each other in a circle: \(round)", "take one include out")
        }
        count += 1
        guard count <= IncludedText.limit else {
            throw error("more than \(IncludedText.limit) includes", "include fewer files")
        }
        guard chain.count <= IncludedText.mostDeep else {
            throw error(
                "more than \(IncludedText.mostDeep) includes inside one another",
                "include files side by side")
        }
        let text = try files.text(
            at: FilePath.join(folder, name), namedAt: include.location, in: source,
            called: "include"
        ).composed
        do {
            try take(text, path: target, chain: chain, from: [place] + places)
        } catch let error as SourceError {
            throw error.included(from: place)
        }
    }

    // MARK: Lines

    /// What a line includes; nil when it is no include. Throws for one that is not well formed.
    private func include(
        in line: Substring, _ place: SourceLocation, _ source: SourceText
    ) throws -> Include? {
        guard let open = line.firstRange(of: "{{<") else { return nil }
        let before = line[..<open.lowerBound]
        let words = line[open.upperBound...].trimming(" ")
        func error(_ message: String, _ suggestion: String) -> SourceError {
            SourceError(
                message,
                at: SourceLocation(
                    file: place.file, line: place.line, column: before.count + 1,
                    length: max(1, line.count - before.count)), in: source, suggestion: suggestion)
        }
        let isCode =
            before.hasPrefix("    ") || !before.filter { $0 == "`" }.count.isMultiple(of: 2)
        if isCode { return nil }
        let name = words.prefix { !$0.isWhitespace }
        guard name == "include" else {
            throw error(
                "unknown shortcode '\(name)'", "the only one is {{< include part.md >}}")
        }
        guard before.isEmpty, words.hasSuffix(">}}") else {
            throw error(
                "an include stands alone on a line, from its beginning to its end",
                "write it like {{< include part.md >}}, with nothing before or after it")
        }
        let quoted = words.dropFirst(name.count).dropLast(3).trimming(" ")
        let path = quoted.first == "\"" && quoted.count > 1 ? quoted.trimming("\"") : quoted
        guard !path.isEmpty else {
            throw error("this include names no file", "write it like {{< include part.md >}}")
        }
        let column = line.firstRange(of: path).map {
            line.distance(from: line.startIndex, to: $0.lowerBound) + 1
        }
        let location = SourceLocation(
            file: place.file, line: place.line, column: column ?? 1, length: path.count)
        return Include(path: String(path), location: location)
    }
}

/// A path that a line includes.
private struct Include {
    let path: String
    let location: SourceLocation

    /// Folders and name below the report's folder; nil when the path leads out of it.
    func resolved(in folders: ArraySlice<String>) -> [String]? {
        if path.hasPrefix("/") || path.hasPrefix("~") { return nil }
        var result = Array(folders)
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                if result.popLast() == nil { return nil }
            } else {
                result.append(String(part))
            }
        }
        return result.isEmpty ? nil : result
    }
}
