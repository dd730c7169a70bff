import Files

/// Which cell depends on which, and an order to run them in.
public struct Plan: Sendable, Equatable {
    /// The ids that each cell depends on directly, by id, in document order.
    public let dependencies: [String: [String]]
    /// The ids of other cells that each cell makes use of where they have a result, by id.
    public let uses: [String: [String]]
    /// Positions of the cells in an order in which every cell follows those it depends on; otherwise
    /// as written.
    public let order: [Int]

    /// Draws the edges. Throws a located error for a label that no cell has, a value that nobody
    /// publishes, or a cycle.
    init(cells: [Cell], kinds: [String: CellKind], publishers: [String: Publisher]) throws {
        let byID = Dictionary(cells.map { ($0.id, $0) }) { first, _ in first }
        let kindsByLabel = cells.reduce(into: [String: Set<String>]()) { kinds, cell in
            if let label = cell.label { kinds[label, default: []].insert(cell.kind) }
        }
        var dependencies: [String: [String]] = [:]
        for cell in cells {
            guard let kind = kinds[cell.kind] else { continue }
            let ids = Set(
                try Plan.references(of: cell, kind, kindsByLabel)
                    + Plan.publishers(of: cell, kind, publishers)
                    + (cell.matrix?.points ?? []).map { cell.id + $0.suffix })
            dependencies[cell.id] = ids.compactMap { byID[$0] }
                .sorted { $0.index < $1.index }.map(\.id)
        }
        self.dependencies = dependencies
        uses = Dictionary(
            uniqueKeysWithValues: try cells.map { cell in
                let names = try kinds[cell.kind]?.uses(cell) ?? []
                let ids = Set(names.compactMap { publishers[$0]?.cell })
                return (cell.id, ids.subtracting(dependencies[cell.id] ?? []).sorted())
            })
        order = try Plan.order(cells, dependencies.merging(uses) { $0 + $1 }, byID)
    }

    /// The ids of the cells whose results a cell is handed: those that it depends on, and those that it
    /// makes use of as far as `hasResult` says that they have one.
    func upstream(of id: String, hasResult: (String) -> Bool) -> [String] {
        (dependencies[id] ?? []) + (uses[id] ?? []).filter(hasResult)
    }

    /// The cells with these ids and all that they depend on, near or far.
    func upstream(of goals: Set<String>) -> Set<String> {
        var found = goals
        var next = Array(goals)
        while let id = next.popLast() {
            for dependency in dependencies[id] ?? [] where found.insert(dependency).inserted {
                next.append(dependency)
            }
        }
        return found
    }

    private static func references(
        of cell: Cell, _ kind: CellKind, _ kindsByLabel: [String: Set<String>]
    ) throws -> [String] {
        var result: [String] = []
        for key in kind.keys where !key.refersTo.isEmpty {
            guard let value = cell[key.name] else { continue }
            if value.items.isEmpty {
                throw cell.error(
                    "expected a label for '\(key.name)', found "
                        + (value.content == .null ? "nothing" : "an empty list"),
                    at: value.location, suggestion: "write it like \(key.name): main")
            }
            for item in value.items {
                guard let label = item.scalarText else {
                    throw cell.error(
                        "expected a label for '\(key.name)', found \(item.spoken)",
                        at: item.location)
                }
                guard kindsByLabel[label]?.contains(where: key.refersTo.contains) == true else {
                    let allowed = kindsByLabel.filter {
                        $0.value.contains(where: key.refersTo.contains)
                    }
                    let expected = key.refersTo.sorted().map { "'\($0)'" }.joined(separator: " or ")
                    throw cell.error(
                        "no \(expected) cell is labelled '\(label)'", at: item.location,
                        suggestion: Suggestion.forName(
                            label, among: allowed.keys.sorted(), called: "labels")
                            ?? "give the cell a line '#| label: \(label)'")
                }
                result.append(label)
            }
        }
        return result
    }

    private static func publishers(
        of cell: Cell, _ kind: CellKind, _ publishers: [String: Publisher]
    ) throws -> [String] {
        func publisher(of name: String, at location: SourceLocation?) throws -> String? {
            if let publisher = publishers[name] { return publisher.cell }
            throw cell.error(
                "nothing publishes the value '\(name)', which this cell needs", at: location,
                suggestion: Suggestion.forName(
                    name, among: publishers.keys, called: "values")
                    ?? "add an eval cell for the run")
        }
        var result = try kind.needs(cell).compactMap { try publisher(of: $0, at: nil) }
        if kind.keysAreValues {
            result += try cell.fields.compactMap { try publisher(of: $0.key, at: $0.keyLocation) }
        }
        return result.filter { $0 != cell.id }
    }

    /// Depth first in document order, so that cells without dependences keep their places.
    private static func order(
        _ cells: [Cell], _ dependencies: [String: [String]], _ byID: [String: Cell]
    ) throws -> [Int] {
        var result: [Int] = []
        var isDone: Set<String> = []
        var path: [String] = []
        func visit(_ cell: Cell) throws {
            if isDone.contains(cell.id) { return }
            if let start = path.firstIndex(of: cell.id) {
                let round = (path[start...] + [cell.id]).joined(separator: " → ")
                throw cell.error(
                    "cells depend on each other in a circle: \(round)",
                    suggestion: "take one of these dependences out")
            }
            path.append(cell.id)
            for id in dependencies[cell.id] ?? [] {
                if let upstream = byID[id] { try visit(upstream) }
            }
            path.removeLast()
            isDone.insert(cell.id)
            result.append(cell.index)
        }
        for cell in cells { try visit(cell) }
        return result
    }
}
