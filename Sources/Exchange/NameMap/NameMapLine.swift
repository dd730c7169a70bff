import Files

/// One line of a map of names, parsed.
struct NameMapLine {
    /// What it says.
    let line: NameMap.Line

    private static let mostStars = 8
    private static let mostCharacters = 2000

    /// nil for a line that says nothing. Throws a ``Files/SourceError``.
    init?(_ text: Substring, number: Int, in source: SourceText) throws {
        func mistake(_ message: String, _ suggestion: String? = nil) -> SourceError {
            let column = text.prefix { $0 == " " }.count + 1
            return SourceError(
                message,
                at: SourceLocation(
                    file: source.name, line: number, column: column,
                    length: max(1, text.count - column + 1)), in: source, suggestion: suggestion)
        }
        guard text.utf8.count <= Self.mostCharacters else {
            throw mistake(
                "a line of a map is a name and a name, this one has \(text.count) letters")
        }
        var words = Scanner(text)
        guard let first = words.next() else { return nil }
        guard case .name(let theirs) = first, words.next() == .colon else {
            throw mistake(
                "expected 'theirs: ours'", "for example: enc.fc.weight: encoder.linear1.weight")
        }
        let targets = try Self.targets(&words, mistake)
        guard words.next() == nil else { throw mistake("expected nothing more on this line") }
        let pattern = NamePattern(theirs)
        guard pattern.starCount <= Self.mostStars,
            targets.allSatisfy({ $0.starCount <= pattern.starCount })
        else {
            throw mistake(
                "a name has at most \(Self.mostStars) stars, and ours no more than theirs, whose "
                    + "text they take over")
        }
        line = NameMap.Line(
            pattern: pattern, targets: targets,
            location: SourceLocation(file: source.name, line: number, column: 1))
    }

    private static func targets(
        _ words: inout Scanner, _ mistake: (String, String?) -> SourceError
    ) throws -> [NamePattern] {
        switch words.next() {
        case .nothing, nil: return []
        case .name(let name): return [NamePattern(name)]
        case .open:
            var names: [NamePattern] = []
            while true {
                guard case .name(let name)? = words.next() else {
                    throw mistake("expected a name in the list", nil)
                }
                names.append(NamePattern(name))
                switch words.next() {
                case .comma: continue
                case .close: return names
                default: throw mistake("expected ',' or ']' in the list of our names", nil)
                }
            }
        case .colon, .comma, .close:
            throw mistake("expected our name, a list of ours, or ~ for a tensor to leave out", nil)
        }
    }
}

/// The words of a line.
private struct Scanner {
    enum Word: Equatable {
        case name(String)
        case colon, open, close, comma, nothing
    }

    private var rest: Substring

    init(_ text: Substring) { rest = text }

    /// The next word; nil at the end of the line or at a comment.
    mutating func next() -> Word? {
        rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
        guard let first = rest.first, first != "#" else { return nil }
        if first == "\"" || first == "'" { return quoted(first) }
        let marks: [Character: Word] = [
            ":": .colon, "[": .open, "]": .close, ",": .comma, "~": .nothing,
        ]
        if let mark = marks[first] {
            rest = rest.dropFirst()
            return mark
        }
        let name = rest.prefix { !" \t\r:,[]".contains($0) }
        rest = rest[name.endIndex...]
        return name == "null" ? .nothing : .name(String(name))
    }

    private mutating func quoted(_ quote: Character) -> Word {
        rest = rest.dropFirst()
        let name = rest.prefix { $0 != quote }
        rest = rest[name.endIndex...].dropFirst()
        return .name(String(name))
    }
}
