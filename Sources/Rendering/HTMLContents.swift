import Literate

/// The list of contents: the two upper levels of headings.
struct HTMLContents {
    let text: HTMLText

    /// Nested lists of links; empty when there are fewer than two sections.
    func list(_ blocks: [MarkdownBlock]) throws -> String {
        let headings = blocks.compactMap {
            block -> (level: Int, anchor: String, title: [MarkdownInline])? in
            if case .heading(let level, let anchor, let title) = block {
                return (level, anchor, title)
            }
            return nil
        }
        guard headings.count > 1, let top = headings.map(\.level).min() else { return "" }
        var result = ""
        var isNested = false
        for (level, anchor, title) in headings where level <= top + 1 {
            let link = "<a href=\"#\(Escape.text(anchor))\">\(try text.inlines(title))</a>"
            if level == top {
                if isNested { result += "</ul>" }
                if !result.isEmpty { result += "</li>\n" }
                result += "<li>\(link)"
                isNested = false
            } else {
                if result.isEmpty { result += "<li>" }
                if !isNested { result += "<ul>" }
                result += "<li>\(link)</li>"
                isNested = true
            }
        }
        return "<ul>\(result)\(isNested ? "</ul>" : "")</li></ul>"
    }
}
