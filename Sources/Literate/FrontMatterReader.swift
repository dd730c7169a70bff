import Files

/// Reads the YAML at the top of a report.
struct FrontMatterReader {
    static let keys = [
        "title", "subtitle", "author", "config", "params", "profiles", "bibliography",
    ]

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
        try refuseLikeness(fields)
        return fields
    }

    /// `Beta` beside `beta` is a slip of the finger that would go unnoticed.
    private func refuseLikeness(_ fields: [CellField]) throws {
        var seen: [String: String] = [:]
        for field in fields {
            guard let other = seen.updateValue(field.key, forKey: field.key.lowercased()) else {
                continue
            }
            throw SourceError(
                "the parameters '\(other)' and '\(field.key)' differ in capitals alone",
                at: field.keyLocation, in: source, suggestion: "give one of them another name")
        }
    }

    /// The front matter with its parameters put in.
    func read(_ substitution: inout Substitution) throws -> FrontMatter {
        FrontMatter(
            title: try words("title", &substitution) ?? [.text(source.name)],
            subtitle: try words("subtitle", &substitution),
            author: try scalar("author", &substitution)?.scalarText,
            config: try scalar("config", &substitution),
            bibliography: try bibliography(), parameters: try parameters(),
            profiles: try profiles())
    }

    /// The short builds that the report knows, in the order written.
    func profiles() throws -> [ReportProfile] {
        guard let value = self["profiles"] else { return [] }
        let example = "write it like profiles: {ci: {train.epochs: 1, data.train_limit: 2000}}"
        guard let fields = value.fields else {
            throw SourceError(
                "expected profiles with names and settings, found \(value.spoken)",
                at: value.location, in: source, suggestion: example)
        }
        return try fields.map { field in
            guard Label.isValid(field.key) else {
                throw SourceError(
                    "a profile's name is a letter followed by letters, digits, - and _; found '\(field.key)'",
                    at: field.keyLocation, in: source, suggestion: "it names the output folder")
            }
            guard let settings = field.value.fields, !settings.isEmpty else {
                throw SourceError(
                    "expected the settings of the profile '\(field.key)', found \(field.value.spoken)",
                    at: field.value.location, in: source, suggestion: example)
            }
            for setting in settings where setting.value.fields != nil {
                throw SourceError(
                    "expected a value or a list for '\(setting.key)', found \(setting.value.spoken)",
                    at: setting.value.location, in: source)
            }
            return ReportProfile(name: field.key, settings: settings)
        }
    }

    /// The settings of a profile that the command line does not set, then those of the command line.
    func overrides(
        profile name: String?, commandLine: [ParameterOverride]
    ) throws -> [ParameterOverride] {
        guard let name else { return commandLine }
        let profiles = try profiles()
        guard let profile = profiles.first(where: { $0.name == name }) else {
            throw SourceError(
                "this report has no profile '\(name)'",
                at: SourceLocation(
                    file: "--profile", line: 1, column: 1, length: max(1, name.count)),
                in: SourceText(name: "--profile", text: name),
                suggestion: Suggestion.forName(
                    name, among: profiles.map(\.name), called: "profiles")
                    ?? "it has none; add 'profiles: {\(name): {train.epochs: 1}}' to its front matter"
            )
        }
        let own = profile.settings.filter { field in
            !commandLine.contains { $0.key == field.key }
        }
        return own.map { ParameterOverride($0, profile: name, in: source) } + commandLine
    }

    private func bibliography() throws -> [CellValue] {
        guard let value = self["bibliography"] else { return [] }
        for item in value.items where item.text == nil {
            throw SourceError(
                "expected a BibTeX file's path, found \(item.spoken)", at: item.location,
                in: source, suggestion: "write it like bibliography: references.bib")
        }
        return value.items
    }

    private subscript(key: String) -> CellValue? { fields.first { $0.key == key }?.value }

    private func scalar(_ key: String, _ substitution: inout Substitution) throws -> CellValue? {
        guard let value = self[key] else { return nil }
        let result = try substitution.apply(to: value, in: source)
        guard result.content != .null, result.scalarText != nil else {
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
        let written = WrittenText(text, of: value, in: source)
        return try MarkdownReader.inlines(of: written.text, at: written.start, in: source)
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
