import Files
import Literate

/// Runs what is quick and leaves the rest: cells that train or score stay as they are in the cache, and
/// while another process builds in the folder, all cells do.
final class CachedCells: CellRunner {
    private static let slowKinds: Set<String> = [
        "train", "eval", "compare", "playground", "export",
    ]

    private let cells: any CellRunner
    private(set) var waiting: Set<String> = []

    init(_ cells: any CellRunner) { self.cells = cells }

    var kinds: [CellKind] { cells.kinds }

    func cacheInputs(of cell: Cell, in context: CellContext) throws -> [String: String] {
        try cells.cacheInputs(of: cell, in: context)
    }

    func run(_ cell: Cell, in context: CellContext) throws -> CellResult {
        guard !CachedCells.slowKinds.contains(cell.kind),
            let lock = try FolderLock.attempt(context.outputFolder)
        else {
            waiting.insert(cell.id)
            throw NotRunYet()
        }
        defer { lock.release() }
        return try cells.run(cell, in: context)
    }

    /// A report in which cells that were left, and those that wait for them, say so.
    func marked(_ report: BuiltReport) -> BuiltReport {
        var waiting = waiting
        var outcomes = report.outcomes
        for index in report.document.plan.order {
            let cell = report.document.cells[index]
            if case .skipped(let upstream) = outcomes[index], waiting.contains(upstream) {
                waiting.insert(cell.id)
            }
            guard waiting.contains(cell.id) else { continue }
            let words = "This \(cell.kind) cell is not run yet: `vae-report build` runs it."
            outcomes[index] = .reused(CellResult(outputs: [.callout(CalloutOutput(.note, words))]))
        }
        return BuiltReport(document: report.document, outcomes: outcomes, values: report.values)
    }
}

/// A cell that a preview does not run.
private struct NotRunYet: Error, CustomStringConvertible {
    let description = "not run yet"
}
