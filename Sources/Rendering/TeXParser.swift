import Files
import Literate

/// Recursive descent over TeX's words; each function eats what it describes and returns MathML.
struct TeXParser {
    /// What ends a run of formula.
    enum Stop: Equatable {
        case end, close, right, bracket, cell
    }

    private let words: [TeXToken]
    private let mathematics: Mathematics
    private let source: SourceText
    private var position = 0

    init(_ mathematics: Mathematics, source: SourceText) {
        self.mathematics = mathematics
        self.source = source
        words = TeXToken.words(of: mathematics.tex)
    }

    mutating func parse() throws -> String {
        let content = try row(until: .end)
        if let word = current { throw unexpected(word) }
        return content.count == 1 ? content[0] : "<mrow>\(content.joined())</mrow>"
    }

    // MARK: Words

    private var current: TeXToken? { position < words.count ? words[position] : nil }

    private mutating func next() -> TeXToken? {
        defer { position += 1 }
        return current
    }

    private mutating func skip(_ kind: TeXToken.Kind) -> Bool {
        guard current?.kind == kind else { return false }
        position += 1
        return true
    }

    private func spelled(_ word: TeXToken) -> String {
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
        let tex = Array(mathematics.tex)
        let offset = word?.offset ?? max(0, tex.count - 1)
        let before = tex.prefix(offset)
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

    private func unexpected(_ word: TeXToken) -> SourceError {
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
            default: result.append(try scripted())
            }
        }
        return result
    }

    /// An atom with its sub- and superscripts.
    private mutating func scripted() throws -> String {
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
        while let word = current {
            switch word.kind {
            case .lowerScript where below == nil:
                position += 1
                below = try argument(of: word)
            case .superscript where above == nil:
                position += 1
                above = try argument(of: word)
            case .superscript, .lowerScript: throw error("a second script on one letter", at: word)
            case .primes(let count) where above == nil:
                position += 1
                let marks = ["′", "″", "‴", "⁗"]
                above =
                    "<mo>\(count <= 4 ? marks[count - 1] : String(repeating: "′", count: count))</mo>"
            default: return TeXParser.scripts(base, below, above, takesLimits)
            }
        }
        return TeXParser.scripts(base, below, above, takesLimits)
    }

    private static func scripts(
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
    private var isLimitOperator: Bool {
        guard mathematics.isDisplayed, case .command(let name) = current?.kind else { return false }
        return TeXSymbols.large[name] != nil || TeXSymbols.limitFunctions.contains(name)
            || ["underbrace", "overbrace"].contains(name)
    }

    /// A group in braces or a single atom.
    mutating func argument(of word: TeXToken) throws -> String {
        guard let start = current, start.kind != .close else {
            throw error("'\(spelled(word))' lacks its argument", at: word)
        }
        if [.superscript, .lowerScript, .alignment].contains(start.kind) {
            throw unexpected(start)
        }
        return try atom()
    }

    /// The words in braces as they are written, for names.
    private mutating func name(of word: TeXToken) throws -> String {
        guard skip(.open) else {
            throw error(
                "expected '{' after '\(spelled(word))'", at: current ?? word,
                suggestion: "write it like \(spelled(word)){…}")
        }
        var depth = 1
        let characters = Array(mathematics.tex)
        let start = words[position - 1].offset + 1
        while let inner = next() {
            if inner.kind == .open { depth += 1 }
            if inner.kind == .close { depth -= 1 }
            if depth == 0 { return String(characters[start..<inner.offset]) }
        }
        throw error("the '{' is not closed", at: words.last)
    }

    // MARK: Atoms

    private mutating func atom() throws -> String {
        guard let word = next() else { throw error("the formula ends too early", at: words.last) }
        switch word.kind {
        case .open: return try group(word)
        case .character(let character): return self.character(character)
        case .command(let name): return try command(name, word)
        case .close, .alignment, .superscript, .lowerScript, .primes: throw unexpected(word)
        }
    }

    private mutating func group(_ open: TeXToken) throws -> String {
        let content = try row(until: .close)
        guard skip(.close) else { throw error("this '{' is not closed", at: current ?? open) }
        return content.count == 1 ? content[0] : "<mrow>\(content.joined())</mrow>"
    }

    private mutating func character(_ character: Character) -> String {
        if character.isNumber {
            var number = String(character)
            while case .character(let digit) = current?.kind, digit.isNumber || digit == ".",
                current?.follows == false
            {
                if digit == ".", !followsDigit { break }
                number.append(digit)
                position += 1
            }
            return "<mn>\(number)</mn>"
        }
        if character.isLetter { return "<mi>\(character)</mi>" }
        switch character {
        case "-": return operatorElement("−")
        case "*": return operatorElement("∗")
        case "(", ")", "[", "]": return operatorElement(String(character), "stretchy=\"false\"")
        case "|":
            return "<mo stretchy=\"false\" form=\"infix\" lspace=\"0.1em\" rspace=\"0.1em\">|</mo>"
        case "~": return "<mspace width=\"0.333em\"></mspace>"
        case ",", ";": return "<mo separator=\"true\">\(character)</mo>"
        case ":": return "<mo lspace=\"0.2em\" rspace=\"0.2em\">:</mo>"
        default: return operatorElement(Escape.text(String(character)))
        }
    }

    private var followsDigit: Bool {
        guard position + 1 < words.count, case .character(let character) = words[position + 1].kind
        else { return false }
        return character.isNumber
    }

    private func operatorElement(_ text: String, _ attributes: String = "") -> String {
        "<mo\(attributes.isEmpty ? "" : " ")\(attributes)>\(text)</mo>"
    }

    private mutating func command(_ name: String, _ word: TeXToken) throws -> String {
        if let letter = TeXSymbols.letters[name] { return "<mi>\(letter)</mi>" }
        if let letter = TeXSymbols.capitals[name] {
            return "<mi mathvariant=\"normal\">\(letter)</mi>"
        }
        if let sign = TeXSymbols.large[name] { return operatorElement(sign) }
        if let sign = TeXSymbols.integrals[name] { return operatorElement(sign) }
        if name == "mid" {
            return "<mo lspace=\"0.22em\" rspace=\"0.22em\" stretchy=\"false\">∣</mo>"
        }
        if let sign = TeXSymbols.operators[name] { return operatorElement(sign) }
        if TeXSymbols.functions.contains(name) || TeXSymbols.limitFunctions.contains(name) {
            return functionName(name)
        }
        if let width = TeXSymbols.spaces[name] { return "<mspace width=\"\(width)\"></mspace>" }
        if let accent = TeXSymbols.accents[name] {
            let base = try argument(of: word)
            let stretch = accent.stretches ? "true" : "false"
            return
                "<mover accent=\"true\">\(base)<mo stretchy=\"\(stretch)\">\(accent.mark)</mo></mover>"
        }
        if let alphabet = TeXSymbols.alphabets[name] { return try letters(in: alphabet, word) }
        if let size = TeXSymbols.sizes[name] {
            return operatorElement(
                try delimiter(), "stretchy=\"true\" minsize=\"\(size)\" maxsize=\"\(size)\"")
        }
        if let sign = TeXSymbols.delimiters["\\\(name)"] {
            return operatorElement(Escape.text(sign), "stretchy=\"false\"")
        }
        return try structure(name, word)
    }

    /// An upright name; the parser adds the thin space that an operator has after it.
    private func functionName(_ name: String) -> String {
        let isFollowedByBracket: Bool
        switch current?.kind {
        case .character(let character): isFollowedByBracket = "([|,.)]".contains(character)
        case .superscript, .lowerScript, .close, nil: isFollowedByBracket = true
        case .command(let name):
            isFollowedByBracket = ["left", "right", "big", "Big", "bigl"].contains(name)
        default: isFollowedByBracket = false
        }
        let element = "<mi>\(name)</mi>"
        return isFollowedByBracket
            ? element : "<mrow>\(element)<mspace width=\"0.167em\"></mspace></mrow>"
    }

    /// Letters of an alphabet: `\mathbb{E}`, `\boldsymbol{\mu}`.
    private mutating func letters(in alphabet: TeXAlphabet, _ word: TeXToken) throws -> String {
        let plain = try argument(of: word)
        var result = ""
        var isTag = false
        var letters = 0
        for character in plain {
            // Tags and entities stay as they are.
            if character == "<" || character == "&" { isTag = true }
            result.append(isTag ? character : alphabet.letter(character))
            if !isTag { letters += 1 }
            if character == ">" || character == ";" { isTag = false }
        }
        guard alphabet == .upright || alphabet == .bold || alphabet == .sansSerif else {
            return result
        }
        let upright = result.replacing("<mi>", with: "<mi mathvariant=\"normal\">")
        let inner = "</mi><mi mathvariant=\"normal\">"
        return letters > 1 ? upright.replacing(inner, with: "") : upright
    }

    private mutating func delimiter() throws -> String {
        guard let word = next() else { throw error("a delimiter is missing", at: words.last) }
        let written = spelled(word)
        guard let sign = TeXSymbols.delimiters[written] else {
            throw error(
                "expected a delimiter, found '\(written)'", at: word,
                suggestion: "delimiters: ( ) [ ] \\{ \\} | \\| \\langle \\rangle .")
        }
        return Escape.text(sign)
    }

    // MARK: Structures

    private mutating func structure(_ name: String, _ word: TeXToken) throws -> String {
        switch name {
        case "frac", "dfrac", "tfrac":
            return "<mfrac>\(try argument(of: word))\(try argument(of: word))</mfrac>"
        case "binom":
            let inner =
                "<mfrac linethickness=\"0\">\(try argument(of: word))\(try argument(of: word))</mfrac>"
            return "<mrow><mo>(</mo>\(inner)<mo>)</mo></mrow>"
        case "sqrt": return try root(word)
        case "text", "textrm", "mbox": return "<mtext>\(spaced(try self.name(of: word)))</mtext>"
        case "textbf", "textit": return "<mtext>\(spaced(try self.name(of: word)))</mtext>"
        case "operatorname":
            if case .character("*") = current?.kind { position += 1 }
            return functionName(Escape.text(try self.name(of: word)))
        case "left": return try stretched(word)
        case "begin": return try environment(word)
        case "underbrace":
            return "<munder>\(try argument(of: word))<mo stretchy=\"true\">⏟</mo></munder>"
        case "overbrace":
            return "<mover>\(try argument(of: word))<mo stretchy=\"true\">⏞</mo></mover>"
        case "underline":
            return "<munder>\(try argument(of: word))<mo stretchy=\"true\">_</mo></munder>"
        case "underset":
            let below = try argument(of: word)
            return "<munder>\(try argument(of: word))\(below)</munder>"
        case "overset", "stackrel":
            let above = try argument(of: word)
            return "<mover>\(try argument(of: word))\(above)</mover>"
        case "phantom": return "<mphantom>\(try argument(of: word))</mphantom>"
        case "displaystyle", "textstyle": return "<mrow></mrow>"
        case "bmod": return operatorElement("mod", "lspace=\"0.3em\" rspace=\"0.3em\"")
        case "%", "&", "#", "$", "_": return operatorElement(Escape.text(name))
        default: throw unknown(name, word)
        }
    }

    private func unknown(_ name: String, _ word: TeXToken) -> SourceError {
        let near = TeXSymbols.names.nearest(to: name)
        return error(
            "unknown TeX command '\\\(name)'", at: word,
            suggestion: near.map { "did you mean '\\\($0)'?" }
                ?? "write \\operatorname{\(name)} for a name, \\text{…} for words")
    }

    private func spaced(_ text: String) -> String {
        Escape.text(text).replacing(" ", with: "\u{A0}")
    }

    private mutating func root(_ word: TeXToken) throws -> String {
        guard current?.kind == .character("[") else {
            return "<msqrt>\(try argument(of: word))</msqrt>"
        }
        position += 1
        let degree = try row(until: .bracket).joined()
        guard skip(.character("]")) else {
            throw error("the '[' of a root is not closed", at: word)
        }
        return "<mroot>\(try argument(of: word))<mrow>\(degree)</mrow></mroot>"
    }

    private mutating func stretched(_ word: TeXToken) throws -> String {
        let opening = try delimiter()
        let content = try row(until: .right).joined()
        guard skip(.command("right")) else {
            throw error(
                "this \\left has no \\right", at: word, suggestion: "\\right. closes it unseen")
        }
        let closing = try delimiter()
        func fence(_ sign: String, _ form: String) -> String {
            sign.isEmpty
                ? "" : operatorElement(sign, "stretchy=\"true\" fence=\"true\" form=\"\(form)\"")
        }
        return "<mrow>\(fence(opening, "prefix"))\(content)\(fence(closing, "postfix"))</mrow>"
    }

    private mutating func environment(_ word: TeXToken) throws -> String {
        let name = try self.name(of: word)
        guard let kind = TeXEnvironment(name: name) else {
            throw error(
                "unknown environment '\(name)'", at: words[position - 2],
                suggestion: "environments: \(TeXEnvironment.names.joined(separator: ", "))")
        }
        if name == "array" { _ = try self.name(of: word) }
        var rows: [[String]] = [[]]
        while true {
            let cell = try row(until: .cell).joined()
            rows[rows.count - 1].append(cell)
            if skip(.alignment) { continue }
            if skip(.command("\\")) {
                rows.append([])
                continue
            }
            break
        }
        guard let end = current, skip(.command("end")) else {
            throw error("\\begin{\(name)} has no \\end{\(name)}", at: word)
        }
        let closing = try self.name(of: end)
        guard closing == name else {
            throw error("\\begin{\(name)} is closed by \\end{\(closing)}", at: end)
        }
        if rows.last == [""] { rows.removeLast() }
        return kind.element(rows)
    }
}
