import Files

/// Reads a report's source and checks all that can be checked before anything runs.
///
/// The grammar is told where it is read: the outer one at ``SplitSource``, cells at ``CellReader``,
/// running text at ``InlineLexer``.
public struct DocumentParser {
    let source: SourceText
    private let kinds: [String: CellKind]
    private var overrides: [ParameterOverride]
    let files: ReportFiles

    /// Understands `source`. Throws a ``SourceError`` that names the place and says what to do.
    ///
    /// `kinds` are those of the ``CellRunner`` that will run the cells; `overrides` come from `-P`;
    /// `files` gives the files that the report names.
    public static func parse(
        _ source: SourceText, kinds: [CellKind], overrides: [ParameterOverride] = [],
        files: ReportFiles = .none
    ) throws -> Document {
        let named = Dictionary(kinds.map { ($0.name, $0) }) { first, _ in first }
        let source = try IncludedText.assembled(source.composed, files: files)
        var parser = DocumentParser(
            source: source, kinds: named, overrides: overrides.sorted { $0.key < $1.key },
            files: files)
        return try parser.parse()
    }

    private mutating func parse() throws -> Document {
        try refuseRepeatedOverrides()
        let split = try SplitSource(source)
        let header = try FrontMatterReader(split.frontMatter, source: source)
        let declared = try header.parameters()
        overrides = overrides.map { $0.judged(parameters: declared, kinds: kinds) }
        let parameters = try overruled(declared)
        var substitution = Substitution(parameters: parameters)
        let frontMatter = try header.read(&substitution)
        var reader = CellReader(
            source: source, kinds: kinds, overrides: overrides, substitution: substitution)
        var cells: [Cell] = []
        for (index, raw) in split.cells.enumerated() {
            let cell = try reader.read(raw, index: index)
            try kinds[cell.kind]?.validate(cell)
            cells.append(cell)
        }
        var matrices = MatrixExpansion(split.cells, kinds: kinds)
        cells = try matrices.expand(cells, with: &reader)
        try reader.checkOverrides()
        let start = SourceLocation(file: source.name, line: 1, column: 1)
        let text = split.body.joined(separator: "\n")
        var (blocks, anchors) = try MarkdownReader.blocks(
            of: text, at: start, in: source, reserved: Set(cells.map(\.id)))
        try checkPlaces(of: cells, in: blocks)
        let bibliography = try bibliography(of: frontMatter, cells, blocks)
        if !bibliography.works.isEmpty, !blocks.hasReferences { blocks = blocks.withReferences() }
        let names = NameTable(source: source, kinds: kinds, cells: cells, blocks: blocks)
        let targets = try names.targets(sections: anchors)
        let publishers = try names.publishers(parameters: parameters)
        let document = Document(
            source: source, frontMatter: frontMatter, blocks: blocks, cells: cells, kinds: kinds,
            targets: targets, bibliography: bibliography, parameters: parameters,
            publishers: publishers, overrides: overrides,
            plan: try Plan(cells: cells, kinds: kinds, publishers: publishers))
        let used = try NameCheck(document: document).check()
        try refuseUnused(reader.substitution.used.union(used))
        return document
    }

    /// Parameters after `-P`.
    private func overruled(_ fields: [CellField]) throws -> [String: CellValue] {
        var result = Dictionary(fields.map { ($0.key, $0.value) }) { first, _ in first }
        for override in overrides where !override.isConfigKey {
            guard result[override.key] != nil else {
                throw SourceError(
                    "this report has no parameter '\(override.key)'", at: override.location,
                    in: override.source,
                    suggestion: Suggestion.forName(
                        override.key, among: fields.map(\.key), called: "parameters")
                        ?? "it has none; config keys are dotted, like -P train.epochs=3")
            }
            result[override.key] = override.value
        }
        return result
    }

    private func refuseRepeatedOverrides() throws {
        for (first, second) in zip(overrides, overrides.dropFirst()) where first.key == second.key {
            throw SourceError(
                "-P \(first.key) is given twice", at: second.location, in: second.source,
                suggestion: "keep one of them")
        }
    }

    private func refuseUnused(_ used: Set<String>) throws {
        for override in overrides where !override.isConfigKey && !used.contains(override.key) {
            throw SourceError(
                "nothing in this report uses the parameter '\(override.key)'",
                at: override.location, in: override.source,
                suggestion:
                    "use it in a cell as ${params.\(override.key)}, or leave \(override.spoken) out"
            )
        }
    }

    private func checkPlaces(of cells: [Cell], in blocks: [MarkdownBlock]) throws {
        var found: Set<Int> = []
        blocks.forEachBlock { if case .cell(let index) = $0 { found.insert(index) } }
        for cell in cells where cell.point == nil && !found.contains(cell.index) {
            throw cell.error(
                "this cell stands inside raw HTML", suggestion: "close the HTML element before it")
        }
    }
}
