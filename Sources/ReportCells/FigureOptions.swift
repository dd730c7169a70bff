import Files
import Literate

/// The options of one figure; every value is checked when it is read.
struct FigureOptions {
    let kind: FigureKind
    let cell: Cell
    let fields: [CellField]

    /// The options that a figure cell writes.
    init(_ cell: Cell) throws {
        kind = try FigureKind.of(cell)
        self.cell = cell
        fields = cell.fields.filter { $0.key != "kind" }
    }

    /// The value of a key; nil when it is left out or null.
    subscript(key: String) -> CellValue? {
        fields.first { $0.key == key && $0.value.content != .null }?.value
    }

    /// Whether the key has a value.
    func has(_ key: String) -> Bool { self[key] != nil }

    /// A located error about a key's value.
    func error(_ message: String, about key: String, suggestion: String? = nil) -> any Error {
        cell.error(message, at: self[key]?.location, suggestion: suggestion)
    }

    /// Whether it draws what an eval cell computed.
    var needsEvaluation: Bool {
        get throws { try kind.needsEvaluation || usesMixture }
    }

    /// Whether codes are drawn from the mixture that an eval cell fitted.
    var usesMixture: Bool {
        get throws { try word("prior") == "mixture" }
    }

    /// Refuses keys that the kind does not know, values that no run could take, and a figure without a
    /// subject.
    func validate() throws {
        for field in fields where field.key != kind.subject.rawValue {
            guard let option = kind.option(field.key) else { throw unknown(field) }
            try check(option, field.value, facts: nil)
        }
        guard fields.contains(where: { $0.key == kind.subject.rawValue }) else {
            throw cell.error(
                "a '\(kind.rawValue)' figure needs the key '\(kind.subject.rawValue)'",
                suggestion: "add a line '\(kind.subject.example)'")
        }
    }

    /// Refuses dimensions, images and classes that the run does not have.
    func validate(_ facts: RunFacts) throws {
        for option in kind.options {
            guard let value = self[option.name] else { continue }
            try check(option, value, facts: facts)
        }
    }

    private func unknown(_ field: CellField) -> any Error {
        let keys = kind.options.map(\.name)
        let known = keys.isEmpty ? "it takes none" : "it takes \(keys.joined(separator: ", "))"
        let isSubject = FigureKind.Subject(rawValue: field.key) != nil
        return cell.error(
            "a '\(kind.rawValue)' figure has no key '\(field.key)'", at: field.keyLocation,
            suggestion: isSubject ? "write '\(kind.subject.example)'" : known)
    }

    private func check(_ option: FigureOption, _ value: CellValue, facts: RunFacts?) throws {
        let name = option.name
        switch option.values {
        case .integer(let range): _ = try integer(value, name, in: range)
        case .number(let range): _ = try number(value, name, in: range)
        case .numbers(let range): _ = try numbers(value, name, in: range)
        case .dimensions(let count):
            _ = try dimensions(value, name, exactly: count, size: facts?.latentSize)
        case .image: _ = try image(value, name, count: facts?.testCount)
        case .images: _ = try images(value, name, count: facts?.testCount)
        case .pairs: _ = try pairs(value, name, count: facts?.testCount)
        case .word(let words): _ = try word(value, name, of: words)
        case .codes: _ = try codes(value, name, facts: facts)
        case .runs, .comparison: break
        }
    }
}

extension FigureKind.Subject {
    fileprivate var example: String {
        switch self {
        case .run: "run: main"
        case .runs: "runs: [a, b]"
        case .comparison: "compare: dae"
        }
    }
}

extension FigureOptions {
    /// The value of a key with the range that the kind's table gives it.
    private func option(_ key: String) -> (value: CellValue, values: FigureOption.Values)? {
        guard let value = self[key], let option = kind.option(key) else { return nil }
        return (value, option.values)
    }

    /// A whole number; nil when left out.
    func integer(_ key: String) throws -> Int? {
        guard case (let value, .integer(let range))? = option(key) else { return nil }
        return try integer(value, key, in: range)
    }

    /// A number; nil when left out.
    func number(_ key: String) throws -> Double? {
        guard case (let value, .number(let range))? = option(key) else { return nil }
        return try number(value, key, in: range)
    }

    /// A list of numbers; nil when left out.
    func numbers(_ key: String) throws -> [Double]? {
        guard case (let value, .numbers(let range))? = option(key) else { return nil }
        return try numbers(value, key, in: range)
    }

    /// One of the kind's words; nil when left out.
    func word(_ key: String) throws -> String? {
        guard case (let value, .word(let words))? = option(key) else { return nil }
        return try word(value, key, of: words)
    }

    /// Latent dimensions in the order given; nil when left out.
    func dimensions(_ key: String, size: Int) throws -> [Int]? {
        guard case (let value, .dimensions(let count))? = option(key) else { return nil }
        return try dimensions(value, key, exactly: count, size: size)
    }

    /// The place of a test image; nil when left out.
    func image(_ key: String, count: Int) throws -> Int? {
        try self[key].map { try image($0, key, count: count) }
    }

    /// Places of test images in the order given; nil when left out.
    func images(_ key: String, count: Int) throws -> [Int]? {
        try self[key].map { try images($0, key, count: count) }
    }

    /// Pairs of places of test images; nil when left out.
    func pairs(_ key: String, count: Int) throws -> [(Int, Int)]? {
        try self[key].map { try pairs($0, key, count: count) }
    }

    /// Codes of classes and images; nil when left out.
    func codes(_ key: String, _ facts: RunFacts) throws -> [CodeName]? {
        try self[key].map { try codes($0, key, facts: facts) }
    }

    /// Labels of runs, in order.
    func labels(_ key: String) -> [String] { self[key]?.items.compactMap(\.scalarText) ?? [] }
}
