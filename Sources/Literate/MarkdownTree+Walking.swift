extension [MarkdownBlock] {
    /// Calls `visit` with every block, in order, those inside lists, quotations and tabs too.
    public func forEachBlock(_ visit: (MarkdownBlock) throws -> Void) rethrows {
        for block in self {
            try visit(block)
            switch block {
            case .list(_, _, let items): for item in items { try item.forEachBlock(visit) }
            case .quote(let blocks), .callout(_, let blocks): try blocks.forEachBlock(visit)
            case .tabs(let tabs): for tab in tabs { try tab.blocks.forEachBlock(visit) }
            default: break
            }
        }
    }

    /// Whether the reference list has its place here.
    var hasReferences: Bool {
        var result = false
        forEachBlock { if $0 == .references { result = true } }
        return result
    }

    /// The blocks with the reference list at their end, under a heading of its own.
    func withReferences() -> [MarkdownBlock] {
        var used: Set<String> = []
        var level = 6
        forEachBlock { block in
            switch block {
            case .heading(let own, let anchor, _):
                used.insert(anchor)
                level = Swift.min(level, own)
            case .tabs(let tabs): used.formUnion(tabs.map(\.anchor))
            default: break
            }
        }
        var anchor = "references"
        while used.contains(anchor) { anchor += "-list" }
        let heading = MarkdownBlock.heading(
            level: used.isEmpty ? 2 : level, anchor: anchor, title: [.text("References")])
        return self + [heading, .references]
    }
}
