import Files

/// A YAML value as the author wrote it, typed and located.
///
/// Plain scalars follow YAML's core schema, plus `1e-3` as a number; quoted scalars are text.
public struct CellValue: Sendable, Equatable {
    /// What a value can be.
    public indirect enum Content: Sendable, Equatable {
        /// Nothing, `null` or `~`.
        case null
        /// `true` or `false`.
        case boolean(Bool)
        /// A whole number.
        case integer(Int)
        /// Any other number.
        case number(Double)
        /// Everything else, and whatever stands in quotes.
        case text(String)
        /// A list.
        case list([CellValue])
        /// Keys with their values, in the order written.
        case mapping([CellField])
    }

    /// The typed value.
    public let content: Content
    /// Where it stands.
    public let location: SourceLocation

    /// A value found at `location`.
    public init(_ content: Content, at location: SourceLocation) {
        self.content = content
        self.location = location
    }

    /// The text, when this is a text.
    public var text: String? {
        if case .text(let text) = content { return text }
        return nil
    }

    /// The whole number, when this is one.
    public var integer: Int? {
        if case .integer(let integer) = content { return integer }
        return nil
    }

    /// The number, when this is a number of either sort.
    public var number: Double? {
        switch content {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        default: nil
        }
    }

    /// The truth value, when this is one.
    public var boolean: Bool? {
        if case .boolean(let boolean) = content { return boolean }
        return nil
    }

    /// The items: those of a list, or this value alone when it is a scalar; empty for null.
    public var items: [CellValue] {
        switch content {
        case .list(let items): items
        case .null: []
        default: [self]
        }
    }

    /// The fields of a mapping, when this is one.
    public var fields: [CellField]? {
        if case .mapping(let fields) = content { return fields }
        return nil
    }

    /// A scalar as text that parses back to the same value; nil for lists and mappings.
    public var scalarText: String? {
        switch content {
        case .null: "null"
        case .boolean(let boolean): boolean ? "true" : "false"
        case .integer(let integer): String(integer)
        case .number(let number): "\(number)"
        case .text(let text): text
        case .list, .mapping: nil
        }
    }

    /// What messages call this value: "the number 3", "a list".
    public var spoken: String {
        switch content {
        case .null: "nothing"
        case .boolean, .integer, .number: "'\(scalarText ?? "")'"
        case .text(let text): "the text '\(text)'"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The same text for the same content wherever it stands and however it was spelled: JSON with
    /// sorted keys. Cell keys are digests of it.
    public var canonical: String {
        switch content {
        case .null, .boolean, .integer: scalarText ?? ""
        case .number(let number): "\(number)"
        case .text(let text): CellValue.quoted(text)
        case .list(let items): "[" + items.map(\.canonical).joined(separator: ",") + "]"
        case .mapping(let fields):
            "{"
                + fields.sorted { $0.key < $1.key }
                .map { CellValue.quoted($0.key) + ":" + $0.value.canonical }
                .joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

/// A key with its value, both located.
public struct CellField: Sendable, Equatable {
    /// The key as written.
    public let key: String
    /// Where the key stands.
    public let keyLocation: SourceLocation
    /// The value.
    public let value: CellValue

    /// A field found at `keyLocation`.
    public init(key: String, at keyLocation: SourceLocation, value: CellValue) {
        self.key = key
        self.keyLocation = keyLocation
        self.value = value
    }
}
