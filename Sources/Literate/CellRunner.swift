/// Who computes cells: knows the kinds and turns a cell into a result.
public protocol CellRunner {
    /// Every kind of cell that may be written.
    var kinds: [CellKind] { get }

    /// What the result depends on besides the cell's own text and its upstream cells: digest of the
    /// data set, resolved config, engine version, precision. Asked for in every build, so it must be
    /// quick. The names appear in `--explain`.
    func cacheInputs(of cell: Cell, in context: CellContext) throws -> [String: String]

    /// Computes the cell. What it throws marks the cell as failed; the report goes on.
    func run(_ cell: Cell, in context: CellContext) throws -> CellResult
}

/// What a cell may use of the build around it.
public struct CellContext: Sendable {
    /// The report's folder, where owned files go.
    public let outputFolder: String
    /// Results of the cells that this one depends on, by id.
    public let upstream: [String: CellResult]
    /// Values that the upstream cells published, by full name.
    public let values: [String: PublishedValue]

    /// A context; tests of runners make their own.
    public init(
        outputFolder: String, upstream: [String: CellResult] = [:],
        values: [String: PublishedValue] = [:]
    ) {
        self.outputFolder = outputFolder
        self.upstream = upstream
        self.values = values
    }
}
