import Literate

/// What a check cell expects of one value.
struct Expectation {
    /// The name of the value.
    let name: String
    /// The least and the greatest allowed value.
    let (minimum, maximum): (Double?, Double?)
    /// The value itself.
    let equals: CellValue?
    /// By how many standard errors a bound may be missed.
    let standardErrors: Double?
    private let field: CellField
    private let cell: Cell

    static let keys = ["min", "max", "equals", "sigmas"]

    /// Reads `{min:, max:, equals:, sigmas:}` or a plain value; a located error for anything else.
    init(_ field: CellField, in cell: Cell) throws {
        self.field = field
        self.cell = cell
        name = field.key
        guard let fields = field.value.fields else {
            guard field.value.content != .null, field.value.scalarText != nil else {
                throw Self.mistake(field, in: cell)
            }
            (minimum, maximum, equals, standardErrors) = (nil, nil, field.value, nil)
            return
        }
        for key in fields where !Self.keys.contains(key.key) {
            throw cell.error(
                "an expectation has no key '\(key.key)'", at: key.keyLocation,
                suggestion: Self.keys.nearest(to: key.key).map { "did you mean '\($0)'?" }
                    ?? "it takes \(Self.keys.joined(separator: ", "))")
        }
        func number(_ key: String) throws -> Double? {
            guard let value = fields.first(where: { $0.key == key })?.value else { return nil }
            if let number = value.number { return number }
            throw cell.error(
                "'\(key)' is a number, found \(value.spoken)", at: value.location,
                suggestion: "write it like \(field.key): {min: -100}")
        }
        (minimum, maximum) = (try number("min"), try number("max"))
        equals = fields.first { $0.key == "equals" }?.value
        standardErrors = try number("sigmas")
        try checkSense(fields)
    }

    private static func mistake(_ field: CellField, in cell: Cell) -> any Error {
        cell.error(
            "expected what '\(field.key)' has to be, found \(field.value.spoken)",
            at: field.value.location,
            suggestion: "write it like \(field.key): {min: -100}, or \(field.key): 10")
    }

    /// Refuses expectations that nothing or everything would meet.
    private func checkSense(_ fields: [CellField]) throws {
        guard minimum != nil || maximum != nil || equals != nil else {
            throw Self.mistake(field, in: cell)
        }
        if let equals, minimum != nil || maximum != nil || equals.scalarText == nil {
            throw cell.error(
                "'equals' is one value and stands without 'min' and 'max'", at: equals.location)
        }
        if let minimum, let maximum, minimum > maximum {
            throw cell.error(
                "nothing is at least \(Self.text(minimum)) and at most \(Self.text(maximum))",
                at: field.value.location, suggestion: "swap 'min' and 'max'")
        }
        let isText = equals != nil && equals?.number == nil
        if let standardErrors, standardErrors <= 0 || isText {
            throw cell.error(
                "'sigmas' is a number above 0, for bounds that are numbers",
                at: fields.first { $0.key == "sigmas" }?.keyLocation)
        }
    }

    /// The bound in words: "at least −100, within 2 standard errors".
    var words: String {
        var parts: [String] = []
        if let equals { parts.append(equals.number.map(Self.text) ?? equals.scalarText ?? "") }
        if let minimum { parts.append("at least \(Self.text(minimum))") }
        if let maximum { parts.append("at most \(Self.text(maximum))") }
        let slack = standardErrors.map { ", within \(Self.text($0)) standard errors" } ?? ""
        return parts.joined(separator: ", ") + slack
    }

    /// Why `value` does not meet the expectation; nil when it does.
    ///
    /// Throws a located error when `sigmas` asks for a standard error that the value does not have.
    func objection(to value: PublishedValue) throws -> String? {
        if case .notComputed(let reason) = value.content { return "it was not computed: \(reason)" }
        if let equals, equals.number == nil {
            let found = ValueFormat.natural.write(value)
            return found == equals.scalarText ? nil : "it is '\(found)'"
        }
        guard let number = value.limitNumber else {
            return "it is the text '\(ValueFormat.natural.write(value))', not a number"
        }
        let slack = try slack(of: value, number)
        let found = ValueFormat(parsing: "±").map { $0.write(value) } ?? ""
        if let minimum, number + slack < minimum {
            return "it is \(found), below by \(Self.text(minimum - number))"
        }
        if let maximum, number - slack > maximum {
            return "it is \(found), above by \(Self.text(number - maximum))"
        }
        guard let expected = equals?.number else { return nil }
        let rounding = 1e-9 * max(abs(expected), abs(number))
        return abs(number - expected) <= max(slack, rounding)
            ? nil : "it is \(found), off by \(Self.text(abs(number - expected)))"
    }

    private func slack(of value: PublishedValue, _ number: Double) throws -> Double {
        guard let standardErrors else { return 0 }
        if let error = value.standardError { return standardErrors * error }
        if let deviation = value.deviation, let runs = value.runCount {
            return standardErrors * deviation / Double(runs).squareRoot()
        }
        if case .integer = value.content, number == equals?.number { return 0 }
        throw cell.error(
            "'\(name)' has no standard error, so 'sigmas' cannot widen its bound",
            at: field.value.fields?.first { $0.key == "sigmas" }?.keyLocation ?? field.keyLocation,
            suggestion: "leave 'sigmas' out and move the bound instead")
    }

    private static func text(_ number: Double) -> String { ValueFormat.natural.write(number) }
}

extension PublishedValue {
    /// The number, infinite for the texts ∞ and −∞.
    fileprivate var limitNumber: Double? {
        switch content {
        case .text("∞"): .infinity
        case .text("−∞"): -.infinity
        default: number
        }
    }
}
