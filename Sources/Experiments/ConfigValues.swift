import Files

/// The checked values of all keys in their own types. Asking for a key in a type that the table does
/// not give it is a mistake of this room.
struct ConfigValues {
    private let resolver: ConfigResolver

    init(_ resolver: ConfigResolver) {
        self.resolver = resolver
    }

    func value(of key: ConfigKey) -> ConfigValue { resolver.values[key.name] ?? key.defaultValue }

    func isSet(_ name: String) -> Bool { resolver.settings[name] != nil }

    /// A whole number, nil when unset.
    func integer(_ name: String) -> Int? {
        if case .integer(let value) = resolver.values[name] { value } else { nil }
    }

    func required(_ name: String) -> Int {
        guard let value = integer(name) else {
            preconditionFailure("'\(name)' is not declared as a whole number with a default")
        }
        return value
    }

    func optionalNumber(_ name: String) -> Double? {
        if case .number(let value) = resolver.values[name] { value } else { nil }
    }

    func number(_ name: String) -> Double {
        guard let value = optionalNumber(name) else {
            preconditionFailure("'\(name)' is not declared as a number with a default")
        }
        return value
    }

    func text(_ name: String) -> String {
        guard let value = optionalText(name) else {
            preconditionFailure("'\(name)' is not declared as a text with a default")
        }
        return value
    }

    func optionalText(_ name: String) -> String? {
        if case .text(let value) = resolver.values[name] { value } else { nil }
    }

    func flag(_ name: String) -> Bool { text(name) == "true" }

    /// The numbers of a list.
    func numbers(_ name: String) -> [Double] {
        text(name).split(separator: ",").compactMap { Double($0.filter { $0 != " " }) }
    }

    /// The case that a name stands for; `other` covers none that the table lets through.
    func choice<Choice: RawRepresentable>(
        _ name: String, or other: Choice
    ) -> Choice where Choice.RawValue == String { Choice(rawValue: text(name)) ?? other }

    /// An error at the first of the keys that somebody set.
    func error(_ message: String, at names: [String], suggestion: String?) -> SourceError {
        if let setting = names.lazy.compactMap({ resolver.settings[$0] }).first {
            return setting.valueError(message, suggestion: suggestion)
        }
        return SourceError(
            message, at: SourceLocation(file: "the defaults", line: 1, column: 1),
            suggestion: suggestion)
    }
}
