import Files

/// Running text to a tree: lexes out what is ours, lets cmark-gfm read the rest, puts ours back.
struct MarkdownReader {
    /// The blocks of a text whose first character stands at `start`.
    ///
    /// Headings without labels get ids that are not `reserved`.
    static func blocks(
        of text: String, at start: SourceLocation, in source: SourceText,
        reserved: Set<String> = []
    ) throws -> (blocks: [MarkdownBlock], anchors: [String: SourceLocation]) {
        try WrittenLimits.check(text, at: start, in: source)
        let lexer = try InlineLexer(text, at: start, in: source)
        var reader = MarkdownReader(specials: lexer.specials, source: source)
        reader.usedAnchors = reserved.union(lexer.labels)
        let blocks = try reader.read(lexer.output, at: start)
        return (blocks, reader.anchors)
    }

    /// The inline content of a one-paragraph text, such as a caption.
    static func inlines(
        of text: String, at start: SourceLocation, in source: SourceText
    ) throws -> [MarkdownInline] {
        let blocks = try blocks(of: text, at: start, in: source).blocks
        if blocks.isEmpty { return [] }
        guard blocks.count == 1, case .paragraph(let inlines) = blocks[0] else {
            throw SourceError(
                "expected running text, found lists, headings or several paragraphs", at: start,
                in: source, suggestion: "write it as one paragraph")
        }
        return inlines
    }

    private let specials: [(special: InlineLexer.Special, written: String)]
    let source: SourceText
    /// Whether the reference list has its place.
    var hasReferences = false
    private var anchors: [String: SourceLocation] = [:]
    private var usedAnchors: Set<String> = []
    /// What to try next behind a title that came before.
    private var nextNumbers: [String: Int] = [:]

    private init(specials: [(special: InlineLexer.Special, written: String)], source: SourceText) {
        self.specials = specials
        self.source = source
    }

    private mutating func read(
        _ text: [UInt8], at start: SourceLocation
    ) throws -> [MarkdownBlock] {
        guard let tree = CommonMark(text) else { return [] }
        guard !tree.isDeeper(than: WrittenLimits.deepest) else {
            throw SourceError(
                "lists, quotations or marks in this text stand more than "
                    + "\(WrittenLimits.deepest) deep inside one another", at: start, in: source)
        }
        return try blocks(of: tree.blocks)
    }

    // MARK: Blocks

    mutating func blocks(of node: CommonMark.Node) throws -> [MarkdownBlock] {
        switch node.type {
        case "paragraph":
            switch lastSpecial(in: node) {
            case .cell(let index): return [.cell(index)]
            case .divisionEnd: throw strayDivisionEnd()
            default: return paragraph(inlines(in: node))
            }
        case "heading": return [heading(node)]
        case "block_quote": return [try quote(node)]
        case "list": return [try list(node)]
        case "code_block":
            let language = node.fenceInfo.prefix { $0 != " " }
            return [.code(language: restored(String(language)), text: restored(node.literal))]
        case "html_block": return [.html(restored(node.literal))]
        case "thematic_break": return [.rule]
        case "table": return [table(node)]
        default: return try blocks(of: node.children)
        }
    }

    /// The special that a node's text ends with, if it does.
    func lastSpecial(in node: CommonMark.Node) -> InlineLexer.Special? {
        guard let last = node.children.last, last.type == "text",
            case .special(let index) = pieces(of: last.literal).last
        else { return nil }
        return specials[index].special
    }

    /// A paragraph; displayed equations in it become blocks of their own.
    private func paragraph(_ inlines: [MarkdownInline]) -> [MarkdownBlock] {
        var result: [MarkdownBlock] = []
        var run: [MarkdownInline] = []
        func flush() {
            run = Array(run.drop { $0.isBlank })
            while let last = run.last, last.isBlank { run.removeLast() }
            if case .text(let text) = run.first {
                run[0] = .text(String(text.drop { $0 == " " }))
            }
            if !run.isEmpty { result.append(.paragraph(run)) }
            run = []
        }
        for inline in inlines {
            if case .mathematics(let mathematics) = inline, mathematics.isDisplayed {
                flush()
                result.append(.equation(mathematics))
            } else {
                run.append(inline)
            }
        }
        flush()
        return result
    }

    private mutating func heading(_ node: CommonMark.Node) -> MarkdownBlock {
        var title = inlines(in: node)
        var anchor: String?
        if case .anchor(let label, let location) = lastSpecial(in: node) {
            anchor = label
            anchors[label] = anchors[label] ?? location
            if case .text(let text) = title.last {
                title[title.count - 1] = .text(String(Substring(text).trimmingSuffix(" ")))
            }
        }
        return .heading(
            level: node.headingLevel, anchor: anchor ?? unusedAnchor(for: title), title: title)
    }

    private mutating func unusedAnchor(for title: [MarkdownInline]) -> String {
        var words = ""
        for character in title.plainText().lowercased() {
            if character.isLetter || character.isNumber {
                words.append(character)
            } else if !words.hasSuffix("-"), !words.isEmpty {
                words.append("-")
            }
        }
        let base = words.isEmpty ? "section" : String(Substring(words).trimmingSuffix("-"))
        var anchor = base
        var number = nextNumbers[base] ?? 2
        while !usedAnchors.insert(anchor).inserted {
            anchor = "\(base)-\(number)"
            number += 1
        }
        nextNumbers[base] = number
        return anchor
    }

    private mutating func quote(_ node: CommonMark.Node) throws -> MarkdownBlock {
        var blocks = try blocks(of: node.children)
        guard case .paragraph(var inlines) = blocks.first, case .text(let first) = inlines.first,
            first.hasPrefix("[!"), let bracket = first.firstIndex(of: "]")
        else { return .quote(blocks) }
        let name = first[..<bracket].dropFirst(2)
        guard let kind = CalloutKind(rawValue: name.lowercased()) else {
            let names = CalloutKind.allCases.map { $0.rawValue.uppercased() }
            throw calloutMistake(
                String(name), "unknown callout '\(name)'",
                Suggestion.forName(String(name), among: names, called: "callouts"))
        }
        let rest = first[bracket...].dropFirst().drop { $0 == " " }
        guard rest.isEmpty, inlines.count == 1 || inlines[1].isBlank else {
            throw calloutMistake(
                String(name), "a callout's kind stands alone on its line",
                "write the words on the next line, after '>'")
        }
        inlines.removeFirst(min(2, inlines.count))
        blocks[0] = .paragraph(inlines)
        if inlines.isEmpty { blocks.removeFirst() }
        return .callout(kind, blocks)
    }

    private func strayDivisionEnd() -> SourceError {
        for case .division(_, let location) in specials.map({ $0.special }) {
            return SourceError(
                "the beginning of a division stands inside raw HTML", at: location, in: source,
                suggestion: "close the HTML element before it")
        }
        return SourceError(
            "a ':::' closes nothing", at: SourceLocation(file: source.name, line: 1, column: 1))
    }

    private func calloutMistake(
        _ name: String, _ message: String, _ suggestion: String?
    ) -> SourceError {
        let line = source.lines.firstIndex { $0.contains("[!\(name)]") } ?? 0
        let before = source.lines[line].prefix { $0 != "!" }.count
        return SourceError(
            message,
            at: SourceLocation(
                file: source.name, line: line + 1, column: before + 2, length: max(1, name.count)),
            in: source, suggestion: suggestion)
    }

    private mutating func list(_ node: CommonMark.Node) throws -> MarkdownBlock {
        var items: [[MarkdownBlock]] = []
        for item in node.children { items.append(try blocks(of: item.children)) }
        return .list(start: node.listStart, isTight: node.isTightList, items: items)
    }

    private mutating func table(_ node: CommonMark.Node) -> MarkdownBlock {
        let rows = node.children.map { row in row.children.map { inlines(in: $0) } }
        return .table(
            alignments: node.alignments, header: rows.first ?? [], rows: Array(rows.dropFirst()))
    }

    // MARK: Running text

    private func inlines(in node: CommonMark.Node) -> [MarkdownInline] {
        var result: [MarkdownInline] = []
        var text = ""
        for child in node.children {
            if child.type == "text" {
                text += child.literal
                continue
            }
            result += separated(text)
            text = ""
            result.append(inline(child))
        }
        return result + separated(text)
    }

    private func inline(_ node: CommonMark.Node) -> MarkdownInline {
        switch node.type {
        case "code": .code(restored(node.literal))
        case "softbreak": .softBreak
        case "linebreak": .lineBreak
        case "html_inline": .html(restored(node.literal))
        case "emph": .emphasis(inlines(in: node))
        case "strong": .strong(inlines(in: node))
        case "strikethrough": .strikethrough(inlines(in: node))
        case "link":
            .link(destination: restored(node.url), title: restored(node.title), inlines(in: node))
        case "image":
            .image(source: restored(node.url), title: restored(node.title), inlines(in: node))
        default: .text(restored(node.literal))
        }
    }

    /// Text with its marks replaced by what they stand for.
    private func separated(_ text: String) -> [MarkdownInline] {
        pieces(of: text).compactMap { piece in
            switch piece {
            case .text(let text): .text(text)
            case .special(let index):
                switch specials[index].special {
                case .mathematics(let mathematics): .mathematics(mathematics)
                case .value(let value): .value(value)
                case .reference(let reference): .reference(reference)
                case .citation(let citation): .citation(citation)
                case .anchor, .cell, .division, .divisionEnd: nil
                }
            }
        }
    }

    /// Text with its marks replaced by what the author wrote there.
    private func restored(_ text: String) -> String {
        pieces(of: text).map { piece in
            switch piece {
            case .text(let text): text
            case .special(let index): specials[index].written
            }
        }.joined()
    }

    private enum Piece {
        case text(String)
        case special(Int)
    }

    private func pieces(of text: String) -> [Piece] {
        let scalars = text.unicodeScalars
        guard scalars.contains(InlineLexer.open) else { return text.isEmpty ? [] : [.text(text)] }
        var result: [Piece] = []
        var rest = scalars[...]
        while let start = rest.firstIndex(of: InlineLexer.open),
            let end = rest[start...].firstIndex(of: InlineLexer.close),
            let index = Int(String(rest[rest.index(after: start)..<end])),
            specials.indices.contains(index)
        {
            if start > rest.startIndex { result.append(.text(String(rest[..<start]))) }
            result.append(.special(index))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { result.append(.text(String(rest))) }
        return result
    }
}

extension MarkdownInline {
    /// Whether nothing of it would be seen.
    fileprivate var isBlank: Bool {
        switch self {
        case .softBreak, .lineBreak: true
        case .text(let text): text.allSatisfy(\.isWhitespace)
        default: false
        }
    }
}
