/// A number or text with all that belongs to it, or the reason why there is none.
///
/// Encodes as `{"value", "unit", "n", "standard_error", "protocol"}` or `{"not_computed"}`, the form
/// of `scores.json`.
public struct PublishedValue: Sendable, Equatable {
    /// What it is.
    public enum Content: Sendable, Equatable {
        /// A finite number.
        case number(Double)
        /// A whole number, written without decimals.
        case integer(Int)
        /// A text.
        case text(String)
        /// There is none, for the reason given; never printed as zero.
        case notComputed(String)
    }

    /// What it is.
    public let content: Content
    /// "nats per image", "dB".
    public let unit: String?
    /// The number of images or samples behind it.
    public let count: Int?
    /// The standard error of an estimate, in the same unit.
    public let standardError: Double?
    /// How it was measured, in one sentence.
    public let protocolNote: String?
    /// The standard deviation over runs, when the number is their mean.
    public let deviation: Double?
    /// The number of runs that the number is the mean of.
    public let runCount: Int?

    /// A number; one that is not finite becomes "not computed".
    public init(
        _ number: Double, unit: String? = nil, count: Int? = nil, standardError: Double? = nil,
        protocolNote: String? = nil, deviation: Double? = nil, runCount: Int? = nil
    ) {
        content = number.isFinite ? .number(number) : .notComputed("the result is \(number)")
        self.unit = unit
        self.count = count
        self.standardError = standardError?.isFinite == true ? standardError : nil
        self.protocolNote = protocolNote
        self.deviation = deviation?.isFinite == true ? deviation : nil
        self.runCount = runCount
    }

    /// A whole number.
    public init(integer: Int, unit: String? = nil, protocolNote: String? = nil) {
        self.init(content: .integer(integer), unit: unit, protocolNote: protocolNote)
    }

    /// A text.
    public init(text: String) { self.init(content: .text(text)) }

    /// No value, and why.
    public init(notComputed reason: String, protocolNote: String? = nil) {
        self.init(content: .notComputed(reason), protocolNote: protocolNote)
    }

    private init(
        content: Content, unit: String? = nil, count: Int? = nil, standardError: Double? = nil,
        protocolNote: String? = nil, deviation: Double? = nil, runCount: Int? = nil
    ) {
        self.content = content
        self.unit = unit
        self.count = count
        self.standardError = standardError
        self.protocolNote = protocolNote
        self.deviation = deviation
        self.runCount = runCount
    }

    /// What stands after ± : the standard error, or for a mean over runs their standard deviation.
    public var spread: Double? { standardError ?? deviation }

    /// The number of either sort; nil for a text or when it was not computed.
    public var number: Double? {
        switch content {
        case .number(let number): number
        case .integer(let integer): Double(integer)
        case .text, .notComputed: nil
        }
    }
}

extension PublishedValue: Codable {
    private enum CodingKeys: String, CodingKey {
        case value, unit, n, runs
        case deviation = "standard_deviation"
        case standardError = "standard_error"
        case protocolNote = "protocol"
        case notComputed = "not_computed"
    }

    /// Reads the form described at the type.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let reason = try container.decodeIfPresent(String.self, forKey: .notComputed) {
            content = .notComputed(reason)
        } else if let integer = try? container.decode(Int.self, forKey: .value) {
            content = .integer(integer)
        } else if let number = try? container.decode(Double.self, forKey: .value) {
            content = .number(number)
        } else {
            content = .text(try container.decode(String.self, forKey: .value))
        }
        unit = try container.decodeIfPresent(String.self, forKey: .unit)
        count = try container.decodeIfPresent(Int.self, forKey: .n)
        standardError = try container.decodeIfPresent(Double.self, forKey: .standardError)
        protocolNote = try container.decodeIfPresent(String.self, forKey: .protocolNote)
        deviation = try container.decodeIfPresent(Double.self, forKey: .deviation)
        runCount = try container.decodeIfPresent(Int.self, forKey: .runs)
    }

    /// Writes the form described at the type.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch content {
        case .number(let number): try container.encode(number, forKey: .value)
        case .integer(let integer): try container.encode(integer, forKey: .value)
        case .text(let text): try container.encode(text, forKey: .value)
        case .notComputed(let reason): try container.encode(reason, forKey: .notComputed)
        }
        try container.encodeIfPresent(unit, forKey: .unit)
        try container.encodeIfPresent(count, forKey: .n)
        try container.encodeIfPresent(standardError, forKey: .standardError)
        try container.encodeIfPresent(protocolNote, forKey: .protocolNote)
        try container.encodeIfPresent(deviation, forKey: .deviation)
        try container.encodeIfPresent(runCount, forKey: .runs)
    }
}

/// A value that some cell will publish, known before anything runs.
public struct ValueDeclaration: Sendable, Equatable {
    /// What sort of value it will be; only numbers take a format.
    public enum Sort: Sendable, Equatable {
        /// A number, whole or not.
        case number
        /// A text.
        case text
    }

    /// The full name, "main.test.elbo".
    public let name: String
    /// What sort of value it will be.
    public let sort: Sort

    /// A declaration.
    public init(_ name: String, _ sort: Sort = .number) {
        self.name = name
        self.sort = sort
    }
}
