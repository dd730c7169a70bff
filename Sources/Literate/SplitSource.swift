import Files

/// A report's text cut into front matter, cells and running text, line by line.
///
/// The whole outer grammar:
///
///     report     = [ "---" line* ("---" | "...") ] ( cell | code block | comment | line )*
///     cell       = "```{" kind "}" line* "```"          at the beginning of a line
///     code block = fence of three or more ` or ~ … the same fence, which hides cells inside
///     comment    = a line that begins with "<!--" … the line with "-->"; dropped, cells inside too
struct SplitSource {
    /// A cell as written, its YAML not read yet.
    struct RawCell {
        let kind: String
        let kindLocation: SourceLocation
        let fence: SourceLocation
        /// Number of the first line after the fence.
        let firstLine: Int
        let lines: [Substring]
    }

    /// Stands in the running text where a cell was.
    static let cellMark: Character = "\u{E0F2}"
    /// Characters that this module uses itself and no source may hold.
    static let reserved: ClosedRange<Unicode.Scalar> = "\u{E0F0}"..."\u{E0F2}"

    private(set) var frontMatter = ""
    private(set) var cells: [RawCell] = []
    /// The running text with the lines of the source; what is no running text is empty.
    private(set) var body: [Substring]
    private let source: SourceText
    private var next = 0

    init(_ source: SourceText) throws {
        self.source = source
        body = source.lines
        try refuseReservedCharacters()
        try takeFrontMatter()
        while next < body.count { try takeLine() }
    }

    private func location(_ line: Int, column: Int = 1, length: Int = 1) -> SourceLocation {
        SourceLocation(file: source.name, line: line + 1, column: column, length: length)
    }

    private func refuseReservedCharacters() throws {
        guard source.text.unicodeScalars.contains(where: SplitSource.reserved.contains) else {
            return
        }
        for (number, line) in body.enumerated() {
            let found = line.firstIndex {
                $0.unicodeScalars.contains(where: SplitSource.reserved.contains)
            }
            guard let found else { continue }
            let column = line.distance(from: line.startIndex, to: found) + 1
            throw SourceError(
                "the characters U+E0F0 to U+E0F2 are kept for vae-report's own use",
                at: location(number, column: column), in: source, suggestion: "delete it")
        }
    }

    private mutating func takeFrontMatter() throws {
        guard body.first?.trimmingSuffix(" ") == "---" else { return try refuseLateFrontMatter() }
        guard
            let end = body.dropFirst().firstIndex(where: {
                ["---", "..."].contains($0.trimmingSuffix(" "))
            })
        else {
            throw SourceError(
                "the front matter that begins here is not closed", at: location(0, length: 3),
                in: source, suggestion: "end it with a line of three dashes")
        }
        frontMatter = "\n" + body[1..<end].joined(separator: "\n")
        blank(0...end)
        next = end + 1
    }

    /// Front matter below empty lines would be shown as a rule and a heading.
    private func refuseLateFrontMatter() throws {
        guard let first = body.firstIndex(where: { !$0.allSatisfy(\.isWhitespace) }),
            body[first].trimmingSuffix(" ") == "---", body.indices.contains(first + 1),
            body[first + 1].prefix(while: { $0.isLetter || $0 == "-" }).endIndex
                == body[first + 1].firstIndex(of: ":")
        else { return }
        throw SourceError(
            "the front matter has to begin on the first line", at: location(first, length: 3),
            in: source, suggestion: "delete the empty lines before it")
    }

    private mutating func blank(_ lines: ClosedRange<Int>) {
        for line in lines { body[line] = "" }
    }

    private mutating func takeLine() throws {
        let line = body[next]
        let trimmed = line.drop { $0 == " " }
        if trimmed.hasPrefix("<!--") {
            try takeComment()
        } else if let fence = Fence(opening: trimmed) {
            if fence.info.hasPrefix("{") { try checkPlace(of: fence, at: trimmed.startIndex) }
            let end = try endOfFence(fence)
            if fence.info.hasPrefix("{") { try takeCell(fence, end: end) }
            next = end + 1
        } else if let fence = Fence(opening: line.drop { " \t>".contains($0) }),
            fence.info.hasPrefix("{"), let start = line.firstIndex(of: fence.character)
        {
            try checkPlace(of: fence, at: start)
        } else {
            next += 1
        }
    }

    /// Refuses a cell that is indented, quoted or fenced by tildes: it would be shown instead of run.
    private func checkPlace(of fence: Fence, at index: Substring.Index) throws {
        let line = body[next]
        let column = line.distance(from: line.startIndex, to: index) + 1
        let place = location(next, column: column, length: line.count - column + 1)
        guard column == 1 else {
            throw SourceError(
                "a cell has to begin at the beginning of a line", at: place, in: source,
                suggestion: "remove what stands before it; cells cannot stand in lists or quotes")
        }
        guard fence.character == "`" else {
            throw SourceError(
                "a cell's fence is made of backticks, found '\(line)'", at: place, in: source,
                suggestion: "write it like ```{train}")
        }
    }

    private func endOfFence(_ fence: Fence) throws -> Int {
        for line in body.indices.dropFirst(next + 1) where fence.isClosed(by: body[line]) {
            return line
        }
        let column = body[next].prefix { $0 == " " }.count + 1
        throw SourceError(
            "the fence that begins here is not closed",
            at: location(next, column: column, length: body[next].count - column + 1), in: source,
            suggestion:
                "end it with a line '\(String(repeating: fence.character, count: fence.length))'")
    }

    private mutating func takeCell(_ fence: Fence, end: Int) throws {
        let start = location(next, length: body[next].count)
        let brace = fence.info.firstIndex(of: "}") ?? fence.info.endIndex
        let kind = fence.info[..<brace].dropFirst().trimming(" ")
        guard fence.info[brace...] == "}", !kind.contains(" ") else {
            throw SourceError(
                "expected a cell's fence like ```{train}, found '\(body[next])'", at: start,
                in: source, suggestion: "options of a cell stand in its '#|' lines")
        }
        let kindLocation = location(next, column: fence.length + 2, length: max(1, kind.count))
        cells.append(
            RawCell(
                kind: String(kind), kindLocation: kindLocation, fence: start, firstLine: next + 2,
                lines: Array(body[(next + 1)..<end])))
        blank(next...end)
        body[next] = Substring(String(SplitSource.cellMark))
    }

    private mutating func takeComment() throws {
        guard let end = body.indices.dropFirst(next).first(where: { body[$0].contains("-->") })
        else {
            let column = body[next].prefix { $0 == " " }.count + 1
            throw SourceError(
                "the comment that begins here is not closed",
                at: location(next, column: column, length: 4), in: source,
                suggestion: "end it with -->")
        }
        let rest = body[end].firstRange(of: "-->").map { body[end][$0.upperBound...] } ?? ""
        blank(next...end)
        body[end] = rest
        next = rest.isEmpty ? end + 1 : end
        if rest.drop(while: { $0 == " " }).hasPrefix("<!--") { return }
        next = end + 1
    }
}

/// The fence of a code block.
struct Fence {
    let character: Character
    let length: Int
    /// What stands after the fence.
    let info: Substring

    /// The fence that opens with this line, spaces before it taken off; nil when it opens none.
    init?(opening line: Substring) {
        guard let character = line.first, character == "`" || character == "~" else { return nil }
        let length = line.prefix { $0 == character }.count
        let info = line.dropFirst(length).trimming(" ")
        if length < 3 || (character == "`" && info.contains("`")) { return nil }
        self.character = character
        self.length = length
        self.info = info
    }

    /// Whether a line closes the block that this fence opened.
    func isClosed(by line: Substring) -> Bool {
        let trimmed = line.trimming(" ")
        return trimmed.count >= length && trimmed.allSatisfy { $0 == character }
    }
}

extension Substring {
    func trimmingSuffix(_ character: Character) -> Substring {
        var rest = self
        while rest.last == character { rest.removeLast() }
        return rest
    }

    func trimming(_ character: Character) -> Substring {
        drop { $0 == character }.trimmingSuffix(character)
    }
}
