import Foundation

/// A config value as YAML types it.
public enum ConfigValue: Sendable, Hashable {
    /// Nothing: the key is unset.
    case null
    /// `true` or `false`.
    case flag(Bool)
    /// A whole number.
    case integer(Int)
    /// A finite number with a fraction or an exponent.
    case number(Double)
    /// Anything else, and everything in quotes.
    case text(String)

    /// Types a plain scalar by YAML's core schema, plus numbers such as `1e-3`.
    public init(plain text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .flag(true)
        case "false", "False", "FALSE": self = .flag(false)
        default: self = ConfigValue.numeric(text) ?? .text(text)
        }
    }

    /// The value as it is shown and digested: the same text for the same value.
    public var canonicalText: String {
        switch self {
        case .null: "null"
        case .flag(let flag): flag ? "true" : "false"
        case .integer(let integer): String(integer)
        case .number(let number): String(number)
        case .text(let text): text
        }
    }

    /// The value as it comes back from JSON, which does not tell 1.0 from 1.
    var asInJSON: ConfigValue {
        if case .number(let number) = self, let integer = Int(exactly: number) {
            return .integer(integer)
        }
        return self
    }

    /// The numbers of a list such as "0.1, 0.3", all above the range's lower end; nil when one is not.
    func numbers(in range: ClosedRange<Double>) -> [Double]? {
        let parts = canonicalText.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part -> Double? in
            switch ConfigValue(plain: part.trimmingCharacters(in: .whitespaces)) {
            case .integer(let integer): Double(integer)
            case .number(let number): number
            case .null, .flag, .text: nil
            }
        }
        guard numbers.count == parts.count, numbers.count <= 100,
            numbers.allSatisfy({ $0 > range.lowerBound && range.contains($0) })
        else { return nil }
        return numbers
    }

    /// What the value is, for messages: "the number 0.5", "the text 'fast'".
    var spoken: String {
        switch self {
        case .null: "nothing"
        case .flag(let flag): flag ? "'true'" : "'false'"
        case .integer(let integer): "the number \(integer)"
        case .number(let number): "the number \(number)"
        case .text(let text): "the text '\(text.count > 60 ? text.prefix(57) + "…" : text[...])'"
        }
    }

    private static func numeric(_ text: String) -> ConfigValue? {
        if let integer = Int(text) { return .integer(integer) }
        let isNumeric = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || ".-+eE".utf8.contains(byte)
        }
        guard isNumeric, let number = Double(text.hasPrefix(".") ? "0" + text : text),
            number.isFinite
        else { return nil }
        return .number(number)
    }
}

extension ConfigValue: Codable {
    /// Reads a JSON scalar.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let integer = try? container.decode(Int.self) {
            self = .integer(integer)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    /// Writes a JSON scalar.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .integer(let integer): try container.encode(integer)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        }
    }
}
