/// The JSON of a score has the keys of `scores.json`: `value` is a number, "∞" or "−∞", or null with
/// `not_computed` beside it.
extension Score: Codable {
    private enum Key: String, CodingKey {
        case name, title, value, unit, n
        case standardError = "standard_error"
        case protocolText = "protocol"
        case notComputed = "not_computed"
    }

    private static let infinities: [String: Double] = ["∞": .infinity, "−∞": -.infinity]

    /// Reads a score.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let outcome: Outcome
        if let reason = try fields.decodeIfPresent(String.self, forKey: .notComputed) {
            outcome = .notComputed(reason)
        } else if let text = try? fields.decode(String.self, forKey: .value) {
            guard let value = Self.infinities[text] else {
                throw DecodingError.dataCorruptedError(
                    forKey: .value, in: fields,
                    debugDescription: "value is \"\(text)\"; expected a number, ∞ or −∞")
            }
            outcome = .value(value)
        } else {
            outcome = .value(try fields.decode(Double.self, forKey: .value))
        }
        self.init(
            name: try fields.decode(String.self, forKey: .name),
            title: try fields.decode(String.self, forKey: .title),
            outcome: outcome,
            unit: try fields.decode(String.self, forKey: .unit),
            count: try fields.decode(Int.self, forKey: .n),
            standardError: try fields.decodeIfPresent(Double.self, forKey: .standardError),
            protocolText: try fields.decode(String.self, forKey: .protocolText))
    }

    /// Writes a score.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(title, forKey: .title)
        switch outcome {
        case .value(let value) where value.isFinite:
            try fields.encode(value, forKey: .value)
        case .value(let value):
            try fields.encode(value > 0 ? "∞" : "−∞", forKey: .value)
        case .notComputed(let reason):
            try fields.encodeNil(forKey: .value)
            try fields.encode(reason, forKey: .notComputed)
        }
        try fields.encode(unit, forKey: .unit)
        try fields.encode(count, forKey: .n)
        try fields.encodeIfPresent(standardError, forKey: .standardError)
        try fields.encode(protocolText, forKey: .protocolText)
    }
}
