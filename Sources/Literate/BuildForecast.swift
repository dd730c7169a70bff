import Files

/// What a build would do with each cell, found out without running or writing anything.
public struct BuildForecast: Sendable {
    /// What would become of a cell.
    public enum Fate: Sendable, Equatable {
        /// Its result is in the cache.
        case reused
        /// It would run, for the reason given.
        case runs(because: String)
        /// It would fail before it ran, with this message.
        case fails(String)
    }

    /// The cells in the order in which they would run, with their fates.
    public let steps: [(cell: Cell, fate: Fate)]

    /// Asks the cache in `outputFolder`, which need not be there, about every cell of `document`.
    public init(_ document: Document, runner: any CellRunner, outputFolder: String) throws {
        let cache = CellCache(outputFolder: outputFolder)
        let last = cache.lastMaterials()
        var keys: [String: String] = [:]
        var results: [String: CellResult] = [:]
        steps = try document.plan.order.map { index in
            let cell = document.cells[index]
            let upstream = document.plan.upstream(of: cell.id) { _ in true }
            let context = CellContext(
                outputFolder: outputFolder, upstream: results.filter { upstream.contains($0.key) })
            let inputs: [String: String]
            do {
                inputs = try runner.cacheInputs(of: cell, in: context)
            } catch {
                return (cell, .fails("\(error)"))
            }
            let material = CellMaterial.material(
                of: cell, inputs: inputs, upstreamKeys: keys.filter { upstream.contains($0.key) })
            let key = try CellCache.key(of: material)
            keys[cell.id] = key
            switch cache.lookUp(cell, key: key, material: material, last: last[cell.id]) {
            case .holds(let result):
                results[cell.id] = result
                return (cell, .reused)
            case .runs(let reason): return (cell, .runs(because: reason))
            }
        }
    }

    /// The plan in words: where, then a line for each cell in the order in which it would run.
    public func text(outputFolder: String) -> String {
        let running = steps.filter { $0.fate != .reused }.count
        let names = steps.map { step in
            step.cell.label.map { "\(step.cell.kind) \($0)" } ?? step.cell.id
        }
        let width = names.map(\.count).max() ?? 0
        let lines = zip(names, steps).map { name, step in
            let padded = name + String(repeating: " ", count: width - name.count)
            return switch step.fate {
            case .reused: "  cached  \(padded)"
            case .runs(let reason): "  run     \(padded)  \(reason)"
            case .fails(let message): "  fail    \(padded)  \(message)"
            }
        }
        let state = FilePath.isFolder(outputFolder) ? "" : " (not there yet)"
        return """
            would write to \(outputFolder)\(state): report.html, report.md, report.ipynb, scores.json
            \(steps.count) cells, in this order: \(running) to run, \(steps.count - running) cached
            \(lines.map { $0.trimmingSuffix(" ") }.joined(separator: "\n"))
            """
    }
}

extension String {
    fileprivate func trimmingSuffix(_ character: Character) -> Substring {
        var text = self[...]
        while text.last == character { text.removeLast() }
        return text
    }
}
