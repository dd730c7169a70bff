import Literate

/// A built report to Markdown that reads well on GitHub, with the figures' files beside it or inside.
public struct MarkdownRenderer {
    private let embedded: ReportImages?

    /// A renderer. With `embedding`, images stand in the text as data; without, beside it.
    public init(embedding images: ReportImages? = nil) { embedded = images }

    /// The text of report.md. Images are those that the cells wrote; paths are relative to the report's
    /// folder. Throws when an image that has to be embedded cannot be read.
    public func render(_ report: BuiltReport) throws -> String {
        let text = MarkdownText(report: report)
        let shift = report.document.blocks.contains { $0.isTopHeading } ? 1 : 0
        let cells = try report.document.cells.map { try cell($0, report, text) }
        let body = text.blocks(report.document.blocks, shift: shift) { cells[$0] }
        let parts = [Self.head(report, text), body, Self.stamp(report)]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    /// Title, warnings and verdicts.
    static func head(_ report: BuiltReport, _ text: MarkdownText) -> String {
        let front = report.document.frontMatter
        var parts = ["# \(text.inlines(front.title))"]
        if let subtitle = front.subtitle { parts.append("*\(text.inlines(subtitle))*") }
        if let author = front.author { parts.append(MarkdownText.escaped(author)) }
        parts += report.banners.map { text.callout(.warning, MarkdownText.escaped($0)) }
        parts += report.verdicts.map(verdict)
        return parts.joined(separator: "\n\n")
    }

    /// The footer with time and machine; empty when nothing is known.
    static func stamp(_ report: BuiltReport) -> String {
        if report.stamp.isEmpty { return "" }
        let stamp = report.stamp.map { "\($0.name): \($0.value)" }.joined(separator: " · ")
        return "---\n\n<sub>\(MarkdownText.escaped(stamp))</sub>"
    }

    static func verdict(_ verdict: VerdictOutput) -> String {
        let signs: [VerdictOutput.Light.Level: String] = [
            .good: "🟢 good", .information: "🔵 for information", .warning: "🟡 worth a look",
            .bad: "🔴 bad", .unknown: "⚪ not judged",
        ]
        let rows = verdict.lights.map { light in
            let words = light.reason + (light.advice.map { " Try \($0)." } ?? "")
            return "| \(signs[light.level] ?? "") | \(MarkdownText.escaped(light.name)) | "
                + "\(MarkdownText.escaped(words)) |"
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

    private func cell(_ cell: Cell, _ report: BuiltReport, _ text: MarkdownText) throws
        -> String
    {
        let anchor = report.document.targets[cell.id] == nil ? "" : "<a id=\"\(cell.id)\"></a>\n\n"
        let parts: [String]
        switch report.outcomes[cell.index] {
        case .ran(let result, _), .reused(let result):
            parts = try result.outputs.map { try output($0, of: cell, text) }.filter { !$0.isEmpty }
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

    private func output(
        _ output: CellOutput, of cell: Cell, _ text: MarkdownText
    ) throws -> String {
        switch output {
        case .figure(let figure):
            let alternative = cell.options.alternativeText ?? figure.alternativeText
            let image =
                try figure.imageFile.map {
                    "![\(MarkdownText.escaped(alternative))](\(try address(of: $0)))"
                }
                ?? "*\(MarkdownText.escaped(alternative))*"
            return "\(image)\n\n\(text.caption(of: cell, default: figure.defaultCaption))"
        case .playground(let playground):
            return try self.output(.figure(playground.fallback), of: cell, text)
        case .table(let table):
            return
                "\(text.caption(of: cell, default: table.defaultCaption))\n\n\(text.table(table))"
        case .verdict: return ""
        case .callout(let callout):
            return text.callout(
                callout.kind, title: callout.title, text.fragment(callout.text))
        case .markdown(let markdown): return text.fragment(markdown)
        }
    }

    /// The image's path, or the image itself.
    private func address(of image: String) throws -> String {
        guard let embedded else { return image }
        return "data:image/png;base64,\(try embedded.base64(image))"
    }
}
