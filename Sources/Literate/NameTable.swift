import Files

/// Collects what a document defines: figures, tables, equations, sections and values.
struct NameTable {
    let source: SourceText
    let kinds: [String: CellKind]
    let cells: [Cell]
    let blocks: [MarkdownBlock]

    /// What references can point to, by label; also every figure and table by its cell's id.
    func targets(sections: [String: SourceLocation]) throws -> [String: ReferenceTarget] {
        var result: [String: ReferenceTarget] = [:]
        var counts: [ReferenceTarget.Sort: Int] = [:]
        func number(_ sort: ReferenceTarget.Sort, _ label: String) {
            counts[sort, default: 0] += 1
            result[label] = ReferenceTarget(
                sort: sort, number: counts[sort, default: 1], anchor: label, title: [])
        }
        var seen: [String: String] = [:]
        for cell in cells {
            if let other = seen.updateValue(cell.id, forKey: cell.id.lowercased()) {
                throw other == cell.id ? duplicate(cell) : alike(cell, other)
            }
            switch kinds[cell.kind]?.numbering {
            case .figure: number(.figure, cell.id)
            case .table: number(.table, cell.id)
            case nil: break
            }
        }
        try blocks.forEachInline { inline in
            guard case .mathematics(let mathematics) = inline, let label = mathematics.label else {
                return
            }
            guard result[label] == nil else {
                throw SourceError(
                    "the label '\(label)' is taken",
                    at: lastPlace(of: label, [label: mathematics.location]), in: source,
                    suggestion: "give each equation a label of its own")
            }
            number(.equation, label)
        }
        for (anchor, title) in headings(blocks) where sections[anchor] != nil {
            guard result[anchor] == nil else {
                throw SourceError(
                    "the label '\(anchor)' is taken", at: lastPlace(of: anchor, sections),
                    in: source,
                    suggestion: "give each section a label of its own")
            }
            result[anchor] = ReferenceTarget(
                sort: .section, number: 0, anchor: anchor, title: title)
        }
        return result
    }

    private func alike(_ cell: Cell, _ other: String) -> SourceError {
        cell.error(
            "the labels '\(other)' and '\(cell.id)' differ in capitals alone", at: labelPlace(cell),
            suggestion: "they name folders, which not every disk tells apart: change one of them")
    }

    private func duplicate(_ cell: Cell) -> SourceError {
        cell.error(
            "the label '\(cell.id)' is taken", at: labelPlace(cell),
            suggestion: "give each cell a label of its own")
    }

    private func labelPlace(_ cell: Cell) -> SourceLocation? {
        let line = source.lines.indices.first {
            $0 >= cell.location.line && source.lines[$0].hasPrefix("#|")
                && source.lines[$0].contains("label:")
        }
        return line.map { line in
            let text = source.lines[line]
            let column = text.firstRange(of: cell.id).map {
                text.distance(from: text.startIndex, to: $0.lowerBound) + 1
            }
            return SourceLocation(
                file: source.name, line: line + 1, column: column ?? 1, length: cell.id.count)
        }
    }

    private func lastPlace(of label: String, _ places: [String: SourceLocation]) -> SourceLocation {
        let lines = source.lines
        guard let line = lines.lastIndex(where: { $0.contains("{#\(label)}") }) else {
            return places[label] ?? SourceLocation(file: source.name, line: 1, column: 1)
        }
        let before = lines[line].firstRange(of: "{#\(label)}").map {
            lines[line].distance(from: lines[line].startIndex, to: $0.lowerBound)
        }
        return SourceLocation(
            file: source.name, line: line + 1, column: (before ?? 0) + 3, length: label.count)
    }

    private func headings(_ blocks: [MarkdownBlock]) -> [(String, [MarkdownInline])] {
        blocks.flatMap { block -> [(String, [MarkdownInline])] in
            switch block {
            case .heading(_, let anchor, let title): [(anchor, title)]
            case .list(_, _, let items): items.flatMap { headings($0) }
            case .quote(let inner), .callout(_, let inner): headings(inner)
            case .tabs(let tabs): tabs.flatMap { [($0.anchor, $0.title)] + headings($0.blocks) }
            default: []
            }
        }
    }

    /// Every value by name with its publisher; a value that two cells publish is a mistake.
    func publishers(parameters: [String: CellValue]) throws -> [String: Publisher] {
        var result: [String: Publisher] = [:]
        for (name, value) in parameters {
            result["params.\(name)"] = Publisher(
                cell: nil, sort: value.number == nil ? .text : .number)
        }
        for cell in cells {
            let own = try kinds[cell.kind]?.publishes(cell) ?? []
            for declaration in cell.matrix?.declarations(own) ?? own {
                if let other = result[declaration.name] {
                    throw cell.error(
                        "this cell publishes '\(declaration.name)', which '\(other.cell ?? "params")' does already",
                        suggestion:
                            "keep one of the two cells, or give them different runs or splits")
                }
                result[declaration.name] = Publisher(cell: cell.id, sort: declaration.sort)
            }
        }
        return result
    }
}
