import Literate

/// Running text back to Markdown, with values and references put in.
struct MarkdownText {
    /// Who reads the Markdown.
    enum Dialect {
        /// GitHub: fenced mathematics, callouts.
        case github
        /// Jupyter: mathematics between dollars alone.
        case jupyter
    }

    let report: BuiltReport
    var dialect = Dialect.github
    var plain: PlainText { PlainText(report: report) }

    // MARK: Blocks

    func blocks(
        _ blocks: [MarkdownBlock], shift: Int = 0, cell: (Int) -> String = { _ in "" }
    ) -> String {
        blocks.map { block($0, shift, cell) }.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private func block(_ block: MarkdownBlock, _ shift: Int, _ cell: (Int) -> String) -> String {
        switch block {
        case .heading(let level, let anchor, let title):
            let mark = report.document.targets[anchor] == nil ? "" : "<a id=\"\(anchor)\"></a>\n\n"
            return mark + String(repeating: "#", count: min(6, level + shift)) + " "
                + inlines(title)
        case .paragraph(let content): return inlines(content)
        case .list(let start, let isTight, let items):
            let lines = items.enumerated().map { index, item in
                let mark = start.map { "\($0 + index). " } ?? "- "
                let text = self.blocks(item, shift: shift, cell: cell)
                return mark
                    + text.replacing("\n", with: "\n" + String(repeating: " ", count: mark.count))
            }
            return lines.joined(separator: isTight ? "\n" : "\n\n")
        case .quote(let inner): return quoted(self.blocks(inner, shift: shift, cell: cell))
        case .callout(let kind, let inner):
            return callout(kind, self.blocks(inner, shift: shift, cell: cell))
        case .code(let language, let text): return fenced(text, language)
        case .table(let alignments, let header, let rows): return table(alignments, header, rows)
        case .rule: return "---"
        case .equation(let mathematics): return equation(mathematics)
        case .cell(let index): return cell(index)
        case .tabs(let tabs): return self.tabs(tabs, shift, cell)
        case .references: return references()
        case .html(let text): return fenced(text, "html")
        }
    }

    /// A callout whose body is Markdown already.
    func callout(_ kind: CalloutKind, title: String? = nil, _ body: String) -> String {
        let name = kind.rawValue
        let body = (title.map { "**\(MarkdownText.escaped($0)).** " } ?? "") + body
        switch dialect {
        case .github: return "> [!\(name.uppercased())]\n" + quoted(body)
        case .jupyter:
            return "> **\(name.prefix(1).uppercased() + name.dropFirst())**\n>\n" + quoted(body)
        }
    }

    /// A text as a quotation.
    func quoted(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")
    }

    /// A text as a code block whose fence it cannot close.
    func fenced(_ text: String, _ language: String = "") -> String {
        var fence = "```"
        while text.contains(fence) { fence += "`" }
        return
            "\(fence)\(language)\n\(text.hasSuffix("\n") ? String(text.dropLast()) : text)\n\(fence)"
    }

    private func equation(_ mathematics: Mathematics) -> String {
        let tex = mathematics.tex.split(separator: "\n").joined(separator: "\n")
        guard let label = mathematics.label, let target = report.document.targets[label] else {
            return displayed(tex)
        }
        return "<a id=\"\(label)\"></a>\n\n" + displayed("\(tex) \\tag{\(target.number)}")
    }

    /// TeX in which nothing looks like a tag of HTML.
    private static func untagged(_ tex: String) -> String { tex.replacing("<", with: "< ") }

    private func displayed(_ tex: String) -> String {
        switch dialect {
        case .github: "```math\n\(GitHubMathematics.text(tex))\n```"
        case .jupyter: "$$\n\(Self.untagged(tex))\n$$"
        }
    }

    private func table(
        _ alignments: [ColumnAlignment], _ header: [[MarkdownInline]], _ rows: [[[MarkdownInline]]]
    ) -> String {
        let rule = alignments.map { alignment in
            switch alignment {
            case .natural: "---"
            case .left: ":--"
            case .center: ":-:"
            case .right: "--:"
            }
        }
        let lines = [header.map(inTable), rule] + rows.map { $0.map(inTable) }
        return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    private func inTable(_ inlines: [MarkdownInline]) -> String {
        // Text is escaped already; code and mathematics are not.
        let text = self.inlines(inlines).replacing("\n", with: " ")
        return text.replacing("\\|", with: "|").replacing("|", with: "\\|")
    }

    // MARK: Outputs of cells

    /// "**Figure 1.** The caption."
    func caption(of cell: Cell, default standard: String) -> String {
        let words =
            cell.options.caption.map(inlines)
            ?? (try? MarkdownFragment.inlines(of: standard)).map(inlines)
            ?? MarkdownText.escaped(standard)
        guard let target = report.document.targets[cell.id] else { return words }
        return "**\(target.sort.rawValue) \(target.number).** \(words)"
    }

    /// A cell's table; protocols are listed under it.
    func table(_ table: TableOutput) -> String {
        func cell(_ cell: TableCell) -> String {
            let text = MarkdownText.escaped(cell.text)
            return cell.isEmphasised && cell.content != .empty ? "**\(text)**" : text
        }
        let rule = table.columns.indices.map { column in
            table.rows.contains { column < $0.count && $0[column].sortKey != nil } ? "--:" : "---"
        }
        let lines = [table.columns, rule] + table.rows.map { $0.map(cell) }
        let body = lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
        let notes = table.rows.compactMap { row -> String? in
            guard let name = row.first?.text, let note = row.compactMap(\.noteText).first else {
                return nil
            }
            return "- **\(MarkdownText.escaped(name))**: \(MarkdownText.escaped(note))"
        }
        if notes.isEmpty { return body }
        return body
            + "\n\n<details><summary>How each number was measured</summary>\n\n"
            + notes.joined(separator: "\n") + "\n\n</details>"
    }

    /// Markdown from a runner, with values put in.
    func fragment(_ markdown: String) -> String {
        (try? MarkdownFragment.blocks(of: markdown)).map { blocks($0, shift: 1) } ?? markdown
    }

    // MARK: Running text

    func inlines(_ inlines: [MarkdownInline]) -> String { inlines.map(inline).joined() }

    private func inline(_ inline: MarkdownInline) -> String {
        switch inline {
        case .text(let text): MarkdownText.escaped(text)
        case .code(let text): code(text)
        case .emphasis(let inner): "*\(inlines(inner))*"
        case .strong(let inner): "**\(inlines(inner))**"
        case .strikethrough(let inner): "~~\(inlines(inner))~~"
        case .link(let destination, _, let inner): link(destination, inlines(inner))
        case .image(let source, _, let inner): image(source, inner)
        case .softBreak: "\n"
        case .lineBreak: "\\\n"
        case .html(let text): MarkdownText.escaped(text)
        case .mathematics(let mathematics): formula(mathematics.tex)
        case .value(let value): MarkdownText.escaped(plain.value(value))
        case .citation(let citation): self.citation(citation)
        case .reference(let reference):
            "[\(MarkdownText.escaped(plain.reference(reference)))](#\(report.document.targets[reference.label]?.anchor ?? reference.label))"
        }
    }

    /// A link, unless its address could run a script.
    private func link(_ destination: String, _ content: String) -> String {
        LinkAddress.isHarmless(destination)
            ? "[\(content)](\(MarkdownText.address(destination)))" : content
    }

    private func image(_ source: String, _ inner: [MarkdownInline]) -> String {
        source.hasPrefix("data:image/") || LinkAddress.isHarmless(source)
            ? "![\(inlines(inner))](\(MarkdownText.address(source)))" : inlines(inner)
    }

    /// An address that cannot end its own brackets.
    private static func address(_ text: String) -> String {
        let isPlain = text.allSatisfy { !" ()<>\n\\".contains($0) }
        if isPlain { return text }
        let inside = text.replacing("\\", with: "%5C").replacing("<", with: "%3C")
            .replacing(">", with: "%3E").replacing("\n", with: "%0A")
        return "<\(inside)>"
    }

    /// GitHub reads `\,`, `*` and an underscore after a bracket between plain dollars as Markdown, but
    /// not inside backquotes.
    private func formula(_ tex: String) -> String {
        if dialect == .jupyter { return "$\(Self.untagged(tex))$" }
        let tex = GitHubMathematics.text(tex)
        let isRead = zip(tex, tex.dropFirst()).contains { first, second in
            first == "\\" && !second.isLetter
                || second == "_" && !first.isLetter && !first.isNumber
        }
        return isRead || tex.contains { "*<[".contains($0) } ? "$`\(tex)`$" : "$\(tex)$"
    }

    private func code(_ text: String) -> String {
        guard text.contains("`") else { return "`\(text)`" }
        var fence = "``"
        while text.contains(fence) { fence += "`" }
        return "\(fence) \(text) \(fence)"
    }

    /// Text whose signs Markdown shall not read.
    static func escaped(_ text: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            if signs.contains(byte) { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let signs = Array("\\`*_[]<>$~#|".utf8)
}
