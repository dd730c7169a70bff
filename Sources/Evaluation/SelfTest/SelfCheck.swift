/// One line of the self-test: what was checked, what should have come out and what did.
public struct SelfCheck: Sendable, Hashable, Encodable {
    /// What is checked, in words.
    public let check: String
    /// What has to come out.
    public let expected: String
    /// What came out.
    public let found: String
    /// Whether it did.
    public let holds: Bool

    /// A line whose verdict is known.
    public init(_ check: String, expected: String, found: String, holds: Bool) {
        self.check = check
        self.expected = expected
        self.found = found
        self.holds = holds
    }

    /// A number that should lie within `tolerance` of another one.
    init(
        _ check: String, _ found: Double, near expected: Double, within tolerance: Double,
        decimals: Int
    ) {
        self.init(
            check,
            expected: "\(SentenceNumber.fixed(expected, decimals: decimals)) "
                + "± \(SentenceNumber.short(tolerance))",
            found: SentenceNumber.fixed(found, decimals: decimals),
            holds: abs(found - expected) <= tolerance)
    }

    /// A number that should be no larger than a limit.
    init(_ check: String, _ found: Double, atMost limit: Double) {
        self.init(
            check, expected: "at most \(SentenceNumber.short(limit))",
            found: SentenceNumber.short(found), holds: found <= limit)
    }
}
