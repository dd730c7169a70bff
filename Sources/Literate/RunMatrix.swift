import Files

/// The runs that a `matrix:` asks for: one for each combination of its axes' values.
///
/// `matrix: {train.beta: [1, 4], seed: [0, 1]}` under the label `main` makes the four runs
/// `main@beta=1,seed=0` to `main@beta=4,seed=1`, the last axis fastest.
public struct RunMatrix: Sendable, Equatable {
    /// A parameter or config key with the values that it takes.
    public struct Axis: Sendable, Equatable {
        /// The key as written.
        public let key: String
        /// The key in names of runs: its last word, when no other axis ends in it.
        public let name: String
        /// Whether the key is one of the report's parameters.
        let isParameter: Bool
        let location: SourceLocation
        let values: [CellValue]
    }

    /// More runs than this are a mistake rather than a wish.
    public static let mostPoints = 64
    /// More axes than this make names that nobody reads.
    public static let mostAxes = 4

    /// The label of the cell that asks for the runs.
    public let label: String
    /// What varies, in the order written.
    public let axes: [Axis]

    /// Every run, the last axis fastest.
    public var points: [MatrixPoint] { selections.filter { $0.settings.count == axes.count } }

    /// What is fixed on some of the axes and left open on others.
    public var subsets: [MatrixPoint] {
        selections.filter { !$0.settings.isEmpty && $0.settings.count < axes.count }
    }

    /// The points at which a selection's settings hold.
    public func points(of selection: MatrixPoint) -> [MatrixPoint] {
        points.filter { point in selection.settings.allSatisfy { point.settings.contains($0) } }
    }

    /// Every way to fix none, some or all of the axes.
    private var selections: [MatrixPoint] {
        var chosen: [[MatrixPoint.Setting]] = [[]]
        for axis in axes {
            chosen = chosen.flatMap { settings in
                axis.values.map { settings + [MatrixPoint.Setting(axis: axis, value: $0)] }
                    + [settings]
            }
        }
        return chosen.map { MatrixPoint(group: label, settings: $0) }
    }
}

/// One run of a matrix, or what several of its runs have in common.
public struct MatrixPoint: Sendable, Equatable {
    struct Setting: Sendable, Equatable {
        let axis: RunMatrix.Axis
        let value: CellValue
    }

    /// The matrix's label.
    public let group: String
    let settings: [Setting]

    /// What is fixed: the axis's name and the value as text.
    public var coordinates: [(name: String, value: String)] {
        settings.map { ($0.axis.name, $0.value.pointText) }
    }

    /// The name of the run and of its folder, "main@beta=4,seed=0".
    public var label: String { group + suffix }

    /// "@beta=4,seed=0"; a digest stands in for a text that would be too long for a folder.
    var suffix: String {
        let text = coordinates.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        return "@" + (text.utf8.count <= 100 ? text : MatrixPoint.digest(of: text))
    }

    fileprivate static func digest(of text: String) -> String {
        String(((try? Digest.sha256(of: text)) ?? "").prefix(12))
    }
}

extension CellValue {
    /// The value in the name of a run: short, with nothing that a folder or a value's name cannot hold,
    /// and different for different values.
    fileprivate var pointText: String {
        if let number, let whole = Int(exactly: number) { return String(whole) }
        let text = scalarText ?? canonical
        let safe = text.filter {
            $0.isASCII && ($0.isLetter || $0.isNumber) || "._-+".contains($0)
        }
        if safe == text, !text.isEmpty, text.utf8.count <= 24 { return text }
        return "\(safe.prefix(12))-\(MatrixPoint.digest(of: text).prefix(6))"
    }
}
