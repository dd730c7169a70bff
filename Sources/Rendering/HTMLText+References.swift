import Literate

/// Tabs, citations and the list that they lead to.
extension HTMLText {
    /// Tabs one below the other; the page's script makes one of them show at a time.
    func tabs(_ tabs: [MarkdownTab], _ shift: Int, _ cell: (Int) throws -> String) throws -> String
    {
        let sections = try tabs.map { tab in
            """
            <section class="tab" id="\(Escape.text(tab.anchor))">\
            <h3 class="tab-title">\(try inlines(tab.title))</h3>
            \(try blocks(tab.blocks, shift: shift, cell: cell))</section>
            """
        }
        return "<div class=\"tabs\">\(sections.joined(separator: "\n"))</div>"
    }

    /// "(Kingma & Welling 2014, sec. 3; …)", each work a link to its line in the list.
    func citation(_ citation: Citation) -> String {
        let items = citation.items.map { item in
            let locator = item.locator.map { ", " + Escape.text($0) } ?? ""
            guard let work = document.bibliography[item.key] else {
                return Escape.text("@\(item.key)") + locator
            }
            return """
                <a class="citation" href="#\(Escape.text(work.anchor))">\
                \(Escape.text(work.label))</a>\(locator)
                """
        }
        return "(\(items.joined(separator: "; ")))"
    }

    /// The works that the report cites; nothing when there are none.
    func references() throws -> String {
        let works = document.bibliography.works
        if works.isEmpty { return "" }
        let items = try works.map {
            "<li id=\"\(Escape.text($0.anchor))\">\(try inlines($0.line))</li>"
        }
        return "<ul class=\"references\">\(items.joined(separator: "\n"))</ul>"
    }
}
