import Files
import Literate

/// What stands in the page where a cell stands in the source.
struct HTMLCell {
    let report: BuiltReport
    let text: HTMLText

    /// Outputs, or the mark of a failed or skipped cell, and the cell's source.
    func element(_ index: Int) throws -> String {
        let cell = report.document.cells[index]
        var parts: [String] = []
        switch report.outcomes[index] {
        case .ran(let result, _), .reused(let result):
            parts = withOneName(try result.outputs.map { try output($0, of: cell) }, of: cell)
        case .failed(let message): parts = [failure("This cell failed.", message, cell)]
        case .skipped(let id):
            parts = [
                failure(
                    "This cell was skipped.", "It depends on “\(id)”, which has no result.", cell)
            ]
        }
        if let source = source(of: cell) { parts.append(source) }
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// A link to a cell leads to the first of its outputs: an id may stand once in a page.
    private func withOneName(_ parts: [String], of cell: Cell) -> [String] {
        let name = " id=\"\(Escape.text(cell.id))\""
        guard let first = parts.firstIndex(where: { $0.contains(name) }) else { return parts }
        return parts.enumerated().map { index, part in
            index <= first ? part : part.replacing(name, with: "")
        }
    }

    private func failure(_ title: String, _ message: String, _ cell: Cell) -> String {
        """
        <div class="callout failed" role="alert" id="\(Escape.text(cell.id))">\
        <p class="callout-title">\(title)</p><pre>\(Escape.text(message))</pre></div>
        """
    }

    private func source(of cell: Cell) -> String? {
        let echo = cell.options.echo ?? .folded
        if echo == .hidden { return nil }
        let name = cell.label.map { "\(cell.kind) · \($0)" } ?? cell.kind
        return """
            <details class="source"\(echo == .shown ? " open" : "")>\
            <summary>\(Escape.text(name))</summary>\
            <pre><code>\(Escape.text(cell.body))</code></pre></details>
            """
    }

    private func output(_ output: CellOutput, of cell: Cell) throws -> String {
        switch output {
        case .figure(let figure): try self.figure(figure, of: cell)
        case .playground(let playground): try self.playground(playground, of: cell)
        case .table(let table): try self.table(table, of: cell)
        case .verdict: ""
        case .callout(let callout):
            text.callout(callout.kind, title: callout.title, try fragment(callout.text))
        case .markdown(let markdown): try fragment(markdown)
        }
    }

    /// Markdown from a runner; where it is not well formed it is shown as it is.
    private func fragment(_ markdown: String) throws -> String {
        guard let blocks = try? MarkdownFragment.blocks(of: markdown) else {
            return "<p>\(Escape.text(markdown))</p>"
        }
        return try text.blocks(blocks, shift: 1)
    }

    // MARK: Figures and tables

    private func caption(of cell: Cell, default standard: String) throws -> String {
        let words =
            try cell.options.caption.map { try text.inlines($0) }
            ?? (try? MarkdownFragment.inlines(of: standard)).map { try text.inlines($0) }
            ?? Escape.text(standard)
        guard let target = report.document.targets[cell.id] else { return words }
        let name = "\(target.sort.rawValue)\u{A0}\(target.number)"
        return "<b class=\"number\">\(name)</b> \(words)"
    }

    private func figure(_ figure: FigureOutput, of cell: Cell) throws -> String {
        let alternative = cell.options.alternativeText ?? figure.alternativeText
        // A drawing that names itself needs no second name, unless the author gives another.
        let isNamed =
            figure.svg.prefix(400).contains("aria-label=") && cell.options.alternativeText == nil
        let name = isNamed ? "" : " role=\"img\" aria-label=\"\(Escape.text(alternative))\""
        let data =
            try figure.data.map { table in
                """
                <details class="data"><summary>Data</summary>\
                \(try HTMLTable(text: text).element(table, isSortable: false))</details>
                """
            } ?? ""
        let width = figure.width == .wide ? " wide" : ""
        let scrolls = figure.width == .wide ? " tabindex=\"0\"" : ""
        return """
            <figure class="figure\(width)" id="\(Escape.text(cell.id))">\
            <div class="drawing"\(scrolls)\(scrolls.isEmpty ? "" : drawingGroup)>\
            <div class="canvas"\(name)>\(shortened(figure.svg, of: cell))</div></div>
            <figcaption>\(try caption(of: cell, default: figure.defaultCaption))\(data)</figcaption>\
            </figure>
            """
    }

    /// Names of parts, which begin with the cell's label, begin with its place in the page instead:
    /// a drawing names hundreds of letters.
    private func shortened(_ svg: String, of cell: Cell) -> String {
        guard let place = report.document.cells.firstIndex(where: { $0.id == cell.id }) else {
            return svg
        }
        return svg.replacing("\"\(cell.id)-", with: "\"~\(place)-")
            .replacing("#\(cell.id)-", with: "#~\(place)-")
    }

    /// The fallback drawing with the model beside it; the page's script takes the drawing's place.
    private func playground(_ playground: PlaygroundOutput, of cell: Cell) throws -> String {
        """
        <div class="playground">\(try figure(playground.fallback, of: cell))
        <script type="application/json" class="playground-model">\
        \(Escape.json(playground.description))</script>
        <script type="text/plain" class="playground-weights">\(playground.weights)</script></div>
        """
    }

    private let drawingGroup = " role=\"group\" aria-label=\"Drawing, scrolls sideways\""

    private func table(_ table: TableOutput, of cell: Cell) throws -> String {
        // Where a table has many columns, it has the width of a figure and scrolls sideways.
        let width = table.columns.count > 6 ? " wide" : ""
        return """
            <figure class="table\(width)" id="\(Escape.text(cell.id))">\
            <figcaption>\(try caption(of: cell, default: table.defaultCaption))</figcaption>
            \(try HTMLTable(text: text).element(table, isSortable: true))</figure>
            """
    }
}
