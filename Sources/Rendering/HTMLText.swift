import Files
import Literate

/// Running text to HTML; everything the author wrote is escaped.
struct HTMLText {
    let report: BuiltReport
    /// The protocols, which notes name by their numbers.
    let phrases: PhraseList
    var document: Document { report.document }

    // MARK: Blocks

    /// Blocks, with `cell` for the places of cells. Headings go down by `shift` levels.
    func blocks(
        _ blocks: [MarkdownBlock], shift: Int = 0, cell: (Int) throws -> String = { _ in "" }
    ) throws -> String {
        try blocks.map { try block($0, shift, cell) }.joined(separator: "\n")
    }

    private func block(
        _ block: MarkdownBlock, _ shift: Int, _ cell: (Int) throws -> String
    ) throws -> String {
        switch block {
        case .heading(let level, let anchor, let title):
            let level = min(6, level + shift)
            return
                "<h\(level) id=\"\(Escape.text(anchor))\">\(try headingLink(anchor, title))</h\(level)>"
        case .paragraph(let content): return "<p>\(try inlines(content))</p>"
        case .list(let start, let isTight, let items):
            return try list(start, isTight, items, shift, cell)
        case .quote(let inner):
            return "<blockquote>\(try blocks(inner, shift: shift, cell: cell))</blockquote>"
        case .callout(let kind, let inner):
            return callout(kind, try blocks(inner, shift: shift, cell: cell))
        case .code(let language, let text):
            let name = language.isEmpty ? "" : " class=\"language-\(Escape.text(language))\""
            return "<pre><code\(name)>\(Escape.text(text))</code></pre>"
        case .table(let alignments, let header, let rows):
            return try table(alignments, header, rows)
        case .rule: return "<hr>"
        case .equation(let mathematics): return try equation(mathematics)
        case .cell(let index): return try cell(index)
        case .tabs(let tabs): return try self.tabs(tabs, shift, cell)
        case .references: return try references()
        case .html(let text): return "<pre class=\"raw\">\(Escape.text(text))</pre>"
        }
    }

    /// A heading's text as a link to itself, unless there is a link in it already.
    private func headingLink(_ anchor: String, _ title: [MarkdownInline]) throws -> String {
        var hasLink = false
        title.forEachInline { inline in
            switch inline {
            case .link, .image, .reference: hasLink = true
            default: break
            }
        }
        let words = try inlines(title)
        return hasLink ? words : "<a href=\"#\(Escape.text(anchor))\">\(words)</a>"
    }

    private func list(
        _ start: Int?, _ isTight: Bool, _ items: [[MarkdownBlock]], _ shift: Int,
        _ cell: (Int) throws -> String
    ) throws -> String {
        let name = start == nil ? "ul" : "ol"
        let first = start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
        let items = try items.map { item in
            if isTight, case .paragraph(let content) = item.first {
                let rest = try blocks(Array(item.dropFirst()), shift: shift, cell: cell)
                return "<li>\(try inlines(content))\(rest)</li>"
            }
            return "<li>\(try blocks(item, shift: shift, cell: cell))</li>"
        }
        return "<\(name)\(first)>\(items.joined())</\(name)>"
    }

    /// A callout whose body is markup already.
    func callout(_ kind: CalloutKind, title: String? = nil, _ body: String) -> String {
        let name = kind.rawValue
        let more = title.map { ": \(Escape.text($0))" } ?? ""
        return """
            <div class="callout \(name)" role="note"><p class="callout-title">\
            \(name.prefix(1).uppercased() + name.dropFirst())\(more)</p>\(body)</div>
            """
    }

    private func table(
        _ alignments: [ColumnAlignment], _ header: [[MarkdownInline]], _ rows: [[[MarkdownInline]]]
    ) throws -> String {
        func row(_ cells: [[MarkdownInline]], _ name: String) throws -> String {
            let cells = try cells.enumerated().map { column, content in
                let alignment = column < alignments.count ? alignments[column] : .natural
                let align =
                    switch alignment {
                    case .natural, .left: ""
                    case .center: " class=\"center\""
                    case .right: " class=\"right\""
                    }
                let scope = name == "th" ? " scope=\"col\"" : ""
                return "<\(name)\(scope)\(align)>\(try inlines(content))</\(name)>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        let body = try rows.map { try row($0, "td") }.joined()
        return """
            <div class="scroll"><table><thead>\(try row(header, "th"))</thead>\
            <tbody>\(body)</tbody></table></div>
            """
    }

    private func equation(_ mathematics: Mathematics) throws -> String {
        let element = try MathML.element(for: mathematics, in: document.source)
        guard let label = mathematics.label, let target = document.targets[label] else {
            return "<div class=\"equation\">\(element)</div>"
        }
        return """
            <div class="equation" id="\(Escape.text(label))">\(element)\
            <span class="number">(\(target.number))</span></div>
            """
    }

    // MARK: Running text

    /// A piece of running text.
    func inlines(_ inlines: [MarkdownInline]) throws -> String {
        try inlines.map(inline).joined()
    }

    private func inline(_ inline: MarkdownInline) throws -> String {
        switch inline {
        case .text(let text): Escape.text(text)
        case .code(let text): "<code>\(Escape.text(text))</code>"
        case .emphasis(let inner): "<em>\(try inlines(inner))</em>"
        case .strong(let inner): "<strong>\(try inlines(inner))</strong>"
        case .strikethrough(let inner): "<del>\(try inlines(inner))</del>"
        case .link(let destination, let title, let inner):
            try link(destination, title, try inlines(inner))
        case .image(let source, _, let inner): try image(source, inner)
        case .softBreak: "\n"
        case .lineBreak: "<br>\n"
        case .html(let text): Escape.text(text)
        case .mathematics(let mathematics):
            try MathML.element(for: mathematics, in: document.source)
        case .value(let value): self.value(value)
        case .reference(let reference): try self.reference(reference)
        case .citation(let citation): self.citation(citation)
        }
    }

    /// A link, unless its address could run a script.
    private func link(_ destination: String, _ title: String, _ content: String) throws -> String {
        guard LinkAddress.isHarmless(destination) else { return content }
        let title = title.isEmpty ? "" : " title=\"\(Escape.text(title))\""
        let outside = destination.hasPrefix("#") ? "" : " rel=\"noreferrer\""
        return "<a href=\"\(Escape.text(destination))\"\(title)\(outside)>\(content)</a>"
    }

    /// The page loads nothing, so an image that is not in it is a link.
    private func image(_ source: String, _ inner: [MarkdownInline]) throws -> String {
        let words = inner.plainText()
        if source.hasPrefix("data:image/") {
            return "<img src=\"\(Escape.text(source))\" alt=\"\(Escape.text(words))\">"
        }
        return try link(source, "", Escape.text(words.isEmpty ? source : words))
    }

    private func value(_ value: InlineValue) -> String {
        guard let published = report.values[value.name] else {
            let reason = "not available: \(report.absence(of: value.name))"
            return "<span class=\"missing\">\(Escape.text(reason))</span>"
        }
        let text = Escape.text(value.format.write(published))
        if case .notComputed = published.content { return "<span class=\"missing\">\(text)</span>" }
        return HTMLNote.noted(
            text, ValueNote.text(for: published),
            protocol: published.protocolNote.flatMap(phrases.number))
    }

    private func reference(_ reference: Reference) throws -> String {
        guard let target = document.targets[reference.label] else {
            return Escape.text("@\(reference.label)")
        }
        let words =
            target.sort == .section
            ? try inlines(target.title) : "\(target.sort.rawValue)\u{A0}\(target.number)"
        return "<a class=\"reference\" href=\"#\(Escape.text(target.anchor))\">\(words)</a>"
    }
}

/// Addresses that links may have.
enum LinkAddress {
    /// Whether following the address cannot run a script: web, mail, or a place in this file or folder.
    static func isHarmless(_ address: String) -> Bool {
        guard let colon = address.firstIndex(of: ":") else { return true }
        let scheme = address[..<colon].lowercased()
        if scheme.contains(where: { "/?#".contains($0) }) { return true }
        return ["http", "https", "mailto"].contains(scheme)
    }
}
