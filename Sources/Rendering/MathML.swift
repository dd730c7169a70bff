import Files
import Literate

/// TeX to MathML Core, which browsers draw without a script.
///
/// What VAE papers write: letters and alphabets, scripts, fractions, roots, accents, large operators,
/// stretching delimiters, text, `aligned`, `cases` and matrices. What is not known is an error.
public enum MathML {
    /// The `<math>` element for a formula. Throws a ``SourceError`` located in `source`.
    public static func element(
        for mathematics: Mathematics, in source: SourceText
    ) throws -> String {
        var parser = TeXParser(mathematics, source: source)
        let content = try parser.parse()
        let display = mathematics.isDisplayed ? " display=\"block\"" : ""
        return "<math\(display)>\(content)</math>"
    }

    /// Checks every formula of a document, so that a mistake is known before anything runs.
    public static func check(_ document: Document) throws {
        func visit(_ inline: MarkdownInline) throws {
            if case .mathematics(let mathematics) = inline {
                _ = try element(for: mathematics, in: document.source)
            }
        }
        for work in document.bibliography.works {
            try work.line.forEachInline { inline in
                if case .mathematics(let mathematics) = inline {
                    _ = try element(for: mathematics, in: work.source)
                }
            }
        }
        try document.frontMatter.title.forEachInline(visit)
        try document.frontMatter.subtitle?.forEachInline(visit)
        for cell in document.cells { try cell.options.caption?.forEachInline(visit) }
        try document.blocks.forEachInline(visit)
    }
}
