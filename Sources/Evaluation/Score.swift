/// One published number with all that is needed to read it: unit, number of images, standard error
/// and the protocol that made it.
public struct Score: Sendable, Hashable {
    /// What came out.
    public enum Outcome: Sendable, Hashable {
        /// The number; infinite where that is the true answer (the PSNR of a perfect copy).
        case value(Double)
        /// Nothing was computed, and why. Never shown as 0.
        case notComputed(String)
    }

    /// Path in the report, split first: `test.elbo`.
    public let name: String
    /// What a table calls it.
    public let title: String
    /// The number or why there is none.
    public let outcome: Outcome
    /// "nats per image", "dB", …; empty for a plain ratio.
    public let unit: String
    /// Images the score is over.
    public let count: Int
    /// Standard error over images where the score is a mean over them.
    public let standardError: Double?
    /// One sentence that says how it was computed, with the sign convention.
    public let protocolText: String

    /// A score; a value that is not a number becomes "not computed".
    public init(
        name: String, title: String, outcome: Outcome, unit: String, count: Int,
        standardError: Double? = nil, protocolText: String
    ) {
        self.name = name
        self.title = title
        self.unit = unit
        self.count = count
        self.protocolText = protocolText
        if case .value(let value) = outcome, value.isNaN {
            self.outcome = .notComputed("the model's output is not a number")
        } else {
            self.outcome = outcome
        }
        self.standardError = standardError.flatMap { $0.isFinite ? $0 : nil }
    }

    /// The number, infinite or not; nil when it was not computed.
    public var value: Double? {
        if case .value(let value) = outcome { value } else { nil }
    }

    /// Why there is no number.
    public var reasonNotComputed: String? {
        if case .notComputed(let reason) = outcome { reason } else { nil }
    }
}
