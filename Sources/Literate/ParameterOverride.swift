import Files

/// `-P key=value` from the command line: a plain key is a parameter, a dotted one a config key.
public struct ParameterOverride: Sendable, Equatable {
    /// The key.
    public let key: String
    /// The value, typed as YAML types it.
    public let value: CellValue
    /// The argument as a source of its own, for carets.
    public let source: SourceText

    /// Whether the key is a config key.
    public var isConfigKey: Bool { key.contains(".") }

    /// Reads `key=value`. Throws a ``SourceError`` located in the argument.
    public init(_ argument: String) throws {
        source = SourceText(name: "-P", text: argument)
        let whole = SourceLocation(file: "-P", line: 1, column: 1, length: max(1, argument.count))
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
            throw SourceError(
                "expected key=value, found '\(argument)'", at: whole, in: source,
                suggestion: "write it like -P beta=4 or -P train.epochs=3")
        }
        key = String(argument[..<equals])
        let start = argument.distance(from: argument.startIndex, to: equals) + 1
        let text = String(argument[argument.index(after: equals)...])
        value = try YAMLReader(source: source).value(of: text, line: 1, column: start + 1)
    }

    /// Where the key stands in the argument.
    var location: SourceLocation {
        SourceLocation(file: source.name, line: 1, column: 1, length: key.count)
    }
}
