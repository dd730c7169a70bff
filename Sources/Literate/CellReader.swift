import Files

/// Turns cells as written into cells that are known to be right by themselves; references to other
/// cells are checked later.
struct CellReader {
    static let options = ["label", "caption", "alt", "echo", "cache"]

    let source: SourceText
    let kinds: [String: CellKind]
    let overrides: [ParameterOverride]
    var substitution: Substitution
    /// `-P` config keys that some cell took.
    private(set) var usedOverrides: Set<String> = []
    private var ordinals: [String: Int] = [:]

    init(
        source: SourceText, kinds: [String: CellKind], overrides: [ParameterOverride],
        substitution: Substitution
    ) {
        self.source = source
        self.kinds = kinds
        self.overrides = overrides
        self.substitution = substitution
    }

    mutating func read(_ raw: SplitSource.RawCell, index: Int) throws -> Cell {
        guard let kind = kinds[raw.kind] else {
            throw error(
                "unknown cell kind '\(raw.kind)'", raw.kindLocation,
                Suggestion.forName(raw.kind, among: kinds.keys, called: "kinds of cells"))
        }
        try checkOptionLines(raw)
        let optionFields = try yaml(raw) { $0.hasPrefix("#|") ? "  " + $0.dropFirst(2) : "" }
        let label = try label(in: optionFields, kind)
        if kind.requiresLabel, label == nil {
            throw error(
                "this '\(kind.name)' cell needs a label", raw.fence,
                "add a line '#| label: main' to it")
        }
        let fields = try yaml(raw) { $0.hasPrefix("#|") ? "" : $0 }.map { try substituted($0) }
        let (own, config) = try sorted(fields, kind)
        try checkRequired(own, kind, raw)
        return Cell(
            index: index, kind: kind.name, label: label, id: label ?? nextID(kind.name),
            fields: own,
            configOverrides: try overruled(config, kind), options: try options(optionFields),
            body: raw.lines.filter { !$0.hasPrefix("#|") }.joined(separator: "\n"),
            location: raw.fence, source: source)
    }

    /// Refuses `-P` config keys that no cell took.
    func checkOverrides() throws {
        for override in overrides
        where override.isConfigKey && !usedOverrides.contains(override.key) {
            var near: [String] = []
            for kind in kinds.values.sorted(by: { $0.name < $1.name }) {
                if case .unknown(let names)? = kind.configKey?(override.key) { near += names }
            }
            let suggestion =
                Suggestion.among(near) ?? "see the config's keys in the documentation"
            throw SourceError(
                "no cell of this report takes the config key '\(override.key)'",
                at: override.location, in: override.source, suggestion: suggestion)
        }
    }

    // MARK: Reading

    private func error(
        _ message: String, _ location: SourceLocation, _ suggestion: String? = nil
    ) -> SourceError {
        SourceError(message, at: location, in: source, suggestion: suggestion)
    }

    /// Refuses what YAML would take for a comment though it is meant as an option.
    private func checkOptionLines(_ raw: SplitSource.RawCell) throws {
        for (index, line) in raw.lines.enumerated() {
            let mark = line.drop(while: \.isWhitespace)
            guard mark.hasPrefix("#|") else { continue }
            let column = line.count - mark.count + 1
            let isSeparate = mark.dropFirst(2).first.map { $0 == " " } ?? true
            if column == 1, isSeparate { continue }
            throw error(
                column == 1
                    ? "a space has to stand between '#|' and the option"
                    : "an option has to begin at the beginning of a line",
                SourceLocation(
                    file: source.name, line: raw.firstLine + index, column: column,
                    length: mark.count),
                "write it like '#| label: main'")
        }
    }

    func yaml(
        _ raw: SplitSource.RawCell, _ line: (Substring) -> Substring
    ) throws -> [CellField] {
        let text = raw.lines.map(line).joined(separator: "\n")
        return try YAMLReader(source: source)
            .fields(of: text, line: raw.firstLine, whatIsExpected: "keys with values")
    }

    private mutating func nextID(_ kind: String) -> String {
        ordinals[kind, default: 0] += 1
        return "\(kind)-\(ordinals[kind, default: 1])"
    }

    private mutating func substituted(_ field: CellField) throws -> CellField {
        CellField(
            key: field.key, at: field.keyLocation,
            value: try substitution.apply(to: field.value, in: source))
    }

    /// A cell's fields told apart: the kind's own and config keys.
    func sorted(
        _ fields: [CellField], _ kind: CellKind
    ) throws -> (own: [CellField], config: [CellField]) {
        if kind.keysAreValues { return (fields, []) }
        var own: [CellField] = []
        var config: [CellField] = []
        for field in fields {
            if kind.keys.contains(where: { $0.name == field.key }) {
                own.append(field)
            } else if let verdict = kind.configKey?(field.key) {
                if case .unknown(let names) = verdict { throw unknown(field, kind, names) }
                config.append(field)
            } else {
                throw unknown(field, kind, [])
            }
        }
        return (own, config)
    }

    private func unknown(_ field: CellField, _ kind: CellKind, _ near: [String]) -> SourceError {
        var near = near
        if near.isEmpty, case .unknown(let names)? = kind.configKey?(field.key) { near = names }
        let own = kind.keys.map(\.name)
        let nearOwn = own.nearest(to: field.key).map { [$0] } ?? []
        let home = kinds.values.sorted { $0.name < $1.name }
            .first { $0.configKey?(field.key) == .accepted }
        let suggestion =
            home.map { "'\(field.key)' belongs in a cell of the kind '\($0.name)'" }
            ?? (CellReader.options.contains(field.key)
                ? "options stand in '#|' lines: '#| \(field.key): …'"
                : Suggestion.among(nearOwn + near.filter { !nearOwn.contains($0) })
                    ?? Suggestion.forName(field.key, among: own, called: "keys"))
        return error(
            "unknown key '\(field.key)' in a '\(kind.name)' cell", field.keyLocation, suggestion)
    }

    private func checkRequired(
        _ fields: [CellField], _ kind: CellKind, _ raw: SplitSource.RawCell
    ) throws {
        for key in kind.keys where key.isRequired {
            guard !fields.contains(where: { $0.key == key.name }) else { continue }
            throw error(
                "this '\(kind.name)' cell lacks the key '\(key.name)'", raw.fence,
                "add a line '\(key.name): …' to it")
        }
    }

    /// The cell's config keys after `-P`, which beats the cell.
    mutating func overruled(_ config: [CellField], _ kind: CellKind) throws -> [CellField] {
        guard let judge = kind.configKey else { return config }
        var result = config
        for override in overrides where override.isConfigKey && judge(override.key) == .accepted {
            usedOverrides.insert(override.key)
            result.removeAll { $0.key == override.key }
            result.append(
                CellField(key: override.key, at: override.location, value: override.value))
        }
        return result
    }

    // MARK: Options

    private func label(in fields: [CellField], _ kind: CellKind) throws -> String? {
        guard let field = fields.first(where: { $0.key == "label" }) else { return nil }
        guard field.value.content != .null, let label = field.value.scalarText,
            Label.isValid(label)
        else {
            let near =
                field.value.content == .null ? nil : Label.near(field.value.scalarText ?? "")
            throw error(
                "a label is a letter followed by letters, digits, - and _, \(Label.longest) bytes at most; "
                    + "found \(field.value.spoken)",
                field.value.location,
                "labels name folders and places in the page"
                    + (near.map { ": write '\($0)'" } ?? ""))
        }
        if let prefix = kind.numbering?.prefix, !label.hasPrefix(prefix) {
            throw error(
                "the label of a '\(kind.name)' cell begins with '\(prefix)', found '\(label)'",
                field.value.location,
                "write '\(prefix)\(label)' and refer to it as @\(prefix)\(label)")
        }
        return label
    }

    private mutating func options(_ fields: [CellField]) throws -> CellOptions {
        var caption: [MarkdownInline]?
        var alternativeText: String?
        var echo: CellOptions.Echo?
        var isCached = true
        for field in try fields.map({ try substituted($0) }) {
            switch field.key {
            case "label": break
            case "caption":
                let written = WrittenText(try text(field), of: field.value, in: source)
                caption = try MarkdownReader.inlines(
                    of: written.text, at: written.start, in: source)
            case "alt": alternativeText = try plainText(field)
            case "echo": echo = try self.echo(field)
            case "cache":
                guard let value = field.value.boolean else {
                    throw notTruth(field, "true or false")
                }
                isCached = value
            default:
                throw error(
                    "unknown option '\(field.key)'", field.keyLocation,
                    Suggestion.forName(
                        field.key, among: CellReader.options, called: "options"))
            }
        }
        return CellOptions(
            caption: caption, alternativeText: alternativeText, echo: echo, isCached: isCached)
    }

    /// A text in which nothing is put in the place of values.
    private func plainText(_ field: CellField) throws -> String {
        let text = try text(field)
        guard text.contains("`{val}") else { return text }
        throw error(
            "an alternative text takes no inline values", field.value.location,
            "leave 'alt' out: what is written from the numbers stands there then")
    }

    private func text(_ field: CellField) throws -> String {
        if field.value.content != .null, let text = field.value.scalarText { return text }
        throw error(
            "expected a text for '\(field.key)', found \(field.value.spoken)", field.value.location,
            "put the text in quotes")
    }

    private func echo(_ field: CellField) throws -> CellOptions.Echo {
        guard let text = field.value.scalarText, let echo = CellOptions.Echo(rawValue: text) else {
            throw notTruth(field, "true, false or fold")
        }
        return echo
    }

    private func notTruth(_ field: CellField, _ expected: String) -> SourceError {
        error(
            "expected \(expected) for '\(field.key)', found \(field.value.spoken)",
            field.value.location)
    }
}
