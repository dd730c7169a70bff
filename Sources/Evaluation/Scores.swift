/// Scores in the order in which a table shows them, found by name.
public struct Scores: Sendable, Hashable, Codable {
    /// All scores in order; names are unique.
    public private(set) var entries: [Score]

    /// A collection; of two scores of one name the later stays, at the earlier one's place.
    public init(_ entries: [Score] = []) {
        self.entries = []
        for score in entries { insert(score) }
    }

    /// Reads an array of scores.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode([Score].self))
    }

    /// Writes an array of scores, which keeps the order.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(entries)
    }

    /// Adds a score at the end or replaces the one of that name.
    public mutating func insert(_ score: Score) {
        if let index = entries.firstIndex(where: { $0.name == score.name }) {
            entries[index] = score
        } else {
            entries.append(score)
        }
    }

    /// The score of that name, for example `test.elbo`.
    public subscript(name: String) -> Score? { entries.first { $0.name == name } }

    /// The value of that name; nil when there is none or it was not computed.
    public func value(_ name: String) -> Double? { self[name]?.value }

    /// `metrics.csv`: one score a line under a header; an absent number is an empty field.
    public func csv() -> String {
        let header = "name,value,unit,n,standard_error,protocol"
        return ([header] + entries.map(Self.line)).joined(separator: "\n") + "\n"
    }

    private static func line(_ score: Score) -> String {
        let number: String
        let note: String
        switch score.outcome {
        case .value(let value):
            number = value.isInfinite ? (value > 0 ? "inf" : "-inf") : "\(value)"
            note = score.protocolText
        case .notComputed(let reason):
            number = ""
            note = "not computed: \(reason)"
        }
        let deviation = score.standardError.map { "\($0)" } ?? ""
        return [score.name, number, score.unit, "\(score.count)", deviation, note]
            .map(quoted).joined(separator: ",")
    }

    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { ",\"\n\r".contains($0) }) else { return field }
        return "\"\(field.replacing("\"", with: "\"\""))\""
    }
}
