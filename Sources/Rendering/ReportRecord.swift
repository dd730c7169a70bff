import Foundation
import Literate

/// The run's record as the page carries it: one JSON object with values and the cells' records.
enum ReportRecord {
    /// Compact JSON: `cells`, `fields`, `overrides`, `phrases`, `protocols`, `title`, `values`.
    ///
    /// `values` holds for "main.test" what is below it: a number or text alone, a list in the order of
    /// `fields`, or an object for what was not computed and for means over runs. Hundreds of protocols
    /// share their words, so a protocol is a place in `protocols`, which holds places in `phrases`: those
    /// phrases, joined. In `cells`, a list of objects alike (a training's epochs) is one object of lists.
    static func json(_ report: BuiltReport, phrases: PhraseList, title: String) throws -> String {
        let overrides = Dictionary(
            report.document.overrides.map { ($0.key, $0.value.scalarText ?? $0.value.canonical) }
        ) { first, _ in first }
        let records = try zip(report.document.cells, report.outcomes).compactMap { cell, outcome in
            try outcome.result?.record.map { "\(try text(cell.id)):\(try columns($0))" }
        }
        var groups: [String: [String: JSONValue]] = [:]
        for (name, value) in report.values.sorted(by: { $0.key < $1.key }) {
            let dot = name.lastIndex(of: ".")
            let group = dot.map { String(name[..<$0]) } ?? ""
            let last = dot.map { String(name[name.index(after: $0)...]) } ?? name
            groups[group, default: [:]][last] = recorded(value, phrases)
        }
        return """
            {"cells":{\(records.joined(separator: ","))},"fields":\(try text(fields)),\
            "overrides":\(try text(overrides)),"phrases":\(try text(phrases.phrases)),\
            "protocols":\(try text(phrases.protocols)),"title":\(try text(title)),"values":\(try text(groups))}
            """
    }

    private static let fields = ["value", "standard_error", "n", "protocol", "unit"]

    private static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// A cell's record with its series as columns; as it is where it is not JSON.
    private static func columns(_ json: String) throws -> String {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(json.utf8)) else {
            return try text(json)
        }
        return try text(value.columns)
    }

    // MARK: Values

    private static func recorded(_ value: PublishedValue, _ phrases: PhraseList) -> JSONValue {
        let note = value.protocolNote.flatMap(phrases.number).map(JSONValue.integer)
        let unit = value.unit?.isEmpty == false ? value.unit.map(JSONValue.text) : nil
        let content: JSONValue
        switch value.content {
        case .number(let number): content = .number(rounded(number, error: value.spread))
        case .integer(let integer): content = .integer(integer)
        case .text(let text): content = .text(text)
        case .notComputed(let reason):
            var object: [String: JSONValue] = ["not_computed": .text(reason)]
            object["protocol"] = note
            return .object(object)
        }
        if let deviation = value.deviation, let runs = value.runCount {
            var object: [String: JSONValue] = ["value": content, "runs": .integer(runs)]
            object["standard_deviation"] = .number(significant(deviation, 4))
            object["protocol"] = note
            object["unit"] = unit
            return .object(object)
        }
        var list: [JSONValue] = [
            content, value.standardError.map { .number(significant($0, 4)) } ?? .null,
            value.count.map(JSONValue.integer) ?? .null, note ?? .null, unit ?? .null,
        ]
        while list.last == .null { list.removeLast() }
        return list.count == 1 ? content : .list(list)
    }

    /// The digits that matter: two beyond the first of the error, or those of a float32.
    private static func rounded(_ number: Double, error: Double?) -> Double {
        guard let error, error > 0, number != 0 else { return significant(number, 9) }
        let sure = min(15, max(1, log10(abs(number) / error).rounded(.up)))
        return significant(number, Int(sure) + 2)
    }

    private static func significant(_ number: Double, _ digits: Int) -> Double {
        Double(String(format: "%.\(digits)g", number)) ?? number
    }
}
