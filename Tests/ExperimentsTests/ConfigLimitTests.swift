import Experiments
import Files
import Testing

/// Every key of the table at its limits and just beyond them, so that a new key is tried too.
@Suite("A config key")
struct ConfigLimitTests {
    /// What is no number, and numbers that no key takes.
    private static let noNumbers = [
        "x", "''", "[x]", "[[1]]", "{a: 1}", ".nan", ".inf", "-.inf", "1e400", "-1e400",
    ]

    /// Values of a key at its limits, and values just beyond them.
    private func values(_ kind: ConfigKey.Kind) -> (within: [String], beyond: [String]) {
        switch kind {
        case .integer(let range):
            let (low, high) = (range.lowerBound, range.upperBound)
            let above = high == .max ? "9223372036854775808" : "\(high + 1)"
            return (
                ["\(low)", "\(high)"],
                Self.noNumbers + ["\(low - 1)", above, "\(low).5", "18446744073709551616", "true"]
            )
        case .number(let range, let isPositive):
            let (low, high) = (range.lowerBound, range.upperBound)
            return (
                ["\(isPositive ? low.nextUp : low)", "\(high)"],
                Self.noNumbers
                    + ["\(isPositive ? low : low.nextDown)", "\(high.nextUp)", "-1e300", "true"]
            )
        case .choice(let names):
            return (names, ["''", "\((names.first ?? "") + "x")", "[a]", "{a: 1}"])
        case .flag: return (["true", "false"], ["2", "x", "''", "[true]", "{a: 1}"])
        case .numbers(let range):
            let high = range.upperBound
            let many = [String](repeating: "\(high)", count: 101).joined(separator: ", ")
            return (
                ["[\(range.lowerBound.nextUp), \(high)]"],
                Self.noNumbers
                    + ["[]", "[\(range.lowerBound)]", "[\(high.nextUp)]", "[\(many)]"]
            )
        case .device:
            return (
                ["cpu", "cuda:0"], ["gpu", "cuda:x", "cuda:0:0", "1", "''", "[cpu]", "{a: 1}"]
            )
        case .text: return (["a"], ["''", "[a]", "{a: 1}"])
        }
    }

    /// What is said against a value, nil when nothing is.
    private func refusal(_ key: String, _ value: String) -> SourceError? {
        do {
            _ = try load("\(key): \(value)")
            return nil
        } catch {
            let located = error as? SourceError
            #expect(located != nil, "\(key): \(value): \(error)")
            return located
        }
    }

    @Test(
        "takes what its limits allow, and points at what lies beyond them",
        arguments: KeyTable.names)
    func limits(name: String) throws {
        let key = try #require(KeyTable.key(name))
        let outside = "'\(name)' is \(key.expectation), found "
        let (within, beyond) = values(key.kind)
        for value in within {
            // What does not go with the defaults of other keys says so in other words.
            let message = refusal(name, value)?.description ?? ""
            #expect(!message.contains(outside), "\(message)")
        }
        for value in beyond + (key.defaultValue == .null ? [] : ["null"]) {
            let error = try #require(refusal(name, value), "\(name): \(value)")
            #expect(error.description.contains(outside), "\(error)")
            #expect(error.location.file == "c.yaml" && error.location.line == 1)
        }
        if key.defaultValue != .null {
            let plain = key.defaultValue.canonicalText
            let isList = if case .numbers = key.kind { true } else { false }
            #expect(refusal(name, isList ? "[\(plain)]" : plain) == nil, "\(name): \(plain)")
        }
    }
}
