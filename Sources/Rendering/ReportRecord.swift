import Foundation
import Literate

/// The run's record as the page carries it: one JSON object with values and the cells' records.
enum ReportRecord {
    /// Compact JSON with sorted keys: `cells`, `overrides`, `phrases`, `title`, `values`.
    ///
    /// A value is `{"value", "standard_error", "n", "unit", "protocol"}` or `{"not_computed"}`. Hundreds
    /// of protocols share their clauses, so `protocol` is a list of places in `phrases`: the protocol is
    /// those phrases, joined.
    static func json(_ report: BuiltReport, title: String) throws -> String {
        let overrides = Dictionary(
            report.document.overrides.map { ($0.key, $0.value.scalarText ?? $0.value.canonical) }
        ) { first, _ in first }
        let records = try zip(report.document.cells, report.outcomes).compactMap { cell, outcome in
            try outcome.result?.record.map { "\(try text(cell.id)):\(Compact.json($0))" }
        }
        var phrases = PhraseList()
        let values = try report.values.sorted { $0.key < $1.key }.map { name, value in
            "\(try text(name)):\(try text(RecordedValue(value, &phrases)))"
        }
        return """
            {"cells":{\(records.joined(separator: ","))},"overrides":\(try text(overrides)),\
            "phrases":\(try text(phrases.phrases)),"title":\(try text(title)),\
            "values":{\(values.joined(separator: ","))}}
            """
    }

    private static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// Clauses of protocols, each once, in the order of their first use.
private struct PhraseList {
    private(set) var phrases: [String] = []
    private var places: [String: Int] = [:]

    /// Where a protocol's clauses stand; a clause keeps the semicolon that ends it.
    mutating func places(of text: String) -> [Int] {
        let clauses = text.components(separatedBy: "; ")
        return clauses.enumerated().map { index, clause in
            place(of: index + 1 < clauses.count ? clause + "; " : clause)
        }
    }

    private mutating func place(of phrase: String) -> Int {
        if let place = places[phrase] { return place }
        places[phrase] = phrases.count
        phrases.append(phrase)
        return phrases.count - 1
    }
}

/// A value as the record writes it; ``PublishedValue`` writes the rest.
private struct RecordedValue: Encodable {
    private enum Keys: String, CodingKey {
        case protocolNote = "protocol"
    }

    private let value: PublishedValue
    private let places: [Int]?

    init(_ value: PublishedValue, _ phrases: inout PhraseList) {
        self.value = value.withoutProtocol
        places = value.protocolNote.map { phrases.places(of: $0) }
    }

    func encode(to encoder: any Encoder) throws {
        try value.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encodeIfPresent(places, forKey: .protocolNote)
    }
}

extension PublishedValue {
    /// The value as it is, but for its protocol and a unit that says nothing. Four digits of a standard
    /// error are more than it is sure of.
    fileprivate var withoutProtocol: PublishedValue {
        withoutProtocol(
            unit: unit?.isEmpty == true ? nil : unit,
            standardError: standardError.map { Double(String(format: "%.4g", $0)) ?? $0 })
    }
}
