import Foundation
import Literate

/// The run's record as the page carries it: one JSON object with values and the cells' records.
enum ReportRecord {
    /// JSON with sorted keys: `title`, `overrides`, `values`, `cells`.
    static func json(_ report: BuiltReport, title: String) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        func text(_ value: some Encodable) throws -> String {
            String(decoding: try encoder.encode(value), as: UTF8.self)
        }
        let overrides = Dictionary(
            report.document.overrides.map { ($0.key, $0.value.scalarText ?? $0.value.canonical) }
        ) { first, _ in first }
        let records = try zip(report.document.cells, report.outcomes).compactMap { cell, outcome in
            try outcome.result?.record.map { "\(try text(cell.id)):\($0)" }
        }
        return """
            {"cells":{\(records.joined(separator: ","))},"overrides":\(try text(overrides)),\
            "title":\(try text(title)),"values":\(try text(report.values))}
            """
    }
}
