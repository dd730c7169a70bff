import Files

/// A block of a report's text. Renderers walk these; nothing in them is markup yet, so whatever the
/// author wrote has to be escaped on the way out.
public indirect enum MarkdownBlock: Sendable, Equatable {
    /// A section's title. `anchor` is unique in the document.
    case heading(level: Int, anchor: String, title: [MarkdownInline])
    /// Running text.
    case paragraph([MarkdownInline])
    /// A list; `start` is nil for bullets.
    case list(start: Int?, isTight: Bool, items: [[MarkdownBlock]])
    /// A quotation.
    case quote([MarkdownBlock])
    /// A GitHub callout.
    case callout(CalloutKind, [MarkdownBlock])
    /// A code block that is no cell.
    case code(language: String, text: String)
    /// A table; alignments have one entry a column.
    case table(
        alignments: [ColumnAlignment], header: [[MarkdownInline]], rows: [[[MarkdownInline]]])
    /// A horizontal rule.
    case rule
    /// An equation on its own line.
    case equation(Mathematics)
    /// The cell at this position among the document's cells.
    case cell(Int)
    /// Raw HTML, which pages show as text.
    case html(String)
    /// Tabs, of which a page shows one at a time where it can.
    case tabs([MarkdownTab])
    /// The list of the works that the report cites.
    case references
}

/// One of several texts that stand in the same place.
public struct MarkdownTab: Sendable, Equatable {
    /// What the tab says.
    public let title: [MarkdownInline]
    /// The tab's id, unique in the document.
    public let anchor: String
    /// What it shows.
    public let blocks: [MarkdownBlock]
}

/// How a table column is set.
public enum ColumnAlignment: Sendable, Equatable {
    /// As the page likes.
    case natural
    /// To the left.
    case left
    /// Centred.
    case center
    /// To the right.
    case right
}

/// A piece of running text.
public indirect enum MarkdownInline: Sendable, Equatable {
    /// Plain text.
    case text(String)
    /// Code.
    case code(String)
    /// Emphasis.
    case emphasis([MarkdownInline])
    /// Strong emphasis.
    case strong([MarkdownInline])
    /// Struck out.
    case strikethrough([MarkdownInline])
    /// A link.
    case link(destination: String, title: String, [MarkdownInline])
    /// An image.
    case image(source: String, title: String, [MarkdownInline])
    /// The end of a source line.
    case softBreak
    /// A forced line end.
    case lineBreak
    /// Raw HTML, which pages show as text.
    case html(String)
    /// An equation in the line.
    case mathematics(Mathematics)
    /// A published value.
    case value(InlineValue)
    /// A reference to a figure, table, equation or section.
    case reference(Reference)
    /// Works of the bibliography.
    case citation(Citation)
}

/// `[@kingma2014; @rezende2014, sec. 3]`
public struct Citation: Sendable, Equatable {
    /// A work and the place in it.
    public struct Item: Sendable, Equatable {
        /// The work's key in the bibliography.
        public let key: String
        /// What stood after the comma, "sec. 3".
        public let locator: String?
        /// Where the key stands.
        public let location: SourceLocation
    }

    /// The works in the order written.
    public let items: [Item]
}

/// TeX between dollars.
public struct Mathematics: Sendable, Equatable {
    /// The TeX as written, dollars left out.
    public let tex: String
    /// Whether it stood between double dollars.
    public let isDisplayed: Bool
    /// The label, "eq-elbo", which also gives the equation its number.
    public let label: String?
    /// Where the TeX begins.
    public let location: SourceLocation
}

/// `` `{val} main.test.elbo:.2f` ``
public struct InlineValue: Sendable, Equatable {
    /// The value's full name.
    public let name: String
    /// How to write it.
    public let format: ValueFormat
    /// Where the name stands.
    public let location: SourceLocation
}

/// `@fig-kl`
public struct Reference: Sendable, Equatable {
    /// The label referred to, "fig-kl".
    public let label: String
    /// Where it stands.
    public let location: SourceLocation
}

extension [MarkdownInline] {
    /// The words alone, for titles of windows and for anchors; values and mathematics by `write`.
    public func plainText(_ write: (MarkdownInline) -> String = { _ in "" }) -> String {
        map { inline in
            switch inline {
            case .text(let text), .code(let text), .html(let text): text
            case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
                .link(_, _, let inner), .image(_, _, let inner):
                inner.plainText(write)
            case .softBreak, .lineBreak: " "
            case .mathematics, .value, .reference, .citation: write(inline)
            }
        }.joined()
    }
}

extension [MarkdownBlock] {
    /// Calls `visit` with every piece of text, in order, the inner ones of emphasis and links too.
    public func forEachInline(_ visit: (MarkdownInline) throws -> Void) rethrows {
        for block in self {
            switch block {
            case .heading(_, _, let inlines), .paragraph(let inlines):
                try inlines.forEachInline(visit)
            case .list(_, _, let items):
                for item in items { try item.forEachInline(visit) }
            case .quote(let blocks), .callout(_, let blocks): try blocks.forEachInline(visit)
            case .table(_, let header, let rows):
                for cell in header { try cell.forEachInline(visit) }
                for row in rows { for cell in row { try cell.forEachInline(visit) } }
            case .equation(let mathematics): try visit(.mathematics(mathematics))
            case .tabs(let tabs):
                for tab in tabs {
                    try tab.title.forEachInline(visit)
                    try tab.blocks.forEachInline(visit)
                }
            case .code, .rule, .cell, .html, .references: break
            }
        }
    }
}

extension [MarkdownInline] {
    /// Calls `visit` with every piece of text, in order, the inner ones of emphasis and links too.
    public func forEachInline(_ visit: (MarkdownInline) throws -> Void) rethrows {
        for inline in self {
            try visit(inline)
            switch inline {
            case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
                .link(_, _, let inner), .image(_, _, let inner):
                try inner.forEachInline(visit)
            default: break
            }
        }
    }
}
