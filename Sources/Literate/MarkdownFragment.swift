import Files

/// Markdown that a cell's runner wrote: default captions, callouts, conclusions.
public enum MarkdownFragment {
    /// The blocks of a text; cells cannot stand in it. Throws a ``SourceError`` for mathematics or
    /// inline values that are not well formed.
    public static func blocks(of text: String) throws -> [MarkdownBlock] {
        try MarkdownReader.blocks(of: text, at: start, in: source(text)).blocks
    }

    /// The inline content of a one-paragraph text.
    public static func inlines(of text: String) throws -> [MarkdownInline] {
        try MarkdownReader.inlines(of: text, at: start, in: source(text))
    }

    private static let name = "a cell's output"
    private static let start = SourceLocation(file: name, line: 1, column: 1)
    private static func source(_ text: String) -> SourceText { SourceText(name: name, text: text) }
}
