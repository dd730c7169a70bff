import Literate

/// What a report's cell shows, as outputs of a notebook's code cell.
struct NotebookOutputs {
    let images: ReportImages
    let text: MarkdownText

    /// Outputs in order; a cell without a result has what went wrong as its error stream.
    func outputs(of cell: Cell, _ outcome: CellOutcome) throws -> [[String: Any]] {
        switch outcome {
        case .ran(let result, _), .reused(let result):
            try result.outputs.flatMap { try output($0, of: cell) }
        case .failed(let message): [errors("This cell failed.\n\(message)\n")]
        case .skipped(let id):
            [errors("This cell was skipped: it depends on \(id), which has no result.\n")]
        }
    }

    private func errors(_ words: String) -> [String: Any] {
        ["output_type": "stream", "name": "stderr", "text": NotebookText.lines(words)]
    }

    private func output(_ output: CellOutput, of cell: Cell) throws -> [[String: Any]] {
        switch output {
        case .figure(let figure): return try self.figure(figure, of: cell)
        case .playground(let playground): return try self.figure(playground.fallback, of: cell)
        case .table(let table): return self.table(table, of: cell)
        case .verdict: return []
        case .callout(let callout):
            return [
                markdown(
                    text.callout(
                        callout.kind, title: callout.title, text.fragment(callout.text)))
            ]
        case .markdown(let words): return [markdown(text.fragment(words))]
        }
    }

    /// The image, and below it the caption with what one sees in words.
    private func figure(_ figure: FigureOutput, of cell: Cell) throws -> [[String: Any]] {
        let alternative = cell.options.alternativeText ?? figure.alternativeText
        var image: [String: Any] = ["text/plain": NotebookText.lines(alternative)]
        var metadata: [String: Any] = ["alttext": alternative]
        if let name = figure.imageFile {
            image["image/png"] = try images.base64(name)
            metadata["image/png"] = ["alt": alternative]
        } else {
            image["image/svg+xml"] = NotebookText.lines(figure.svg)
            metadata["image/svg+xml"] = ["alt": alternative]
        }
        let caption = """
            <a id="\(Escape.text(cell.id))"></a>

            \(text.caption(of: cell, default: figure.defaultCaption))

            <details><summary>In words</summary>

            \(MarkdownText.escaped(alternative))

            </details>
            """
        return [display(image, metadata), markdown(caption)]
    }

    private func table(_ table: TableOutput, of cell: Cell) -> [[String: Any]] {
        let caption = """
            <a id="\(Escape.text(cell.id))"></a>

            \(text.caption(of: cell, default: table.defaultCaption))
            """
        let data = [
            "text/html": NotebookText.lines(html(table)),
            "text/plain": NotebookText.lines(plain(table)),
        ]
        return [markdown(caption), display(data)]
    }

    private func markdown(_ words: String) -> [String: Any] {
        display([
            "text/markdown": NotebookText.lines(words), "text/plain": NotebookText.lines(words),
        ])
    }

    private func display(_ data: [String: Any], _ metadata: [String: Any] = [:]) -> [String: Any] {
        ["output_type": "display_data", "data": data, "metadata": metadata]
    }

    // MARK: Tables

    private func title(_ column: String) -> String {
        (try? MarkdownFragment.inlines(of: column)).map(PlainText(report: text.report).text)
            ?? column
    }

    /// A table with protocols on hover; everything in it is text.
    private func html(_ table: TableOutput) -> String {
        let header = table.columns.map { "<th scope=\"col\">\(Escape.text(title($0)))</th>" }
        let rows = table.rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let note = cell.noteText.map { " title=\"\(Escape.text($0))\"" } ?? ""
                let align = cell.sortKey == nil ? "" : " align=\"right\""
                var words = Escape.text(cell.text)
                if cell.isEmphasised { words = "<strong>\(words)</strong>" }
                return column == 0
                    ? "<th scope=\"row\"\(note)>\(words)</th>" : "<td\(align)\(note)>\(words)</td>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        return """
            <table>
            <thead><tr>\(header.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            """
    }

    /// Columns of equal width.
    private func plain(_ table: TableOutput) -> String {
        let rows = [table.columns.map(title)] + table.rows.map { $0.map(\.text) }
        let widths = table.columns.indices.map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
                .joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
