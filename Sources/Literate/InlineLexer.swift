import Files

/// Takes out of running text what CommonMark must not see: mathematics, inline values, references,
/// labels of sections and comments. Each leaves a mark that survives CommonMark.
///
/// - A `$` opens before a non-space and closes after one, never before a digit; `\$` is a dollar.
/// - `$$ … $$ {#eq-label}` is an equation of its own; the label is optional.
/// - `` `{val} name:format` `` is an inline value. Other code is left alone, and so are code blocks.
/// - `@fig-`, `@tbl-`, `@eq-`, `@sec-` with a label are references; any other `@` is text.
/// - `[@key]`, `[@key, p. 3; @other]` cite works of the bibliography.
/// - `::: tabs` … `:::` are divisions, at the beginning of a line.
/// - `{#sec-label}` at the end of a heading labels the section.
struct InlineLexer {
    /// What was taken out.
    enum Special {
        case mathematics(Mathematics)
        case value(InlineValue)
        case reference(Reference)
        case anchor(String, SourceLocation)
        case cell(Int)
        case citation(Citation)
        case division(Division, SourceLocation)
        case divisionEnd
    }

    static let open = Unicode.Scalar(0xE0F0 as UInt16) ?? " "
    static let close = Unicode.Scalar(0xE0F1 as UInt16) ?? " "

    private(set) var specials: [(special: Special, written: String)] = []
    private(set) var output: [UInt8] = []
    var cells = 0

    let text: [UInt8]
    /// Where lines begin.
    let lineStarts: [Int]
    let source: SourceText
    let start: SourceLocation
    var position = 0
    /// Where the divisions that are open here begin.
    var openDivisions: [Int] = []
    /// Up to here no dollar closes a formula.
    var noMathematicsBefore = 0
    /// Up to here no run of so many backquotes closes code.
    private var noCodeBefore: [Int: Int] = [:]

    /// Lexes `text`, whose first character stands at `start` of `source`.
    init(_ text: String, at start: SourceLocation, in source: SourceText) throws {
        let bytes = Array(text.utf8)
        self.text = bytes
        lineStarts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
        self.source = source
        self.start = start
        output.reserveCapacity(self.text.count)
        while position < self.text.count { try step() }
        try checkDivisions()
    }

    /// The labels of equations and sections, which are ids on the page.
    var labels: [String] {
        specials.compactMap { entry in
            switch entry.special {
            case .mathematics(let mathematics): mathematics.label
            case .anchor(let label, _): label
            default: nil
            }
        }
    }

    // MARK: Walking

    mutating func step() throws {
        if isLineStart, skipCodeBlock() { return }
        switch text[position] {
        case UInt8(ascii: "\\"): copy(min(2, text.count - position))
        case UInt8(ascii: "`"): try takeCode()
        case UInt8(ascii: "$"): try takeMathematics()
        case UInt8(ascii: "@"): takeReference()
        case UInt8(ascii: "["): try takeCitation()
        case UInt8(ascii: ":") where isLineStart && matches(":::", at: position):
            try takeDivision()
        case UInt8(ascii: "{"): try takeAnchor()
        case UInt8(ascii: "<"): try takeComment()
        case 0xEE where matches(String(SplitSource.cellMark), at: position):
            emit(.cell(cells), length: 3, alone: true)
            cells += 1
        default: copy(1)
        }
    }

    mutating func copy(_ count: Int) {
        output += text[position..<(position + count)]
        position += count
    }

    mutating func emit(_ special: Special, length: Int, alone: Bool = false) {
        let mark = "\(InlineLexer.open)\(specials.count)\(InlineLexer.close)"
        specials.append((special, string(position..<(position + length))))
        output += Array((alone ? "\n\n\(mark)\n\n" : mark).utf8)
        position += length
    }

    var isLineStart: Bool { position == 0 || text[position - 1] == UInt8(ascii: "\n") }

    func string(_ range: Range<Int>) -> String {
        String(decoding: text[range], as: UTF8.self)
    }

    func matches(_ word: String, at index: Int) -> Bool {
        let word = word.utf8
        return index + word.count <= text.count
            && text[index..<(index + word.count)].elementsEqual(word)
    }

    func endOfLine(_ index: Int) -> Int {
        text[index...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
    }

    func isSpace(_ index: Int) -> Bool {
        !text.indices.contains(index) || [32, 9, 10, 13].contains(text[index])
    }

    func isDigit(_ index: Int) -> Bool {
        text.indices.contains(index) && (48...57).contains(text[index])
    }

    /// Whether a letter or digit stands before the position, as in an address.
    var followsWord: Bool {
        let lineStart = text[..<position].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return string(lineStart..<position).last.map(Label.isWord) ?? false
    }

    // MARK: Code and comments

    mutating func skipCodeBlock() -> Bool {
        guard let fence = Fence(opening: content(at: position)) else { return false }
        var line = endOfLine(position) + 1
        while line < text.count, !fence.isClosed(by: content(at: line)) {
            line = endOfLine(line) + 1
        }
        copy(min(text.count, line < text.count ? endOfLine(line) : text.count) - position)
        return true
    }

    /// The line at `index` without quotation marks and spaces before it.
    func content(at index: Int) -> Substring {
        var start = index
        while start < text.count, text[start] == 32 || text[start] == UInt8(ascii: ">") {
            start += 1
        }
        guard start < text.count, [UInt8(ascii: "`"), UInt8(ascii: "~")].contains(text[start])
        else {
            return ""
        }
        return Substring(string(start..<endOfLine(start)))
    }

    mutating func takeComment() throws {
        guard matches("<!--", at: position) else { return copy(1) }
        var end = position + 4
        while end < text.count, !matches("-->", at: end) { end += 1 }
        guard end < text.count else {
            throw error(
                "the comment that begins here is not closed", at: position, length: 4,
                suggestion: "end it with -->, or write \\<!-- for the characters")
        }
        position = end + 3
    }

    mutating func takeCode() throws {
        let run = text[position...].prefix { $0 == UInt8(ascii: "`") }.count
        guard position >= noCodeBefore[run] ?? 0 else { return copy(run) }
        guard let end = endOfCode(from: position + run, run: run) else {
            noCodeBefore[run] = endOfParagraph(position)
            return copy(run)
        }
        let content = (position + run)..<(end - run)
        let words = string(content).drop { $0 == " " }
        if words.hasPrefix("{val}") {
            emit(.value(try value(content)), length: end - position)
            return
        }
        if words.hasPrefix("{"), let brace = words.firstIndex(of: "}"),
            ["vl", "vla", "vals", "value", "var"].contains(words[..<brace].dropFirst())
        {
            throw error(
                "expected an inline value, found '\(words[...brace])'", at: position + run,
                length: words[...brace].count, suggestion: "did you mean '{val}'?")
        }
        copy(end - position)
    }

    func endOfCode(from index: Int, run: Int) -> Int? {
        var index = index
        while index < text.count {
            if text[index] == UInt8(ascii: "`") {
                let length = text[index...].prefix { $0 == UInt8(ascii: "`") }.count
                index += length
                if length == run { return index }
            } else {
                if text[index] == UInt8(ascii: "\n"), endsParagraph(index) { return nil }
                index += 1
            }
        }
        return nil
    }

    // MARK: Values, references, labels

    func value(_ range: Range<Int>) throws -> InlineValue {
        var first = range.lowerBound
        while text[first] != UInt8(ascii: "}") { first += 1 }
        first += 1
        while first < range.upperBound, isSpace(first) { first += 1 }
        let written = Substring(string(first..<range.upperBound)).trimming(" ")
        let name = written.prefix { $0 != ":" }.trimmingSuffix(" ")
        let isName = name.allSatisfy { $0.isLetter || $0.isNumber || "._-@=,+".contains($0) }
        guard !name.isEmpty, isName else {
            throw error(
                "expected the name of a value after {val}, found '\(written)'", at: first,
                length: max(1, written.count),
                suggestion: "write it like `{val} main.test.elbo:.2f`")
        }
        let place = location(first, length: name.count)
        guard let colon = written.firstIndex(of: ":") else {
            return InlineValue(name: String(name), format: .natural, location: place)
        }
        let format = written[colon...].dropFirst().trimming(" ")
        guard let parsed = ValueFormat(parsing: String(format)) else {
            let column = written.distance(from: written.startIndex, to: colon) + 1
            throw error(
                "unknown format '\(format)'", at: first + column, length: max(1, format.count),
                suggestion: "a format is \(ValueFormat.grammar)")
        }
        return InlineValue(name: String(name), format: parsed, location: place)
    }

    mutating func takeReference() {
        let prefixes = ["fig-", "tbl-", "eq-", "sec-"]
        guard !followsWord, prefixes.contains(where: { matches($0, at: position + 1) })
        else { return copy(1) }
        var label = string((position + 1)..<endOfLine(position))[...].prefix {
            Label.isWord($0) || $0 == "-" || $0 == "_"
        }
        while let last = label.last, !Label.isWord(last) { label.removeLast() }
        guard prefixes.contains(where: { label.hasPrefix($0) }) else { return copy(1) }
        let place = location(position, length: label.count + 1)
        emit(
            .reference(Reference(label: String(label), location: place)),
            length: label.utf8.count + 1)
    }

    mutating func takeAnchor() throws {
        guard matches("{#", at: position), isHeadingEnd else { return copy(1) }
        let label = String(string((position + 2)..<endOfLine(position)).prefix { $0 != "}" })
        if label.hasPrefix("sec-"), !Label.isValid(label) {
            throw error(
                "a label has letters, digits, - and _, \(Label.longest) bytes at most; found '\(label)'",
                at: position + 2, length: label.count,
                suggestion: Label.near(label).map { "write {#\($0)}" })
        }
        guard label.hasPrefix("sec-") else {
            throw error(
                "a section's label begins with 'sec-', found '\(label)'", at: position + 2,
                length: max(1, label.count), suggestion: "write {#sec-\(Label.near(label) ?? "…")}")
        }
        let place = location(position + 2, length: label.count)
        emit(.anchor(label, place), length: label.utf8.count + 3)
    }

    /// Whether the brace at `position` ends a line that begins with `#` or is underlined.
    var isHeadingEnd: Bool {
        let lineStart = text[..<position].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let lineEnd = endOfLine(position)
        let rest = Substring(string(position..<lineEnd)).trimming(" ")
        guard rest.firstIndex(of: "}") == rest.indices.last else { return false }
        let first = text[lineStart...].first { $0 != 32 && $0 != UInt8(ascii: ">") }
        return first == UInt8(ascii: "#") || isUnderline(lineEnd + 1)
    }

    /// Whether the line at `index` is nothing but `=` or `-`, which makes a heading of what is above it.
    private func isUnderline(_ index: Int) -> Bool {
        guard index < text.count else { return false }
        let line = Substring(string(index..<endOfLine(index))).trimming(" ")
        return line.first.map { "=-".contains($0) && line.allSatisfy([$0].contains) } ?? false
    }
}
