import Literate

/// A built report to Markdown that reads well on GitHub, with the figures' files beside it.
public struct MarkdownRenderer {
    /// A renderer.
    public init() {}

    /// The text of report.md. Images are those that the cells wrote; paths are relative to the report's
    /// folder.
    public func render(_ report: BuiltReport) -> String {
        let text = MarkdownText(report: report)
        let front = report.document.frontMatter
        var parts = ["# \(text.inlines(front.title))"]
        if let subtitle = front.subtitle { parts.append("*\(text.inlines(subtitle))*") }
        if let author = front.author { parts.append(MarkdownText.escaped(author)) }
        parts += report.banners.map { "> [!WARNING]\n> \(MarkdownText.escaped($0))" }
        parts += report.verdicts.map(verdict)
        let shift = report.document.blocks.contains { $0.isTopHeading } ? 1 : 0
        parts.append(
            text.blocks(report.document.blocks, shift: shift) {
                cell(report.document.cells[$0], report, text)
            })
        if !report.stamp.isEmpty {
            let stamp = report.stamp.map { "\($0.name): \($0.value)" }.joined(separator: " · ")
            parts.append("---\n\n<sub>\(MarkdownText.escaped(stamp))</sub>")
        }
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private func verdict(_ verdict: VerdictOutput) -> String {
        let signs: [VerdictOutput.Light.Level: String] = [
            .good: "🟢 good", .warning: "🟡 worth a look", .bad: "🔴 bad", .unknown: "⚪ not judged",
        ]
        let rows = verdict.lights.map {
            "| \(signs[$0.level] ?? "") | \(MarkdownText.escaped($0.name)) | \(MarkdownText.escaped($0.reason)) |"
        }
        let facts = verdict.facts.map { "\($0.name): \($0.value)" }.joined(separator: " · ")
        return """
            > **\(MarkdownText.escaped(verdict.sentence))**

            | | | |
            |---|---|---|
            \(rows.joined(separator: "\n"))

            \(MarkdownText.escaped(facts))
            """
    }

    private func cell(_ cell: Cell, _ report: BuiltReport, _ text: MarkdownText) -> String {
        let anchor = report.document.targets[cell.id] == nil ? "" : "<a id=\"\(cell.id)\"></a>\n\n"
        let parts: [String]
        switch report.outcomes[cell.index] {
        case .ran(let result, _), .reused(let result):
            parts = result.outputs.map { output($0, of: cell, text) }.filter { !$0.isEmpty }
        case .failed(let message):
            parts = ["> [!CAUTION]\n> This cell failed.\n>\n" + text.quoted(text.fenced(message))]
        case .skipped(let id):
            parts = [
                "> [!CAUTION]\n> This cell was skipped: it depends on `\(id)`, which has no result."
            ]
        }
        let source = cell.options.echo == .shown ? [text.fenced(cell.body, "yaml")] : []
        return (parts.isEmpty ? "" : anchor) + (parts + source).joined(separator: "\n\n")
    }

    private func output(_ output: CellOutput, of cell: Cell, _ text: MarkdownText) -> String {
        switch output {
        case .figure(let figure):
            let alternative = cell.options.alternativeText ?? figure.alternativeText
            let image =
                figure.imageFile.map { "![\(MarkdownText.escaped(alternative))](\($0))" }
                ?? "*\(MarkdownText.escaped(alternative))*"
            return "\(image)\n\n\(text.caption(of: cell, default: figure.defaultCaption))"
        case .table(let table):
            return
                "\(text.caption(of: cell, default: table.defaultCaption))\n\n\(text.table(table))"
        case .verdict: return ""
        case .callout(let callout):
            return "> [!\(callout.kind.rawValue.uppercased())]\n"
                + text.quoted(text.fragment(callout.text))
        case .markdown(let markdown): return text.fragment(markdown)
        }
    }
}
