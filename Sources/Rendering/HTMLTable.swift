import Literate

/// A cell's table to HTML: numbers aligned, sortable, with notes.
struct HTMLTable {
    let text: HTMLText

    /// The `<table>` in a scrolling box.
    func element(_ table: TableOutput, isSortable: Bool) throws -> String {
        // One class a column on the table, "r3", is shorter than one on every cell.
        let right = table.columns.indices.filter { isNumeric($0, in: table) }.map { " r\($0 + 1)" }
        let header = try table.columns.map { "<th scope=\"col\">\(try words($0))</th>" }.joined()
        let rows = table.rows.map { "<tr>\(row($0))</tr>" }.joined(separator: "\n")
        return """
            <div class="scroll"><table class="numbers\(isSortable ? " sortable" : "")\(right.joined())">\
            <thead><tr>\(header)</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    private func words(_ markdown: String) throws -> String {
        guard let inlines = try? MarkdownFragment.inlines(of: markdown) else {
            return Escape.text(markdown)
        }
        return try text.inlines(inlines)
    }

    private func isNumeric(_ column: Int, in table: TableOutput) -> Bool {
        let cells = table.rows.compactMap { column < $0.count ? $0[column] : nil }
        let numbers = cells.filter { $0.sortKey != nil }.count
        return numbers > 0 && numbers * 2 >= cells.filter { $0.content != .empty }.count
    }

    private func row(_ cells: [TableCell]) -> String {
        var shown: Set<String> = []
        return cells.enumerated().map { column, cell in
            let name = column == 0 ? "th" : "td"
            let scope = column == 0 ? " scope=\"row\"" : ""
            // The page's script reads plain numbers from their text.
            let key =
                cell.text.contains("×") ? cell.sortKey.map { " data-key=\"\($0)\"" } ?? "" : ""
            var markup = self.markup(cell)
            if cell.isEmphasised { markup = "<strong>\(markup)</strong>" }
            // One note a row is enough when name and number have the same.
            if let note = cell.noteText, shown.insert(note).inserted {
                markup = HTMLNote.noted(markup, note)
            }
            return "<\(name)\(scope)\(key)>\(markup)</\(name)>"
        }.joined()
    }

    private func markup(_ cell: TableCell) -> String {
        switch cell.content {
        case .value(let value, _):
            if case .notComputed = value.content {
                "<span class=\"missing\">\(Escape.text(cell.text))</span>"
            } else {
                Escape.text(cell.text)
            }
        default: Escape.text(unbroken(cell.text))
        }
    }

    /// Short words stay on one line.
    private func unbroken(_ text: String) -> String {
        text.count <= 20 ? text.replacing(" ", with: "\u{A0}") : text
    }
}

extension TableCell {
    /// What a reader sees.
    var text: String {
        switch content {
        case .empty: "–"
        case .text(let text): text
        case .number(let number, let format):
            (ValueFormat(parsing: format) ?? .natural).write(number)
        case .value(let value, let format):
            (ValueFormat(parsing: format) ?? .natural).write(value)
        }
    }

    /// What the column is sorted by; nil for texts.
    var sortKey: Double? {
        switch content {
        case .number(let number, _): number.isFinite ? number : nil
        case .value(let value, _): value.number
        case .empty, .text: nil
        }
    }

    /// The note behind the cell; unit and count stand in columns of their own.
    var noteText: String? {
        if let note { return note }
        if case .value(let value, _) = content { return value.protocolNote }
        return nil
    }
}
