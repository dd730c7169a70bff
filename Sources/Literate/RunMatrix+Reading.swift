import Files

extension RunMatrix {
    /// Reads the `matrix:` of a cell.
    ///
    /// Throws a located error for keys that are neither parameters nor config keys of the cell's kind,
    /// that the cell or `-P` sets as well, and for too many runs.
    init(
        _ field: CellField, of cell: Cell, kind: CellKind, parameters: [String: CellValue],
        overrides: [ParameterOverride]
    ) throws {
        guard let label = cell.label, let fields = field.value.fields, !fields.isEmpty else {
            throw cell.error(
                "'matrix' gives keys with lists of values, found \(field.value.spoken)",
                at: field.value.location,
                suggestion: "write it like matrix: {train.beta: [1, 4], seed: [0, 1, 2]}")
        }
        guard fields.count <= Self.mostAxes else {
            throw cell.error(
                "a matrix has at most \(Self.mostAxes) keys, found \(fields.count)",
                at: field.value.location)
        }
        let keys = fields.map(\.key)
        self.label = label
        axes = try fields.map { field in
            let isParameter = try Self.isParameter(field, of: cell, kind, parameters)
            if let own = cell.configOverrides.first(where: { $0.key == field.key }) {
                throw Self.conflict(field, own, in: cell, overrides)
            }
            if let override = overrides.first(where: { $0.key == field.key }) {
                throw SourceError(
                    "the matrix of '\(label)' varies '\(field.key)', so it cannot be set as well",
                    at: override.location, in: override.source,
                    suggestion: "leave it out here, or change the matrix")
            }
            let short = field.key.split(separator: ".").last.map(String.init) ?? field.key
            let isShared = keys.filter { $0 == short || $0.hasSuffix(".\(short)") }.count > 1
            return Axis(
                key: field.key, name: isShared ? field.key : short, isParameter: isParameter,
                location: field.keyLocation, values: try Self.values(field, in: cell))
        }
        // Past a million they are as good as counted.
        let count = axes.reduce(1) { min($0, 1_000_000) * $1.values.count }
        guard count <= Self.mostPoints else {
            throw cell.error(
                "this matrix makes \(count) runs; at most \(Self.mostPoints) are allowed",
                at: field.keyLocation, suggestion: "take values out, or split it into two cells")
        }
    }

    private static func isParameter(
        _ field: CellField, of cell: Cell, _ kind: CellKind, _ parameters: [String: CellValue]
    ) throws -> Bool {
        if parameters[field.key] != nil { return true }
        let verdict = kind.configKey?(field.key) ?? .unknown(nearest: [])
        guard case .unknown(let near) = verdict else { return false }
        throw cell.error(
            "a matrix varies parameters and config keys; '\(field.key)' is neither",
            at: field.keyLocation,
            suggestion: Suggestion.among(near)
                ?? Suggestion.forName(field.key, among: parameters.keys, called: "parameters"))
    }

    /// The key is set beside the matrix: in the cell, or from outside.
    private static func conflict(
        _ field: CellField, _ own: CellField, in cell: Cell, _ overrides: [ParameterOverride]
    ) -> SourceError {
        if let override = overrides.first(where: { $0.key == own.key }) {
            return SourceError(
                "the matrix of '\(cell.id)' varies '\(field.key)', so it cannot be set as well",
                at: override.location, in: override.source,
                suggestion: "leave it out here, or change the matrix")
        }
        return cell.error(
            "'\(field.key)' is set here and varied by the matrix", at: own.keyLocation,
            suggestion: "keep one of the two")
    }

    private static func values(_ field: CellField, in cell: Cell) throws -> [CellValue] {
        let items = field.value.items
        for item in items where item.scalarText == nil || item.content == .null {
            throw cell.error(
                "'\(field.key)' lists single values, found \(item.spoken)", at: item.location)
        }
        var seen: Set<String> = []
        for item in items {
            let text = item.number.map { "\($0)" } ?? item.canonical
            guard seen.insert(text).inserted else {
                throw cell.error("the matrix lists \(item.spoken) twice", at: item.location)
            }
        }
        guard !items.isEmpty else {
            throw cell.error(
                "'\(field.key)' lists no value", at: field.value.location,
                suggestion: "write it like \(field.key): [1, 4]")
        }
        return items
    }
}
