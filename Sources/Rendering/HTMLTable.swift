import Literate

/// A cell's table to HTML: numbers aligned, sortable, with notes.
struct HTMLTable {
    let text: HTMLText

    /// The `<table>` in a scrolling box, without the end tags that HTML does not ask for.
    func element(_ table: TableOutput, isSortable: Bool) throws -> String {
        // One class a column on the table, "r3", is shorter than one on every cell.
        let right = table.columns.indices.filter { isNumeric($0, in: table) }.map { " r\($0 + 1)" }
        let header = try table.columns.map { "<th scope=\"col\">\(try words($0))" }.joined()
        let rows = table.rows.map { "<tr>\(row($0))" }.joined(separator: "\n")
        return """
            <div class="scroll"><table class="numbers\(isSortable ? " sortable" : "")\(right.joined())">\
            <thead><tr>\(header)<tbody>\(rows)</table></div>
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
        var markup = ""
        var column = 0
        while column < cells.count {
            let cell = cells[column]
            // One note a row is enough when name and number have the same.
            let note = cell.noteText.flatMap { shown.insert($0).inserted ? $0 : nil }
            let count = cell.isMissing ? span(from: column, of: cells) : 1
            markup += element(cell, isFirst: column == 0, span: count, note: note)
            column += count
        }
        return markup
    }

    /// The reason why there is no value takes the room of the empty cells behind it.
    private func span(from column: Int, of cells: [TableCell]) -> Int {
        1 + cells[(column + 1)...].prefix { $0.content == .empty }.count
    }

    private func element(_ cell: TableCell, isFirst: Bool, span: Int, note: String?) -> String {
        let name = isFirst ? "th" : "td"
        let scope = isFirst ? " scope=\"row\"" : ""
        let width = span > 1 ? " colspan=\"\(span)\"" : ""
        // The page's script reads plain numbers from their text.
        let key = cell.text.contains("×") ? cell.sortKey.map { " data-key=\"\($0)\"" } ?? "" : ""
        var markup = self.markup(cell)
        if cell.isEmphasised { markup = "<strong>\(markup)</strong>" }
        if let note {
            let number = text.phrases.number(of: note)
            markup = HTMLNote.noted(markup, number == nil ? note : "", protocol: number)
        }
        return "<\(name)\(scope)\(width)\(key)>\(markup)"
    }

    private func markup(_ cell: TableCell) -> String {
        if cell.isMissing { return "<span class=\"missing\">\(Escape.text(cell.text))</span>" }
        if case .value = cell.content { return Escape.text(cell.text) }
        return Escape.text(unbroken(cell.text))
    }

    /// Short words stay on one line, and so does "σ = 0.5".
    private func unbroken(_ text: String) -> String {
        text.count <= 20
            ? text.replacing(" ", with: "\u{A0}")
            : text.replacing(" = ", with: "\u{A0}=\u{A0}").replacing(" %", with: "\u{A0}%")
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

    /// Whether it holds the reason why there is no value.
    var isMissing: Bool {
        if case .value(let value, _) = content, case .notComputed = value.content { return true }
        return false
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
