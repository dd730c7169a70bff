import Files

/// Writes cells with a `matrix:`, and those that follow them, out into one cell a run.
///
/// The cell as written stays where it stands and gathers what its points publish; the points' cells
/// come after all that are written.
struct MatrixExpansion {
    private let raws: [SplitSource.RawCell]
    private let kinds: [String: CellKind]
    private var matrices: [String: (matrix: RunMatrix, kind: String)] = [:]

    init(_ raws: [SplitSource.RawCell], kinds: [String: CellKind]) {
        self.raws = raws
        self.kinds = kinds
    }

    /// The cells as written, followed by those of the points.
    mutating func expand(_ written: [Cell], with reader: inout CellReader) throws -> [Cell] {
        for cell in written {
            guard let kind = kinds[cell.kind], let label = cell.label,
                let key = kind.keys.first(where: { $0.matrix == .axes }),
                let field = cell.fields.first(where: { $0.key == key.name })
            else { continue }
            let matrix = try RunMatrix(
                field, of: cell, kind: kind, parameters: reader.substitution.parameters,
                overrides: reader.overrides)
            matrices[label] = (matrix, kind.name)
        }
        if matrices.isEmpty { return written }
        var cells = written
        for index in written.indices {
            guard let matrix = try matrix(of: &cells[index]) else { continue }
            cells[index].matrix = matrix
            for point in matrix.points {
                let cell = try reader.read(
                    raws[index], of: cells[index], at: point, index: cells.count)
                try kinds[cell.kind]?.validate(cell)
                cells.append(cell)
            }
        }
        return cells
    }

    /// The matrix that a cell is written out for; lists that take every point are written out in place.
    private func matrix(of cell: inout Cell) throws -> RunMatrix? {
        var result = cell.label.flatMap { matrices[$0] }.flatMap {
            $0.kind == cell.kind ? $0.matrix : nil
        }
        for key in kinds[cell.kind]?.keys ?? [] where !key.refersTo.isEmpty {
            guard let place = cell.fields.firstIndex(where: { $0.key == key.name }) else {
                continue
            }
            let field = cell.fields[place]
            var items: [CellValue] = []
            for item in field.value.items {
                guard let found = selection(item, key) else {
                    items.append(item)
                    continue
                }
                switch key.matrix {
                case .everyPoint:
                    items += found.points.map { CellValue(.text($0.label), at: item.location) }
                case .follows where found.isWhole: result = found.matrix
                default: throw Self.refusal(found.matrix, key, item, in: cell)
                }
            }
            if key.matrix == .everyPoint {
                cell.fields[place] = CellField(
                    key: field.key, at: field.keyLocation,
                    value: CellValue(.list(items), at: field.value.location))
            }
        }
        return result
    }

    private func selection(
        _ item: CellValue, _ key: CellKey
    ) -> (matrix: RunMatrix, points: [MatrixPoint], isWhole: Bool)? {
        guard let label = item.scalarText else { return nil }
        for (name, entry) in matrices where key.refersTo.contains(entry.kind) {
            if name == label { return (entry.matrix, entry.matrix.points, true) }
            if let subset = entry.matrix.subsets.first(where: { $0.label == label }) {
                return (entry.matrix, entry.matrix.points(of: subset), false)
            }
        }
        return nil
    }

    private static func refusal(
        _ matrix: RunMatrix, _ key: CellKey, _ item: CellValue, in cell: Cell
    ) -> SourceError {
        let labels = matrix.points.map(\.label)
        let list = labels.prefix(12).joined(separator: " or ")
        let more = labels.count > 12 ? " or one of \(labels.count - 12) others" : ""
        return cell.error(
            "'\(key.name)' takes one run, and '\(item.scalarText ?? "")' stands for several",
            at: item.location, suggestion: "choose \(list)\(more)")
    }
}

extension CellReader {
    /// The cell of one point of a matrix: its parameters and config keys put in, its run named.
    mutating func read(
        _ raw: SplitSource.RawCell, of group: Cell, at point: MatrixPoint, index: Int
    ) throws -> Cell {
        guard let kind = kinds[group.kind] else { return group }
        var parameters = substitution.parameters
        for setting in point.settings where setting.axis.isParameter {
            parameters[setting.axis.key] = setting.value
        }
        var local = Substitution(parameters: parameters)
        let fields = try yaml(raw) { $0.hasPrefix("#|") ? "" : $0 }.map { field in
            CellField(
                key: field.key, at: field.keyLocation,
                value: try local.apply(to: field.value, in: source))
        }
        let (own, config) = try sorted(fields, kind)
        let isRun = group.id == point.group
        if isRun { try refuseUnused(point, used: local.used, in: group) }
        let settings = point.settings.filter { isRun && !$0.axis.isParameter }.map {
            CellField(key: $0.axis.key, at: $0.axis.location, value: $0.value)
        }
        var cell = Cell(
            index: index, kind: group.kind, label: group.label.map { $0 + point.suffix },
            id: group.id + point.suffix, fields: own.compactMap { moved($0, kind, point) },
            configOverrides: try overruled(config, kind) + settings, options: group.options,
            body: group.body, location: group.location, source: group.source)
        cell.point = point
        return cell
    }

    /// A field as the point has it: no matrix of its own, and the point's run instead of the matrix's.
    private func moved(_ field: CellField, _ kind: CellKind, _ point: MatrixPoint) -> CellField? {
        switch kind.keys.first(where: { $0.name == field.key })?.matrix {
        case .axes: nil
        case .follows where field.value.scalarText == point.group:
            CellField(
                key: field.key, at: field.keyLocation,
                value: CellValue(.text(point.label), at: field.value.location))
        default: field
        }
    }

    private func refuseUnused(_ point: MatrixPoint, used: Set<String>, in cell: Cell) throws {
        for setting in point.settings
        where setting.axis.isParameter && !used.contains(setting.axis.key) {
            throw cell.error(
                "the matrix varies the parameter '\(setting.axis.key)', which this cell does not use",
                at: setting.axis.location,
                suggestion: "use it: some.key: ${params.\(setting.axis.key)}")
        }
    }
}
