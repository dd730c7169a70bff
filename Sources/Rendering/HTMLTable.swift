import Literate

/// A cell's table to HTML: numbers aligned, sortable, with notes.
struct HTMLTable {
    let text: HTMLText

    /// The `<table>` in a scrolling box.
    func element(_ table: TableOutput, isSortable: Bool) throws -> String {
        let numeric = table.columns.indices.map { isNumeric($0, in: table) }
        let header = try table.columns.enumerated().map { column, title in
            let markup = try words(title)
            return "<th scope=\"col\"\(numeric[column] ? " class=\"right\"" : "")>\(markup)</th>"
        }.joined()
        let rows = table.rows.map { "<tr>\(row($0, numeric))</tr>" }.joined(separator: "\n")
        return """
            <div class="scroll"><table class="numbers\(isSortable ? " sortable" : "")">\
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

    private func row(_ cells: [TableCell], _ numeric: [Bool]) -> String {
        var shown: Set<String> = []
        return cells.enumerated().map { column, cell in
            let name = column == 0 ? "th" : "td"
            let scope = column == 0 ? " scope=\"row\"" : ""
            let align = column < numeric.count && numeric[column] ? " class=\"right\"" : ""
            let key = cell.sortKey.map { " data-key=\"\($0)\"" } ?? ""
            var markup = self.markup(cell)
            if cell.isEmphasised { markup = "<strong>\(markup)</strong>" }
            // One note a row is enough when name and number have the same.
            if let note = cell.noteText, shown.insert(note).inserted {
                markup = HTMLNote.noted(markup, note)
            }
            return "<\(name)\(scope)\(align)\(key)>\(markup)</\(name)>"
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
        default: Escape.text(cell.text)
        }
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
