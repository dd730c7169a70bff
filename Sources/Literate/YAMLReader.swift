import Files
import Yams

/// Reads YAML that stands somewhere inside a source file and keeps every location.
struct YAMLReader {
    let source: SourceText

    /// The fields of a mapping whose text begins at `line`; empty for an empty text. Columns are
    /// those of `text`, which therefore keeps the file's indentation.
    func fields(of text: String, line: Int, whatIsExpected: String) throws -> [CellField] {
        let value = try value(of: text, line: line)
        if case .null = value.content { return [] }
        guard let fields = value.fields else {
            throw SourceError(
                "expected \(whatIsExpected), found \(value.spoken)", at: value.location, in: source,
                suggestion: "write one 'key: value' on each line")
        }
        return fields
    }

    /// The value that `text` holds; its first character stands at `line` and `column`.
    func value(of text: String, line: Int, column: Int = 1) throws -> CellValue {
        let start = SourceLocation(file: source.name, line: line, column: column)
        if let name = YAMLAliases.first(in: text) {
            throw SourceError(
                "YAML anchors and aliases are not understood here, found '*\(name)'", at: start,
                in: source, suggestion: "write out what '&\(name)' stands for")
        }
        do {
            guard let node = try compose(yaml: text, .basic) else {
                return CellValue(.null, at: start)
            }
            return try convert(node, start)
        } catch let error as YamlError {
            throw located(error, start)
        }
    }

    private func convert(_ node: Node, _ start: SourceLocation) throws -> CellValue {
        let place = location(of: node, start)
        try refuseTag(node.writtenTag, of: node, start)
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            let content = isPlain ? YAMLReader.typed(scalar.string) : .text(scalar.string)
            return CellValue(content, at: place)
        case .sequence(let sequence):
            return CellValue(.list(try sequence.map { try convert($0, start) }), at: place)
        case .mapping(let mapping):
            let fields = try mapping.map { key, value in
                guard let name = key.scalar?.string else {
                    throw SourceError(
                        "expected a word as key, found a list or mapping",
                        at: location(of: key, start), in: source)
                }
                try refuseTag(key.writtenKeyTag, of: key, start)
                return CellField(
                    key: name, at: location(of: key, start), value: try convert(value, start))
            }
            return CellValue(.mapping(fields), at: place)
        case .alias:
            throw SourceError("YAML aliases are not understood here", at: place, in: source)
        }
    }

    /// A tag such as `!!int` would be passed over: values are what they look like.
    private func refuseTag(_ tag: String?, of node: Node, _ start: SourceLocation) throws {
        guard let tag else { return }
        throw SourceError(
            "YAML tags are not understood here, found '\(tag)'",
            at: location(node.mark, start, length: tag.count), in: source,
            suggestion: "take '\(tag)' away, or quote a text that begins with '!'")
    }

    private func location(of node: Node, _ start: SourceLocation) -> SourceLocation {
        let length = node.scalar.map { $0.string.prefix { $0 != "\n" }.count } ?? 1
        return location(node.mark, start, length: max(1, length))
    }

    private func location(_ mark: Mark?, _ start: SourceLocation, length: Int) -> SourceLocation {
        guard let mark else { return start }
        let offset = mark.line == 1 ? start.column - 1 : 0
        return SourceLocation(
            file: source.name, line: start.line + mark.line - 1, column: mark.column + offset,
            length: length)
    }

    private func located(_ error: YamlError, _ start: SourceLocation) -> SourceError {
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let whole = [context?.text, problem].compactMap(\.self).joined(separator: " ")
            return SourceError(
                "this is not valid YAML: \(whole)", at: location(mark, start, length: 1),
                in: source, suggestion: "quote a text that holds ':', '#', '{' or '['")
        case .duplicatedKeysInMapping(let keys, let context):
            let name = keys.first ?? ""
            return SourceError(
                "the key '\(name)' stands here twice",
                at: location(context.mark, start, length: max(1, name.count)), in: source,
                suggestion: "keep one of them")
        default:
            return SourceError("this is not valid YAML: \(error)", at: start, in: source)
        }
    }

    /// A plain scalar by YAML's core schema, plus numbers such as `1e-3`.
    static func typed(_ text: String) -> CellValue.Content {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .boolean(true)
        case "false", "False", "FALSE": return .boolean(false)
        default: break
        }
        guard let first = text.utf8.first, first <= UInt8(ascii: "9"), first != UInt8(ascii: "$")
        else { return .text(text) }
        if let integer = Int(text) { return .integer(integer) }
        let isNumeric = text.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+")].contains($0)
                || $0 | 32 == UInt8(ascii: "e")
        }
        if isNumeric, let number = Double(text.hasPrefix(".") ? "0" + text : text),
            number.isFinite
        {
            return .number(number)
        }
        return .text(text)
    }
}
