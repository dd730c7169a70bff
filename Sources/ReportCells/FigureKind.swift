import Literate

/// What a figure cell may draw.
enum FigureKind: String, CaseIterable {
    case lossCurves = "loss-curves"
    case reconstructions
    case priorSamples = "prior-samples"
    case klPerDimension = "kl-per-dimension"
    case traversals
    case latentScatter = "latent-scatter"
    case interpolations

    static func of(_ cell: Cell) throws -> FigureKind {
        try cell.choice("kind", of: FigureKind.self)
    }

    /// Whether it draws what an eval cell computed.
    var needsEvaluation: Bool {
        switch self {
        case .lossCurves, .priorSamples: false
        case .reconstructions, .klPerDimension, .traversals, .latentScatter, .interpolations: true
        }
    }

    /// Keys that mean something to this kind, beside `kind` and `run`.
    private var keys: Set<String> {
        switch self {
        case .lossCurves, .klPerDimension, .latentScatter: []
        case .reconstructions: ["count"]
        case .priorSamples: ["count", "temperatures"]
        case .traversals: ["count", "dims", "range", "steps", "image"]
        case .interpolations: ["count", "steps"]
        }
    }

    /// Refuses keys that this kind does not know and values out of range.
    func validate(_ cell: Cell) throws {
        for field in cell.fields where !["kind", "run"].contains(field.key) {
            guard keys.contains(field.key) else {
                let known =
                    keys.isEmpty
                    ? "it takes none" : "it takes \(keys.sorted().joined(separator: ", "))"
                throw cell.error(
                    "a '\(rawValue)' figure has no key '\(field.key)'", at: field.keyLocation,
                    suggestion: known)
            }
        }
        _ = try cell.integer("count", in: 1...64)
        _ = try cell.integer("steps", in: 3...31)
        _ = try cell.integer("image", in: 0...Int(Int32.max))
        _ = try cell.number("range", in: 0.1...10)
        _ = try cell.numbers("temperatures", in: 0.01...10)
        _ = try cell.integers("dims", in: 0...1023)
    }

    /// Refuses dimensions that the run's code does not have.
    func validate(_ cell: Cell, latentSize: Int) throws {
        for (item, dimension) in zip(
            cell["dims"]?.items ?? [], try cell.integers("dims", in: 0...1023) ?? [])
        where dimension >= latentSize {
            throw cell.error(
                "there is no latent dimension \(dimension); the run has \(latentSize)",
                at: item.location, suggestion: "choose from 0 to \(latentSize - 1)")
        }
    }
}

extension Cell {
    /// A number of the body, checked; nil when the cell does not say.
    func number(_ key: String, in range: ClosedRange<Double>) throws -> Double? {
        try self[key].map { try number($0, key, in: range) }
    }

    /// A list of numbers of the body, checked; nil when the cell does not say.
    func numbers(_ key: String, in range: ClosedRange<Double>) throws -> [Double]? {
        try self[key].map { try $0.items.map { try number($0, key, in: range) } }
    }

    /// A list of whole numbers of the body, checked; nil when the cell does not say.
    func integers(_ key: String, in range: ClosedRange<Int>) throws -> [Int]? {
        try self[key].map { value in
            try value.items.map { item in
                guard let integer = item.integer, range.contains(integer) else {
                    throw error(
                        "'\(key)' lists whole numbers from \(range.lowerBound) to "
                            + "\(range.upperBound), found \(item.spoken)", at: item.location)
                }
                return integer
            }
        }
    }

    private func number(
        _ value: CellValue, _ key: String, in range: ClosedRange<Double>
    ) throws -> Double {
        guard let number = value.number, range.contains(number) else {
            throw error(
                "'\(key)' is a number from \(range.lowerBound) to \(range.upperBound), "
                    + "found \(value.spoken)", at: value.location)
        }
        return number
    }
}
