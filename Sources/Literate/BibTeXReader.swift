import Files

/// Reads BibTeX files.
///
///     file   = ( text | "@" type "{" key ( "," field )* [ "," ] "}" )*
///     field  = name "=" value
///     value  = piece ( "#" piece )*
///     piece  = "{" … "}" | '"' … '"' | number | macro
///
/// `@string` defines macros, `@comment` and `@preamble` are passed over, parentheses serve as well as
/// braces, and text between entries is a comment. An entry begins at the beginning of a line.
struct BibTeXReader {
    private let source: SourceText
    private let characters: [Character]
    private let lineStarts: [Int]
    private var position = 0
    private var entryStart = 0
    private var macros: [String: String] = [
        "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May",
        "jun": "June", "jul": "July", "aug": "August", "sep": "September", "oct": "October",
        "nov": "November", "dec": "December",
    ]
    private var entries: [BibTeXEntry] = []
    private var keyLines: [String: Int] = [:]
    /// Bytes of all macros: each may be put together from others, twice as long as they.
    private var macroLength = 0

    private static let longestMacros = 1 << 16
    private static let mostBytes = 8 << 20

    /// The entries of a file. Throws a located ``SourceError`` for what is not BibTeX.
    static func entries(of source: SourceText) throws -> [BibTeXEntry] {
        guard source.text.utf8.count <= mostBytes else {
            throw SourceError(
                "this is too large for a bibliography: \(source.text.utf8.count) bytes, up to "
                    + "\(mostBytes) are read",
                at: SourceLocation(file: source.name, line: 1, column: 1))
        }
        var reader = BibTeXReader(source)
        while reader.findEntry() { try reader.takeEntry() }
        return reader.entries
    }

    private init(_ source: SourceText) {
        self.source = source
        let characters = Array(source.text)
        self.characters = characters
        lineStarts = [0] + characters.indices.filter { characters[$0].isNewline }.map { $0 + 1 }
    }

    // MARK: Walking

    private var current: Character? { position < characters.count ? characters[position] : nil }

    private mutating func skipSpace() {
        while let character = current, character.isWhitespace { position += 1 }
    }

    private mutating func take(while isTaken: (Character) -> Bool) -> String {
        let start = position
        while let character = current, isTaken(character) { position += 1 }
        return String(characters[start..<position])
    }

    private mutating func takeWord() -> String {
        take { !$0.isWhitespace && !"{}(),=#\"@%".contains($0) }
    }

    private func location(_ index: Int, length: Int = 1) -> SourceLocation {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= index { low = middle } else { high = middle }
        }
        return SourceLocation(
            file: source.name, line: low + 1, column: index - lineStarts[low] + 1,
            length: max(1, length))
    }

    private func error(
        _ message: String, at index: Int, length: Int = 1, suggestion: String? = nil
    ) -> SourceError {
        SourceError(
            message, at: location(index, length: length), in: source, suggestion: suggestion)
    }

    private func unclosed() -> SourceError {
        let line = characters[entryStart...].prefix { !$0.isNewline }
        return error(
            "the entry that begins here is not closed", at: entryStart, length: line.count,
            suggestion: "look for a brace or a quote that is missing in it")
    }

    /// What stands here instead of what is expected.
    private func unexpected(_ expected: String, suggestion: String? = nil) -> SourceError {
        guard let current else { return unclosed() }
        return error(
            "expected \(expected), found '\(current)'", at: position, suggestion: suggestion)
    }

    // MARK: Entries

    /// Goes to the next `@` that begins a line or follows another entry.
    private mutating func findEntry() -> Bool {
        while let at = characters[position...].firstIndex(of: "@") {
            let before = characters[..<at].last { $0 != " " && $0 != "\t" }
            position = at
            if before.map({ $0.isNewline || $0 == "}" || $0 == ")" }) ?? true { return true }
            position += 1
        }
        return false
    }

    private mutating func takeEntry() throws {
        entryStart = position
        position += 1
        let type = takeWord()
        skipSpace()
        if type.lowercased() == "comment", current != "{", current != "(" { return }
        guard current == "{" || current == "(" else { throw unexpected("'{' after '@\(type)'") }
        let close: Character = current == "{" ? "}" : ")"
        position += 1
        switch type.lowercased() {
        case "comment": try skip(to: close)
        case "preamble": _ = try takeValue()
        case "string": try takeMacro()
        case let name where BibTeXEntry.types.contains(name):
            return try takeFields(of: name, close: close)
        default:
            throw error(
                "unknown type of entry '@\(type)'", at: entryStart, length: type.count + 1,
                suggestion: Suggestion.forName(
                    type.lowercased(), among: BibTeXEntry.types, called: "types"))
        }
        skipSpace()
        guard current == close else { throw unexpected("'\(close)'") }
        position += 1
    }

    private mutating func skip(to close: Character) throws {
        var depth = 0
        while let character = current {
            if depth == 0, character == close { return }
            if character == "{" { depth += 1 } else if character == "}" { depth -= 1 }
            position += 1
        }
        throw unclosed()
    }

    private mutating func takeMacro() throws {
        skipSpace()
        let name = takeWord()
        try takeEqualSign()
        let text = try takeValue().text
        macroLength += text.utf8.count
        guard macroLength <= Self.longestMacros else {
            throw error(
                "the @string definitions grow to more than \(Self.longestMacros) letters",
                at: entryStart, length: 7, suggestion: "a @string is an abbreviation of a few words"
            )
        }
        macros[name.lowercased()] = text
    }

    private mutating func takeEqualSign() throws {
        skipSpace()
        guard current == "=" else {
            throw unexpected("'='", suggestion: "a field is written like year = {2014}")
        }
        position += 1
    }

    private mutating func takeFields(of type: String, close: Character) throws {
        skipSpace()
        let start = position
        let key = take { !$0.isWhitespace && $0 != "," && $0 != close }
        skipSpace()
        guard !key.isEmpty, !key.contains("="), !key.contains("{"), current != "=" else {
            throw error(
                "this entry has no key", at: entryStart, length: type.count + 1,
                suggestion: "write it like @\(type){kingma2014, …")
        }
        let place = location(start, length: key.count)
        if let line = keyLines.updateValue(place.line, forKey: key) {
            throw SourceError(
                "the key '\(key)' is taken", at: place, in: source,
                suggestion: "line \(line) has it: keep one of them")
        }
        var fields: [String: BibTeXEntry.Field] = [:]
        while true {
            skipSpace()
            if current == close { break }
            guard current == "," else { throw unexpected("',' or '\(close)'") }
            position += 1
            skipSpace()
            if current == close { break }
            let name = takeWord().lowercased()
            guard !name.isEmpty else { throw unexpected("a field's name or '\(close)'") }
            try takeEqualSign()
            let value = try takeValue()
            if fields[name] == nil { fields[name] = value }
        }
        position += 1
        entries.append(
            BibTeXEntry(type: type, key: key, keyLocation: place, fields: fields, source: source))
    }

    // MARK: Values

    private mutating func takeValue() throws -> BibTeXEntry.Field {
        var text = ""
        var place: SourceLocation?
        var pieces = 0
        while true {
            skipSpace()
            let isDelimited = current == "{" || current == "\""
            place = place ?? location(isDelimited ? position + 1 : position)
            text += try takePiece()
            pieces += isDelimited ? 1 : 2
            skipSpace()
            guard current == "#" else { break }
            position += 1
        }
        return BibTeXEntry.Field(
            text: text, location: place ?? location(position), isWhole: pieces == 1)
    }

    private mutating func takePiece() throws -> String {
        guard let character = current else { throw unclosed() }
        if character == "{" || character == "\"" {
            return try takeDelimited(by: character == "{" ? "}" : "\"")
        }
        let start = position
        let word = takeWord()
        if word.isEmpty { throw unexpected("a value", suggestion: "put it in braces: {…}") }
        if word.allSatisfy(\.isNumber) { return word }
        if let value = macros[word.lowercased()] { return value }
        throw error(
            "no @string is called '\(word)'", at: start, length: word.count,
            suggestion: macros.keys.sorted().nearest(to: word.lowercased())
                .map { "did you mean '\($0)'?" } ?? "put a text in braces: {\(word)}")
    }

    private mutating func takeDelimited(by close: Character) throws -> String {
        position += 1
        let start = position
        var depth = 0
        while let character = current {
            position += 1
            if depth == 0, character == close { return String(characters[start..<(position - 1)]) }
            if character == "{" { depth += 1 } else if character == "}" { depth -= 1 }
            if depth < 0 {
                throw error("this '}' closes nothing", at: position - 1, suggestion: "delete it")
            }
        }
        throw unclosed()
    }
}
