import Files

extension DocumentParser {
    /// What is set from outside the cells of `source`: the settings of its profile called `profile`, if
    /// one is wanted, and over them those of the command line.
    ///
    /// Throws a ``SourceError`` when the report has no such profile.
    public static func overrides(
        in source: SourceText, profile: String?, commandLine: [ParameterOverride]
    ) throws -> [ParameterOverride] {
        try FrontMatterReader(try SplitSource(source).frontMatter, source: source)
            .overrides(profile: profile, commandLine: commandLine)
    }

    /// Only the YAML at the top, parameters put in: what has to be known before the kinds of cells are,
    /// since a report's config decides what its cells publish.
    ///
    /// Throws a ``SourceError`` for mistakes in the header; names of overrides are judged by `parse`.
    public static func frontMatter(
        of source: SourceText, overrides: [ParameterOverride] = []
    ) throws -> FrontMatter {
        let header = try FrontMatterReader(try SplitSource(source).frontMatter, source: source)
        var values = Dictionary(try header.parameters().map { ($0.key, $0.value) }) { first, _ in
            first
        }
        for override in overrides where values[override.key] != nil {
            values[override.key] = override.value
        }
        var substitution = Substitution(parameters: values)
        return try header.read(&substitution)
    }
}
