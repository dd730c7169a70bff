import Files

extension DocumentParser {
    /// The works that the report cites, read from the files that its front matter names.
    func bibliography(
        of frontMatter: FrontMatter, _ cells: [Cell], _ blocks: [MarkdownBlock]
    ) throws -> Bibliography {
        var citations: [Citation.Item] = []
        func visit(_ inline: MarkdownInline) {
            if case .citation(let citation) = inline { citations += citation.items }
        }
        frontMatter.title.forEachInline(visit)
        frontMatter.subtitle?.forEachInline(visit)
        for cell in cells { cell.options.caption?.forEachInline(visit) }
        blocks.forEachInline(visit)
        var entries: [BibTeXEntry] = []
        for value in frontMatter.bibliography {
            let path = FilePath.join(FilePath.folder(of: source.name), value.text ?? "")
            let file = try files.text(
                at: path, namedAt: value.location, in: source, called: "bibliography")
            entries += try BibTeXReader.entries(of: file)
        }
        return try Bibliography(citations: citations, entries: entries, in: source)
    }
}
