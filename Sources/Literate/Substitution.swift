import Files

/// Puts parameters in the place of `${params.name}`, and remembers which were used.
struct Substitution {
    let parameters: [String: CellValue]
    private(set) var used: Set<String> = []

    init(parameters: [String: CellValue]) { self.parameters = parameters }

    /// A value with the parameters in it replaced. A scalar that is nothing but one parameter takes the
    /// parameter's type; within a longer text the parameter's text stands.
    mutating func apply(to value: CellValue, in source: SourceText) throws -> CellValue {
        switch value.content {
        case .text(let text): try apply(to: text, at: value.location, in: source)
        case .list(let items):
            CellValue(.list(try items.map { try apply(to: $0, in: source) }), at: value.location)
        case .mapping(let fields):
            CellValue(
                .mapping(
                    try fields.map {
                        CellField(
                            key: $0.key, at: $0.keyLocation,
                            value: try apply(to: $0.value, in: source))
                    }), at: value.location)
        default: value
        }
    }

    private mutating func apply(
        to text: String, at location: SourceLocation, in source: SourceText
    ) throws -> CellValue {
        var result = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "${"),
            let close = rest[open.upperBound...].firstIndex(of: "}")
        {
            let name = rest[open.upperBound..<close]
            guard name.first?.isLetter == true, !name.contains("\\") else {
                result += rest[..<open.upperBound]
                rest = rest[open.upperBound...]
                continue
            }
            let value = try parameter(String(name), in: text, at: location, source)
            if open.lowerBound == text.startIndex, text.index(after: close) == text.endIndex {
                return CellValue(value.content, at: location)
            }
            result += rest[..<open.lowerBound] + (value.scalarText ?? value.canonical)
            rest = rest[text.index(after: close)...]
        }
        return CellValue(.text(result + rest), at: location)
    }

    private mutating func parameter(
        _ name: String, in text: String, at location: SourceLocation, _ source: SourceText
    ) throws -> CellValue {
        let bare = name.hasPrefix("params.") ? String(name.dropFirst(7)) : name
        if name.hasPrefix("params."), let value = parameters[bare] {
            used.insert(bare)
            return value
        }
        let line =
            source.lines.indices.contains(location.line - 1) ? source.lines[location.line - 1] : ""
        let column = line.firstRange(of: "${\(name)}").map {
            line.distance(from: line.startIndex, to: $0.lowerBound) + 3
        }
        let place = SourceLocation(
            file: location.file, line: location.line, column: column ?? location.column,
            length: name.count)
        throw SourceError(
            "no parameter '\(name)'", at: place, in: source,
            suggestion: Suggestion.forName(
                name.hasPrefix("params.") ? name : "params.\(bare)",
                among: parameters.keys.map { "params.\($0)" }, called: "parameters")
                ?? "declare it in the front matter: params: {\(bare): …}")
    }

    /// Notes that a parameter was used by name rather than by `${…}`.
    mutating func note(use name: String) { used.insert(name) }
}
