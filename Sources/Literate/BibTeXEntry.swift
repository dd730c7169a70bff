import Files

/// An entry of a BibTeX file, as written.
struct BibTeXEntry {
    /// A field's value with its quotes off and macros put in; LaTeX in it is not read yet.
    struct Field {
        let text: String
        /// Where the text begins.
        let location: SourceLocation
        /// Whether the text stands in the file in one piece, so that places in it can be told.
        let isWhole: Bool
    }

    let type: String
    let key: String
    let keyLocation: SourceLocation
    let fields: [String: Field]
    /// The file that it stands in.
    let source: SourceText

    /// The types that are known.
    static let types = [
        "article", "book", "booklet", "conference", "dataset", "electronic", "inbook",
        "incollection", "inproceedings", "manual", "mastersthesis", "misc", "online", "patent",
        "phdthesis", "proceedings", "report", "software", "techreport", "thesis", "unpublished",
    ]

    /// The first of these fields that is there and not empty, in running text.
    func inlines(_ names: String...) throws -> [MarkdownInline]? {
        for name in names {
            guard let field = fields[name] else { continue }
            let inlines = try LaTeXText(field, in: source).inlines()
            if !inlines.isEmpty { return inlines }
        }
        return nil
    }

    /// The first of these fields that is there and not empty, in words; mathematics as TeX.
    func text(_ names: String...) throws -> String? {
        for name in names {
            guard let field = fields[name] else { continue }
            let text = try LaTeXText(field, in: source).text()
            if !text.isEmpty { return text }
        }
        return nil
    }

    /// A field that is an address or a number, whose signs stand for themselves.
    func verbatim(_ name: String) -> String? {
        guard let field = fields[name] else { return nil }
        let text = field.text.filter { !"{}\\".contains($0) && !$0.isWhitespace }
        return text.isEmpty ? nil : text
    }

    func error(_ message: String, suggestion: String? = nil) -> SourceError {
        SourceError(message, at: keyLocation, in: source, suggestion: suggestion)
    }
}
