/// All that a cell hands to the rest of the report; this is what the cache keeps.
public struct CellResult: Sendable, Equatable, Codable {
    /// What the page shows, in order. A verdict is shown at the page's top, wherever it comes from.
    public var outputs: [CellOutput]
    /// Values for inline use, tables and checks, by full name ("main.test.elbo").
    public var values: [String: PublishedValue]
    /// Files it wrote, relative to the output folder. Deleting or changing one makes the cell run again.
    public var files: [String]
    /// Warnings that belong at the top of the page, such as a data set that stands in for another.
    public var banners: [String]
    /// Time, host, engine: shown in the footer and nowhere else.
    public var stamp: [Fact]
    /// A JSON object with the cell's part of the run's record, embedded in the page as it is.
    public var record: String?
    /// Sentences about checks that did not hold; the build's exit code becomes 3.
    public var failedChecks: [UnmetExpectation]
    /// Whatever the runner wants to find again downstream, by name.
    public var notes: [String: String]

    /// A result; what is left out is empty.
    public init(
        outputs: [CellOutput] = [], values: [String: PublishedValue] = [:], files: [String] = [],
        banners: [String] = [], stamp: [Fact] = [], record: String? = nil,
        failedChecks: [UnmetExpectation] = [], notes: [String: String] = [:]
    ) {
        self.outputs = outputs
        self.values = values
        self.files = files
        self.banners = banners
        self.stamp = stamp
        self.record = record
        self.failedChecks = failedChecks
        self.notes = notes
    }
}

/// A name with what it is, as in "Seed: 1".
public struct Fact: Sendable, Equatable, Codable {
    /// What it is about.
    public let name: String
    /// What it is.
    public let value: String

    /// A fact.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
