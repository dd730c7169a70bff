import Files
import Foundation

/// The LaTeX that bibliographies hold, as text: accents, dashes, quotes and signs; `$…$` stays
/// mathematics, braces that keep capitals are dropped.
struct LaTeXText {
    private let field: BibTeXEntry.Field
    private let source: SourceText
    private let characters: [Character]
    private var position = 0
    private var result: [MarkdownInline] = []
    private var run = ""

    private static let longest = 20_000

    init(_ field: BibTeXEntry.Field, in source: SourceText) {
        self.field = field
        self.source = source
        characters = Array(field.text)
    }

    /// The text with its mathematics.
    func inlines() throws -> [MarkdownInline] {
        var reader = self
        try reader.read()
        reader.flush()
        return reader.result.trimmed
    }

    /// The words alone; mathematics as TeX.
    func text() throws -> String {
        try inlines().plainText { inline in
            if case .mathematics(let mathematics) = inline { return mathematics.tex }
            return ""
        }
    }

    // MARK: Reading

    private mutating func read() throws {
        guard characters.count <= Self.longest else {
            throw SourceError(
                "this field has \(characters.count) letters; up to \(Self.longest) are shown",
                at: field.location, in: source)
        }
        while position < characters.count {
            let character = characters[position]
            position += 1
            switch character {
            case "{", "}": break
            case "\\": run += try command()
            case "~": run += "\u{A0}"
            case "$": takeMathematics()
            case "-": run += dash()
            case "`": run += doubled("`") ? "“" : "‘"
            case "'": run += doubled("'") ? "”" : "’"
            case _ where character.isWhitespace: if !run.hasSuffix(" ") { run += " " }
            default: run.append(character)
            }
        }
    }

    private mutating func flush() {
        if !run.isEmpty { result.append(.text(run)) }
        run = ""
    }

    private mutating func doubled(_ character: Character) -> Bool {
        guard position < characters.count, characters[position] == character else { return false }
        position += 1
        return true
    }

    private mutating func dash() -> String {
        guard doubled("-") else { return "-" }
        return doubled("-") ? "—" : "–"
    }

    private mutating func takeMathematics() {
        let end = characters[position...].firstIndex(of: "$") ?? characters.count
        let tex = String(characters[position..<end])
        flush()
        result.append(
            .mathematics(
                Mathematics(
                    tex: tex, isDisplayed: false, label: nil, location: location(position))))
        position = min(characters.count, end + 1)
    }

    private func location(_ index: Int, length: Int = 1) -> SourceLocation {
        guard field.isWhole else { return field.location }
        let before = characters[..<index]
        let newlines = before.filter(\.isNewline).count
        let column =
            before.lastIndex { $0.isNewline }.map { index - $0 } ?? field.location.column + index
        return SourceLocation(
            file: field.location.file, line: field.location.line + newlines, column: column,
            length: length)
    }

    // MARK: Commands

    private mutating func command() throws -> String {
        guard position < characters.count else { return "\\" }
        let start = position - 1
        let name = commandName()
        if let accent = LaTeXText.accents[name] { return try accented(accent) }
        if let sign = LaTeXText.signs[name] {
            if name.first?.isLetter == true { skipSpace() }
            return sign
        }
        if LaTeXText.passedOver.contains(name) {
            skipSpace()
            return ""
        }
        throw SourceError(
            "unknown LaTeX command '\\\(name)' in a bibliography",
            at: location(start, length: name.count + 1), in: source,
            suggestion: "write the letter itself; files are UTF-8")
    }

    private mutating func commandName() -> String {
        var name = String(characters[position])
        position += 1
        guard name.first?.isLetter == true else { return name }
        while position < characters.count, characters[position].isLetter {
            name.append(characters[position])
            position += 1
        }
        return name
    }

    private mutating func skipSpace() {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
    }

    /// The letter after an accent, in braces or not, with the accent on it.
    private mutating func accented(_ accent: String) throws -> String {
        skipSpace()
        var depth = 0
        while position < characters.count, characters[position] == "{" {
            depth += 1
            position += 1
        }
        guard position < characters.count, characters[position] != "}" else { return "" }
        var letter = String(characters[position])
        position += 1
        if letter == "\\", position < characters.count {
            letter = LaTeXText.signs[commandName()] ?? ""
            if depth == 0 { skipSpace() }
        }
        let plain = ["ı": "i", "ȷ": "j"][letter] ?? letter
        return (plain + accent).precomposedStringWithCanonicalMapping
    }

    private static let accents: [String: String] = [
        "`": "\u{300}", "'": "\u{301}", "^": "\u{302}", "~": "\u{303}", "=": "\u{304}",
        "u": "\u{306}", ".": "\u{307}", "\"": "\u{308}", "r": "\u{30A}", "H": "\u{30B}",
        "v": "\u{30C}", "d": "\u{323}", "c": "\u{327}", "k": "\u{328}", "b": "\u{331}",
    ]

    private static let signs: [String: String] = [
        "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ",
        "OE": "Œ", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ",
        "TH": "Þ", "dj": "đ", "DJ": "Đ", "S": "§", "P": "¶", "copyright": "©", "pounds": "£",
        "ldots": "…", "dots": "…", "textendash": "–", "textemdash": "—", "textquoteright": "’",
        "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”",
        "textbackslash": "\\", "textasciitilde": "~", "textunderscore": "_", "LaTeX": "LaTeX",
        "TeX": "TeX", "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}",
        " ": " ", "\\": " ", "-": "", "/": "", ",": "\u{2009}", "@": "",
    ]

    /// Commands that change only how letters look.
    private static let passedOver: Set<String> = [
        "emph", "textit", "textbf", "textsc", "textrm", "texttt", "textsf", "text", "mbox", "em",
        "it", "bf", "sc", "rm", "tt", "sf", "url", "relax", "enquote", "protect",
    ]
}

extension [MarkdownInline] {
    /// Without space before and after.
    fileprivate var trimmed: [MarkdownInline] {
        var result = self
        if case .text(let text) = result.first {
            result[0] = .text(String(text.drop { $0 == " " }))
        }
        if case .text(let text) = result.last {
            result[result.count - 1] = .text(String(Substring(text).trimmingSuffix(" ")))
        }
        return result.filter { $0 != .text("") }
    }
}
