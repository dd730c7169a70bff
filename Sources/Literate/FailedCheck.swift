import Files

/// An expectation of a `check` cell that its value did not meet, as the cell reports it.
///
/// It names its key and no place, since a cached result outlives the lines above its cell.
public struct UnmetExpectation: Sendable, Equatable, Codable {
    /// The cell's key: the name of the value.
    public let key: String
    /// What was found and what was expected, one sentence without the place.
    public let sentence: String

    /// An expectation about the value `key`.
    public init(_ key: String, _ sentence: String) {
        self.key = key
        self.sentence = sentence
    }
}

/// A check that did not hold, with its place in the source as it is now.
public struct FailedCheck: Sendable, Equatable, CustomStringConvertible {
    /// Where the value's name stands in the `check` cell.
    public let location: SourceLocation
    /// The check cell's id.
    public let cell: String
    /// What was found and what was expected.
    public let sentence: String

    /// "reports/mnist.md:40:1: check failed: …", for terminals.
    public var description: String {
        "\(location.file):\(location.line):\(location.column): check failed: \(sentence)"
    }

    /// A failed check of a cell; a key that the cell does not hold falls back to its fence.
    init(_ expectation: UnmetExpectation, of cell: Cell) {
        let key = cell.fields.first { $0.key == expectation.key }
        location = cell.source.origin(of: key?.keyLocation ?? cell.location)
        self.cell = cell.id
        sentence = expectation.sentence
    }
}
