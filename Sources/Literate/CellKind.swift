/// What the author may write in one kind of cell, and what the rest of the report may expect of it.
///
/// `Literate` knows no kind by itself: whoever runs the cells describes them.
public struct CellKind: Sendable {
    /// Which series of numbers the kind's output takes part in.
    public enum Numbering: String, Sendable {
        /// "Figure 1"; labels start with `fig-`.
        case figure
        /// "Table 1"; labels start with `tbl-`.
        case table

        /// What labels of this series start with.
        public var prefix: String { self == .figure ? "fig-" : "tbl-" }
    }

    /// The word in the fence: "train".
    public let name: String
    /// The keys that the body may hold.
    public let keys: [CellKey]
    /// Whether what it shows is numbered.
    public let numbering: Numbering?
    /// Whether the cell must carry a label (runs are named by theirs).
    public let requiresLabel: Bool
    /// Judges a dotted key ("train.beta"); nil when the kind takes none.
    public let configKey: (@Sendable (String) -> KeyVerdict)?
    /// Whether the body's keys are names of published values, as in `check`; each is a dependence.
    public let keysAreValues: Bool
    /// The values that a cell of this kind will publish, known before it runs.
    public let publishes: @Sendable (Cell) throws -> [ValueDeclaration]
    /// Names of published values that the cell reads: each makes it depend on the publisher.
    public let needs: @Sendable (Cell) throws -> [String]
    /// Names of values that the cell reads where somebody publishes them: it then runs after the
    /// publisher, and without the value where that has no result.
    public let uses: @Sendable (Cell) throws -> [String]
    /// Refuses values that cannot work, with `cell.error(…)`, before anything runs.
    public let validate: @Sendable (Cell) throws -> Void

    /// Describes a kind; what is left out is not there.
    public init(
        _ name: String, keys: [CellKey] = [], numbering: Numbering? = nil,
        requiresLabel: Bool = false, configKey: (@Sendable (String) -> KeyVerdict)? = nil,
        keysAreValues: Bool = false,
        publishes: @escaping @Sendable (Cell) throws -> [ValueDeclaration] = { _ in [] },
        needs: @escaping @Sendable (Cell) throws -> [String] = { _ in [] },
        uses: @escaping @Sendable (Cell) throws -> [String] = { _ in [] },
        validate: @escaping @Sendable (Cell) throws -> Void = { _ in }
    ) {
        self.name = name
        self.keys = keys
        self.numbering = numbering
        self.requiresLabel = requiresLabel
        self.configKey = configKey
        self.keysAreValues = keysAreValues
        self.publishes = publishes
        self.needs = needs
        self.uses = uses
        self.validate = validate
    }
}

/// One key that a kind's body may hold.
public struct CellKey: Sendable, Equatable {
    /// The key.
    public let name: String
    /// Kinds of cells that its value names by label (one or a list); empty when it names none.
    public let refersTo: Set<String>
    /// Whether a cell without it is a mistake.
    public let isRequired: Bool
    /// What the key has to do with matrices of runs.
    public let matrix: MatrixRole

    /// What a key has to do with matrices of runs.
    public enum MatrixRole: Sendable, Equatable {
        /// It names single runs.
        case none
        /// Its value is a matrix.
        case axes
        /// A cell that names a matrix here is written out for each of its points.
        case follows
        /// A matrix named here stands for all of its points.
        case everyPoint
    }

    /// A key; `refersTo` lists the kinds of cells whose labels are its values.
    public init(
        _ name: String, refersTo: Set<String> = [], isRequired: Bool = false,
        matrix: MatrixRole = .none
    ) {
        self.matrix = matrix
        self.name = name
        self.refersTo = refersTo
        self.isRequired = isRequired
    }
}

/// What a kind says about a dotted config key.
public enum KeyVerdict: Sendable, Equatable {
    /// The kind takes it.
    case accepted
    /// It is no key for this kind; the nearest names, best first, may be empty.
    case unknown(nearest: [String])
}
