import Files

/// Runs the cells of a document in order of dependence, reusing what is in the cache.
public struct ReportBuild {
    /// Something worth telling the user while the build goes on.
    public enum Event {
        /// The cell's result is not in the cache, for the reason given, and it starts now.
        case willRun(Cell, reason: String)
        /// The cell is done, one way or another.
        case didFinish(Cell, CellOutcome)
    }

    private let document: Document
    private let runner: any CellRunner
    private let outputFolder: String
    private let cache: CellCache
    private let observe: (Event) -> Void

    private var outcomes: [String: CellOutcome] = [:]
    private var keys: [String: String] = [:]
    private var materials: [String: CellCache.Material] = [:]
    private var values: [String: PublishedValue] = [:]

    /// A build of `document` into `outputFolder`, where its cache is too.
    public init(
        _ document: Document, runner: any CellRunner, outputFolder: String,
        observe: @escaping (Event) -> Void = { _ in }
    ) {
        self.document = document
        self.runner = runner
        self.outputFolder = outputFolder
        self.observe = observe
        cache = CellCache(outputFolder: outputFolder)
    }

    /// Runs what has to run. A cell that fails is marked and those that depend on it are skipped; only
    /// an output folder that cannot be written to makes this throw, by whichever cell that is found.
    public func run() throws -> BuiltReport {
        var build = self
        return try build.runAll()
    }

    /// Runs the cells with these ids and those that they depend on, and no others: for commands that
    /// make no page. Returns what became of each of them, by id.
    public func run(only goals: Set<String>) throws -> [String: CellOutcome] {
        var build = self
        try build.run(cells: document.plan.upstream(of: goals))
        return build.outcomes
    }

    private mutating func runAll() throws -> BuiltReport {
        try run(cells: Set(document.cells.map(\.id)))
        return BuiltReport(
            document: document,
            outcomes: document.cells.map { outcomes[$0.id] ?? .skipped(because: "") },
            values: values)
    }

    private mutating func run(cells: Set<String>) throws {
        let last = cache.lastMaterials()
        for (name, value) in document.parameters { values["params.\(name)"] = published(value) }
        for index in document.plan.order where cells.contains(document.cells[index].id) {
            let cell = document.cells[index]
            let outcome = try outcome(of: cell, last: last[cell.id])
            outcomes[cell.id] = outcome
            if let result = outcome.result { values.merge(result.values) { _, new in new } }
            observe(.didFinish(cell, outcome))
        }
        try cache.keep(lastMaterials: last.merging(materials) { _, new in new })
    }

    private func published(_ value: CellValue) -> PublishedValue {
        switch value.content {
        case .integer(let integer): PublishedValue(integer: integer)
        case .number(let number): PublishedValue(number)
        default: PublishedValue(text: value.scalarText ?? value.canonical)
        }
    }

    private mutating func outcome(of cell: Cell, last: CellCache.Material?) throws -> CellOutcome {
        let upstream = document.plan.upstream(of: cell.id) { outcomes[$0]?.result != nil }
        if let missing = upstream.first(where: { outcomes[$0]?.result == nil }) {
            return .skipped(because: missing)
        }
        let context = context(upstream)
        let material: CellCache.Material
        do {
            material = CellMaterial.material(
                of: cell, inputs: try runner.cacheInputs(of: cell, in: context),
                upstreamKeys: keys.filter { upstream.contains($0.key) })
        } catch {
            return .failed("\(error)")
        }
        let key = try CellCache.key(of: material)
        keys[cell.id] = key
        materials[cell.id] = material
        switch cache.lookUp(cell, key: key, material: material, last: last) {
        case .holds(let result): return .reused(result)
        case .runs(let reason):
            return try run(cell, in: context, key: key, reason: reason)
        }
    }

    private func context(_ upstream: [String]) -> CellContext {
        let results = outcomes.filter { upstream.contains($0.key) }.compactMapValues(\.result)
        var visible = values.filter { $0.key.hasPrefix("params.") }
        for result in results.values { visible.merge(result.values) { _, new in new } }
        return CellContext(outputFolder: outputFolder, upstream: results, values: visible)
    }

    private func run(
        _ cell: Cell, in context: CellContext, key: String, reason: String
    ) throws -> CellOutcome {
        observe(.willRun(cell, reason: reason))
        let result: CellResult
        do {
            result = try runner.run(cell, in: context)
        } catch let error as FileError where error.isOfDisk {
            // No page tells of it: it would take the place of the last good one.
            throw error
        } catch {
            return .failed("\(error)")
        }
        if let problem = undeclared(result, of: cell) ?? missingFile(result) {
            return .failed(problem)
        }
        try cache.keep(result, of: cell, key: key)
        return .ran(result, reason: reason)
    }

    /// Values were promised before the cell ran; a missing one would leave a hole in the text.
    private func undeclared(_ result: CellResult, of cell: Cell) -> String? {
        let promised = document.publishers.filter { $0.value.cell == cell.id }.keys
        let missing = promised.filter { result.values[$0] == nil }.sorted()
        if missing.isEmpty { return nil }
        return "the cell did not publish \(missing.joined(separator: ", ")), which it had announced"
    }

    private func missingFile(_ result: CellResult) -> String? {
        result.files.first { !FilePath.isFile(FilePath.join(outputFolder, $0)) }
            .map {
                "the cell wrote '\($0)', and now there is no such file; see that nothing else deletes "
                    + "files in the output folder, then run again"
            }
    }
}
