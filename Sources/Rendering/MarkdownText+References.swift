import Literate

/// Tabs, citations and the list that they lead to.
extension MarkdownText {
    /// Tabs one below the other under their titles.
    func tabs(_ tabs: [MarkdownTab], _ shift: Int, _ cell: (Int) -> String) -> String {
        tabs.map { tab in
            let isLabelled = report.document.targets[tab.anchor] != nil
            let mark = isLabelled ? "<a id=\"\(tab.anchor)\"></a>" : ""
            return "\(mark)**\(inlines(tab.title))**\n\n"
                + blocks(tab.blocks, shift: shift, cell: cell)
        }.joined(separator: "\n\n")
    }

    /// "(Kingma & Welling 2014, sec. 3; …)", each work a link to its line in the list.
    func citation(_ citation: Citation) -> String {
        let items = citation.items.map { item in
            let words = MarkdownText.escaped(plain.label(of: item))
            let locator = item.locator.map { ", " + MarkdownText.escaped($0) } ?? ""
            return "[\(words)](#ref-\(item.key))\(locator)"
        }
        return "(\(items.joined(separator: "; ")))"
    }

    /// The works that the report cites.
    func references() -> String {
        report.document.bibliography.works.map {
            "- <a id=\"\($0.anchor)\"></a>\(inlines($0.line))"
        }.joined(separator: "\n")
    }
}

extension MarkdownBlock {
    /// The block itself, or for tabs their titles and blocks one below the other.
    var untabbed: [MarkdownBlock] {
        guard case .tabs(let tabs) = self else { return [self] }
        return tabs.flatMap { [.paragraph([.strong($0.title)])] + $0.blocks.flatMap(\.untabbed) }
    }
}
