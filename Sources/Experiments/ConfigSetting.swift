import Files

/// A key with the value that somebody gave it, and where.
public struct ConfigSetting: Sendable, Equatable {
    /// The dotted key.
    public let key: String
    /// The value as YAML types it.
    public let value: ConfigValue
    /// Where the key stands.
    public let keyLocation: SourceLocation
    /// Where the value stands.
    public let valueLocation: SourceLocation
    /// The text that both stand in, for carets; nil when it is not at hand.
    public let source: SourceText?

    /// A setting from a cell of a report or anywhere else.
    public init(
        key: String, value: ConfigValue, keyLocation: SourceLocation,
        valueLocation: SourceLocation, source: SourceText?
    ) {
        self.key = key
        self.value = value
        self.keyLocation = keyLocation
        self.valueLocation = valueLocation
        self.source = source
    }

    /// Reads `key=value` as it follows `-P`. Throws a ``Files/SourceError`` located in the argument.
    public init(argument: String) throws {
        let source = SourceText(name: "-P", text: argument)
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
            throw SourceError(
                "expected key=value, found '\(argument)'",
                at: SourceLocation(
                    file: "-P", line: 1, column: 1, length: max(1, argument.count)),
                in: source, suggestion: "write it like -P train.epochs=3")
        }
        let key = String(argument[..<equals])
        let text = String(argument[argument.index(after: equals)...])
        self.init(
            key: key, value: ConfigValue(plain: text),
            keyLocation: SourceLocation(file: "-P", line: 1, column: 1, length: key.count),
            valueLocation: SourceLocation(
                file: "-P", line: 1, column: key.count + 2, length: max(1, text.count)),
            source: source)
    }

    func keyError(_ message: String, suggestion: String?) -> SourceError {
        SourceError(message, at: keyLocation, in: source, suggestion: suggestion)
    }

    func valueError(_ message: String, suggestion: String?) -> SourceError {
        SourceError(message, at: valueLocation, in: source, suggestion: suggestion)
    }
}
