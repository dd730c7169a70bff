import Foundation

/// JSON of any shape, read to be written again in another shape.
enum JSONValue: Equatable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    /// The same with each list of objects that have the same keys as one object of lists, and numbers
    /// with nine significant digits, which tell any two float32 apart.
    var columns: JSONValue {
        switch self {
        case .null, .boolean, .integer, .text: return self
        case .number(let number):
            return .number(Double(String(format: "%.9g", number)) ?? number)
        case .object(let object): return .object(object.mapValues(\.columns))
        case .list(let items):
            let rows = items.compactMap { item -> [String: JSONValue]? in
                if case .object(let row) = item { row } else { nil }
            }
            guard let first = rows.first, rows.count == items.count,
                rows.allSatisfy({ $0.keys == first.keys })
            else { return .list(items.map(\.columns)) }
            return .object(
                Dictionary(
                    uniqueKeysWithValues: first.keys.map { key in
                        (key, JSONValue.list(rows.compactMap { $0[key] }).columns)
                    }))
        }
    }
}

extension JSONValue: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
