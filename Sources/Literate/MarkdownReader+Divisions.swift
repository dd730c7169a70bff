import Files

/// Divisions, whose first and last lines cmark-gfm shows as paragraphs of their own.
extension MarkdownReader {
    mutating func blocks(of nodes: [CommonMark.Node]) throws -> [MarkdownBlock] {
        var result: [MarkdownBlock] = []
        var rest = nodes[...]
        while let node = rest.popFirst() {
            switch node.type == "paragraph" ? lastSpecial(in: node) : nil {
            case .division(let division, let location):
                result += try self.division(division, location, &rest)
            default: result += try blocks(of: node)
            }
        }
        return result
    }

    private mutating func division(
        _ division: Division, _ location: SourceLocation,
        _ rest: inout ArraySlice<CommonMark.Node>
    ) throws -> [MarkdownBlock] {
        var inner: [MarkdownBlock] = []
        while let node = rest.popFirst() {
            switch node.type == "paragraph" ? lastSpecial(in: node) : nil {
            case .division(let other, let place):
                inner += try self.division(other, place, &rest)
            case .divisionEnd:
                switch division {
                case .tabs: return [.tabs(try tabs(inner, location))]
                case .references: return [try references(inner, location)]
                }
            default: inner += try blocks(of: node)
            }
        }
        throw SourceError(
            "the end of this division stands inside raw HTML", at: location, in: source,
            suggestion: "close the HTML element before it")
    }

    private mutating func references(
        _ inner: [MarkdownBlock], _ location: SourceLocation
    ) throws -> MarkdownBlock {
        guard inner.isEmpty else {
            throw SourceError(
                "the place of the references is empty: the list is written by vae-report",
                at: location, in: source, suggestion: "move the text out, before ':::'")
        }
        guard !hasReferences else {
            throw SourceError(
                "the references have a place already", at: location, in: source,
                suggestion: "keep one of the two '::: references'")
        }
        hasReferences = true
        return .references
    }

    /// What stands under each heading of the highest level.
    private func tabs(
        _ inner: [MarkdownBlock], _ location: SourceLocation
    ) throws -> [MarkdownTab] {
        guard case .heading(let top, _, _) = inner.first else {
            throw SourceError(
                inner.isEmpty
                    ? "these tabs are empty" : "tabs begin with a heading, the first tab's title",
                at: location, in: source, suggestion: "write a line like '## Training' below it")
        }
        var tabs: [MarkdownTab] = []
        var open: (title: [MarkdownInline], anchor: String) = ([], "")
        var blocks: [MarkdownBlock] = []
        for (index, block) in inner.enumerated() {
            if case .heading(let level, let anchor, let title) = block, level <= top {
                if index > 0 {
                    tabs.append(MarkdownTab(title: open.title, anchor: open.anchor, blocks: blocks))
                }
                open = (title, anchor)
                blocks = []
            } else {
                blocks.append(block)
            }
        }
        return tabs + [MarkdownTab(title: open.title, anchor: open.anchor, blocks: blocks)]
    }
}
