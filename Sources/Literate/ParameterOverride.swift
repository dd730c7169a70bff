import Files

/// `-P key=value` from the command line: a plain key is a parameter, a dotted one a config key, and so
/// is a plain one that names a config key and no parameter ("seed").
public struct ParameterOverride: Sendable, Equatable {
    /// The key.
    public let key: String
    /// The value, typed as YAML types it.
    public let value: CellValue
    /// The argument as a source of its own, for carets.
    public let source: SourceText

    /// Whether the key is a config key; known for a plain one when a document is parsed.
    public private(set) var isConfigKey: Bool
    /// Where the key stands: in the argument, or in the report's front matter.
    public let location: SourceLocation
    /// The profile of the report that sets it; nil for what stands on the command line.
    public let profile: String?

    /// Reads `key=value`. Throws a ``SourceError`` located in the argument.
    public init(_ argument: String) throws {
        source = SourceText(name: "-P", text: argument)
        profile = nil
        let whole = SourceLocation(file: "-P", line: 1, column: 1, length: max(1, argument.count))
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
            throw SourceError(
                "expected key=value, found '\(argument)'", at: whole, in: source,
                suggestion: "write it like -P beta=4 or -P train.epochs=3")
        }
        key = String(argument[..<equals])
        isConfigKey = key.contains(".")
        location = SourceLocation(file: "-P", line: 1, column: 1, length: key.count)
        let start = argument.distance(from: argument.startIndex, to: equals) + 1
        let text = String(argument[argument.index(after: equals)...])
        value = try YAMLReader(source: source).value(of: text, line: 1, column: start + 1)
    }

    /// A line of a profile in the front matter of `source`.
    init(_ field: CellField, profile: String, in source: SourceText) {
        key = field.key
        value = field.value
        isConfigKey = key.contains(".")
        location = field.keyLocation
        self.source = source
        self.profile = profile
    }

    /// What messages call it: "-P beta", or the line's key.
    var spoken: String {
        profile == nil ? "-P \(key)" : "'\(key)' of the profile '\(profile ?? "")'"
    }

    /// The override in a document with these parameters and kinds of cells.
    func judged(parameters: [CellField], kinds: [String: CellKind]) -> ParameterOverride {
        var result = self
        result.isConfigKey =
            isConfigKey
            || !parameters.contains { $0.key == key }
                && kinds.values.contains { $0.configKey?(key) == .accepted }
        return result
    }
}
