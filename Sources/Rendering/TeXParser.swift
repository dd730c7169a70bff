import Files
import Literate

/// Recursive descent over TeX's words; each function eats what it describes and returns MathML.
struct TeXParser {
    /// What ends a run of formula.
    enum Stop: Equatable {
        case end, close, right, bracket, cell
    }

    let words: [TeXToken]
    let mathematics: Mathematics
    private let source: SourceText
    private let characters: [Character]
    var position = 0
    /// How many atoms stand around this one.
    private var depth = 0

    private static let deepest = 100

    init(_ mathematics: Mathematics, source: SourceText) {
        self.mathematics = mathematics
        self.source = source
        characters = Array(mathematics.tex)
        words = TeXToken.words(of: characters)
    }

    mutating func parse() throws -> String {
        let content = try row(until: .end)
        if let word = current { throw unexpected(word) }
        return content.count == 1 ? content[0] : "<mrow>\(content.joined())</mrow>"
    }

    // MARK: Words

    var current: TeXToken? { position < words.count ? words[position] : nil }

    mutating func next() -> TeXToken? {
        defer { position += 1 }
        return current
    }

    mutating func skip(_ kind: TeXToken.Kind) -> Bool {
        guard current?.kind == kind else { return false }
        position += 1
        return true
    }

    func spelled(_ word: TeXToken) -> String {
        switch word.kind {
        case .command(let name): "\\\(name)"
        case .character(let character): String(character)
        case .open: "{"
        case .close: "}"
        case .superscript: "^"
        case .lowerScript: "_"
        case .alignment: "&"
        case .primes: "'"
        }
    }

    func error(_ message: String, at word: TeXToken?, suggestion: String? = nil) -> SourceError {
        let offset = word?.offset ?? max(0, characters.count - 1)
        let before = characters.prefix(offset)
        let newlines = before.filter(\.isNewline).count
        let start = mathematics.location
        let column =
            newlines == 0
            ? start.column + offset
            : offset - (before.lastIndex(where: \.isNewline) ?? 0)
        return SourceError(
            message,
            at: SourceLocation(
                file: start.file, line: start.line + newlines, column: column,
                length: word?.length ?? 1), in: source, suggestion: suggestion)
    }

    func unexpected(_ word: TeXToken) -> SourceError {
        switch word.kind {
        case .close: error("a '}' without its '{'", at: word, suggestion: "write \\} for a brace")
        case .alignment:
            error("'&' outside a table of formulas", at: word, suggestion: "write \\& for the sign")
        case .command("right"): error("a \\right without its \\left", at: word)
        case .command("end"): error("an \\end without its \\begin", at: word)
        case .command("\\"):
            error(
                "a line end outside a table of formulas", at: word,
                suggestion: "put the lines in \\begin{aligned} … \\end{aligned}")
        default: error("'\(spelled(word))' is not expected here", at: word)
        }
    }

    // MARK: Rows and scripts

    /// Elements up to `stop`, which is left for the caller.
    mutating func row(until stop: Stop) throws -> [String] {
        var result: [String] = []
        while let word = current {
            switch word.kind {
            case .close, .alignment: return result
            case .command("right"), .command("end"), .command("\\"): return result
            case .command("middle"):
                position += 1
                result.append(operatorElement(try delimiter(), "stretchy=\"true\""))
            case .character("]") where stop == .bracket: return result
            default:
                // TeX's thin space between a letter and the name of a function.
                if isFunctionName, let last = result.last, TeXParser.isOrdinary(last) {
                    result.append("<mspace width=\"0.167em\"/>")
                }
                result.append(try scripted())
            }
        }
        return result
    }

    var isFunctionName: Bool {
        guard case .command(let name) = current?.kind else { return false }
        return TeXSymbols.functions.contains(name) || TeXSymbols.limitFunctions.contains(name)
            || name == "operatorname"
    }

    /// Whether the element is a letter, a number or something that closes, rather than a sign.
    static func isOrdinary(_ element: String) -> Bool {
        if element.hasPrefix("<mo") {
            return element.hasSuffix(">)</mo>") || element.hasSuffix(">]</mo>")
        }
        return !element.hasPrefix("<mspace")
    }

    /// An atom with its sub- and superscripts.
    mutating func scripted() throws -> String {
        var takesLimits = false
        var base = "<mrow></mrow>"
        switch current?.kind {
        case .superscript, .lowerScript, .primes: break
        default:
            takesLimits = isLimitOperator
            base = try atom()
        }
        if skip(.command("limits")) { takesLimits = true }
        if skip(.command("nolimits")) { takesLimits = false }
        var below: String?
        var above: String?
        var primes: String?
        while let word = current {
            switch word.kind {
            case .lowerScript where below == nil:
                position += 1
                below = try argument(of: word)
            case .superscript where above == nil:
                position += 1
                above = try argument(of: word)
            case .primes(let count) where above == nil:
                position += 1
                let marks = ["′", "″", "‴", "⁗"]
                above =
                    "<mo>\(count <= 4 ? marks[count - 1] : String(repeating: "′", count: count))</mo>"
                primes = above
            case .superscript where primes != nil:
                position += 1
                above = "<mrow>\(primes ?? "")\(try argument(of: word))</mrow>"
                primes = nil
            case .superscript, .lowerScript: throw error("a second script on one letter", at: word)
            default: return TeXParser.scripts(base, below, above, takesLimits)
            }
        }
        return TeXParser.scripts(base, below, above, takesLimits)
    }

    static func scripts(
        _ base: String, _ below: String?, _ above: String?, _ takesLimits: Bool
    ) -> String {
        let names = takesLimits ? ("munder", "mover", "munderover") : ("msub", "msup", "msubsup")
        switch (below, above) {
        case (nil, nil): return base
        case (let below?, nil): return "<\(names.0)>\(base)\(below)</\(names.0)>"
        case (nil, let above?): return "<\(names.1)>\(base)\(above)</\(names.1)>"
        case (let below?, let above?): return "<\(names.2)>\(base)\(below)\(above)</\(names.2)>"
        }
    }

    /// Whether the next atom is one whose scripts go below and above in a displayed formula.
    var isLimitOperator: Bool {
        guard mathematics.isDisplayed, case .command(let name) = current?.kind else { return false }
        let isStarred =
            name == "operatorname" && position + 1 < words.count
            && words[position + 1].kind == .character("*")
        return TeXSymbols.large[name] != nil || TeXSymbols.limitFunctions.contains(name)
            || ["underbrace", "overbrace", "mathop"].contains(name) || isStarred
    }

    /// A group in braces or a single atom.
    mutating func argument(of word: TeXToken) throws -> String {
        guard let start = current, start.kind != .close else {
            throw error("'\(spelled(word))' lacks its argument", at: word)
        }
        if [.superscript, .lowerScript, .alignment].contains(start.kind) {
            throw unexpected(start)
        }
        if case .character(let digit) = start.kind, digit.isNumber {
            // Without braces TeX takes one digit: \frac12 is a half.
            position += 1
            return "<mn>\(digit)</mn>"
        }
        return try atom()
    }

    /// The words in braces as they are written, for names.
    mutating func name(of word: TeXToken) throws -> String {
        guard skip(.open) else {
            throw error(
                "expected '{' after '\(spelled(word))'", at: current ?? word,
                suggestion: "write it like \(spelled(word)){…}")
        }
        var depth = 1
        let start = words[position - 1].offset + 1
        while let inner = next() {
            if inner.kind == .open { depth += 1 }
            if inner.kind == .close { depth -= 1 }
            if depth == 0 { return String(characters[start..<inner.offset]) }
        }
        throw error("the '{' is not closed", at: words.last)
    }

    // MARK: Atoms

    mutating func atom() throws -> String {
        guard let word = next() else { throw error("the formula ends too early", at: words.last) }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else {
            throw error(
                "more than \(Self.deepest) braces and commands stand inside one another", at: word)
        }
        switch word.kind {
        case .open: return try group(word)
        case .character(let character): return self.character(character)
        case .command(let name): return try command(name, word)
        case .close, .alignment, .superscript, .lowerScript, .primes: throw unexpected(word)
        }
    }

    mutating func group(_ open: TeXToken) throws -> String {
        let content = try row(until: .close)
        guard skip(.close) else { throw error("this '{' is not closed", at: current ?? open) }
        return content.count == 1 ? content[0] : "<mrow>\(content.joined())</mrow>"
    }
}
