import Files

/// Reads the YAML at the top of a report.
struct FrontMatterReader {
    static let keys = ["title", "subtitle", "author", "config", "params"]

    let source: SourceText
    private let fields: [CellField]

    init(_ text: String, source: SourceText) throws {
        self.source = source
        fields = try YAMLReader(source: source)
            .fields(of: text, line: 1, whatIsExpected: "front matter with keys such as title")
        for field in fields where !FrontMatterReader.keys.contains(field.key) {
            throw SourceError(
                "unknown key '\(field.key)' in the front matter", at: field.keyLocation, in: source,
                suggestion: Suggestion.forName(
                    field.key, among: FrontMatterReader.keys, called: "keys"))
        }
    }

    /// Parameters with their defaults.
    func parameters() throws -> [CellField] {
        guard let value = self["params"] else { return [] }
        guard let fields = value.fields else {
            throw SourceError(
                "expected params with names and values, found \(value.spoken)", at: value.location,
                in: source, suggestion: "write it like params: {beta: 1.0}")
        }
        for field in fields where !Label.isValid(field.key) {
            throw SourceError(
                "a parameter's name is a letter followed by letters, digits, - and _; found '\(field.key)'",
                at: field.keyLocation, in: source)
        }
        return fields
    }

    /// The front matter with its parameters put in.
    func read(_ substitution: inout Substitution) throws -> FrontMatter {
        FrontMatter(
            title: try words("title", &substitution) ?? [.text(source.name)],
            subtitle: try words("subtitle", &substitution),
            author: try scalar("author", &substitution)?.scalarText,
            config: try scalar("config", &substitution),
            parameters: try parameters())
    }

    private subscript(key: String) -> CellValue? { fields.first { $0.key == key }?.value }

    private func scalar(_ key: String, _ substitution: inout Substitution) throws -> CellValue? {
        guard let value = self[key] else { return nil }
        let result = try substitution.apply(to: value, in: source)
        guard result.scalarText != nil else {
            throw SourceError(
                "expected a text for '\(key)', found \(value.spoken)", at: value.location,
                in: source)
        }
        return result
    }

    private func words(_ key: String, _ substitution: inout Substitution) throws
        -> [MarkdownInline]?
    {
        guard let value = try scalar(key, &substitution), let text = value.scalarText else {
            return nil
        }
        return try MarkdownReader.inlines(of: text, at: value.textStart(in: source), in: source)
    }
}

extension CellValue {
    /// Where a scalar's text begins: after the quote, if it is quoted.
    func textStart(in source: SourceText) -> SourceLocation {
        guard source.lines.indices.contains(location.line - 1) else { return location }
        let line = source.lines[location.line - 1]
        let isQuoted = line.dropFirst(location.column - 1).first.map { "\"'".contains($0) } ?? false
        return SourceLocation(
            file: location.file, line: location.line, column: location.column + (isQuoted ? 1 : 0),
            length: location.length)
    }
}
