import Files
import Foundation
import Literate

/// What a page carries of the report that it was made from, read back from `report.html`.
public struct RecordedPage {
    /// A drawing in the page, with the body of the cell that made it.
    public struct Drawing {
        /// The SVG.
        public let svg: String
        /// The cell's YAML: "kind: prior-samples".
        public let body: String
        /// What one sees.
        public let alternativeText: String

        /// The drawing as a cell's output, with ids of the cell's own.
        public func output(label: String, caption: String) -> CellOutput {
            let old = svg.firstRange(of: "id=\"~").map { range in
                "~" + svg[range.upperBound...].prefix { $0.isNumber } + "-"
            }
            let own = old.map {
                svg.replacing("\"\($0)", with: "\"\(label)-").replacing(
                    "#\($0)", with: "#\(label)-")
            }
            return .figure(
                FigureOutput(
                    svg: own ?? svg, alternativeText: alternativeText,
                    defaultCaption: MarkdownText.escaped(caption), width: .wide))
        }
    }

    /// The report's title.
    public let title: String
    /// Published values by full name.
    public let values: [String: PublishedValue]
    /// The records of train cells as JSON, by label.
    public let records: [String: Data]
    /// Drawings whose cells' sources stand below them.
    public let drawings: [Drawing]

    /// Reads a page. Throws a ``Files/FileError`` when it carries no record.
    public init(_ html: String, path: String) throws {
        guard let start = html.firstRange(of: Self.opening)?.upperBound,
            let end = html[start...].firstRange(of: "</script>")?.lowerBound,
            let record = try? JSONDecoder().decode(
                JSONValue.self, from: Data(html[start..<end].utf8)),
            case .object(let object) = record, case .object(let groups)? = object["values"]
        else {
            throw FileError(
                action: "compare", path: path, problem: "it carries no record of a run",
                advice: "expected a report.html that vae-report build wrote")
        }
        if case .text(let title)? = object["title"] { self.title = title } else { title = "" }
        values = Self.values(groups, ProtocolTexts(object))
        var records: [String: Data] = [:]
        if case .object(let cells)? = object["cells"] {
            for (label, cell) in cells {
                records[label] = try JSONEncoder().encode(cell.withRows(of: ["epochs", "scores"]))
            }
        }
        self.records = records
        drawings = Self.drawings(html)
    }

    private static let opening = "<script type=\"application/json\" id=\"record\">"

    private static func values(
        _ groups: [String: JSONValue], _ protocols: ProtocolTexts
    ) -> [String: PublishedValue] {
        var result: [String: PublishedValue] = [:]
        for (group, members) in groups {
            guard case .object(let members) = members else { continue }
            for (name, value) in members {
                let full = group.isEmpty ? name : "\(group).\(name)"
                result[full] = PublishedValue(recorded: value, protocols)
            }
        }
        return result
    }

    /// Figures are followed by the folded source of their cell, unless the author hid it.
    private static func drawings(_ html: String) -> [Drawing] {
        html.split(separator: "<figure class=\"figure").dropFirst().compactMap { part in
            guard let start = part.firstRange(of: "<svg")?.lowerBound,
                let end = part.firstRange(of: "</svg>")?.upperBound, start < end,
                let source = part[end...].firstRange(of: "<details class=\"source\"")?.upperBound,
                let body = part[source...].firstRange(of: "<code>")?.upperBound,
                let bodyEnd = part[body...].firstRange(of: "</code>")?.lowerBound
            else { return nil }
            let svg = String(part[start..<end])
            let name = svg.firstRange(of: "aria-label=\"").map { range in
                String(svg[range.upperBound...].prefix { $0 != "\"" })
            }
            return Drawing(
                svg: svg, body: Escape.unescaped(String(part[body..<bodyEnd])),
                alternativeText: Escape.unescaped(name ?? ""))
        }
    }
}

/// The protocols of a record: lists of places in a list of phrases.
private struct ProtocolTexts {
    private let texts: [String]

    init(_ record: [String: JSONValue]) {
        func list(_ key: String) -> [JSONValue] {
            if case .list(let items)? = record[key] { items } else { [] }
        }
        let phrases = list("phrases").map { if case .text(let text) = $0 { text } else { "" } }
        texts = list("protocols").map { entry in
            guard case .list(let places) = entry else { return "" }
            return places.map { place in
                if case .integer(let number) = place, phrases.indices.contains(number) {
                    return phrases[number]
                }
                return ""
            }.joined()
        }
    }

    subscript(value: JSONValue?) -> String? {
        guard case .integer(let number)? = value, texts.indices.contains(number) else { return nil }
        return texts[number]
    }
}

extension PublishedValue {
    /// A value as a record keeps it: a number or text alone, a list in the order of the record's `fields`,
    /// or an object.
    fileprivate init(recorded value: JSONValue, _ protocols: ProtocolTexts) {
        switch value {
        case .object(let object):
            if case .text(let reason)? = object["not_computed"] {
                self.init(notComputed: reason, protocolNote: protocols[object["protocol"]])
            } else {
                self.init(
                    object["value"]?.double ?? .nan, unit: object["unit"]?.string,
                    protocolNote: protocols[object["protocol"]],
                    deviation: object["standard_deviation"]?.double,
                    runCount: object["runs"]?.double.flatMap { Int(exactly: $0) })
            }
        case .list(let items):
            func item(_ place: Int) -> JSONValue? {
                items.indices.contains(place) ? items[place] : nil
            }
            self.init(
                plain: item(0) ?? .null, unit: item(4)?.string,
                count: item(2)?.double.flatMap { Int(exactly: $0) }, standardError: item(1)?.double,
                protocolNote: protocols[item(3)])
        default: self.init(plain: value)
        }
    }

    private init(
        plain value: JSONValue, unit: String? = nil, count: Int? = nil,
        standardError: Double? = nil, protocolNote: String? = nil
    ) {
        switch value {
        case .text(let text): self.init(text: text)
        case .integer(let number) where unit == nil && count == nil: self.init(integer: number)
        default:
            self.init(
                value.double ?? .nan, unit: unit, count: count, standardError: standardError,
                protocolNote: protocolNote)
        }
    }
}

extension JSONValue {
    fileprivate var double: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    fileprivate var string: String? { if case .text(let text) = self { text } else { nil } }

    /// The same with what stands under the keys in `names` as a list of objects again, where it was
    /// written as an object of lists.
    func withRows(of names: Set<String>) -> JSONValue {
        switch self {
        case .object(let object):
            .object(
                Dictionary(
                    uniqueKeysWithValues: object.map { key, value in
                        (key, names.contains(key) ? value.rows : value.withRows(of: names))
                    }))
        case .list(let items): .list(items.map { $0.withRows(of: names) })
        default: self
        }
    }

    /// A list of objects from an object of lists as long as each other; as it is otherwise.
    private var rows: JSONValue {
        guard case .object = self, let count = length, hasColumns(of: count) else { return self }
        return .list((0..<count).map(row))
    }

    /// Whether there is nothing but lists of that length: rows then take no more room than they.
    private func hasColumns(of count: Int) -> Bool {
        switch self {
        case .list(let items): items.count == count
        case .object(let object): object.values.allSatisfy { $0.hasColumns(of: count) }
        default: false
        }
    }

    /// How many rows an object of lists has.
    private var length: Int? {
        switch self {
        case .list(let items): items.count
        case .object(let object): object.values.compactMap(\.length).first
        default: nil
        }
    }

    private func row(_ place: Int) -> JSONValue {
        switch self {
        case .list(let items): items.indices.contains(place) ? items[place] : .null
        case .object(let object): .object(object.mapValues { $0.row(place) })
        default: self
        }
    }
}
