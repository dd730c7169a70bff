import Files

/// Lays settings over the defaults, each checked against the table.
struct ConfigResolver {
    /// The value of every key.
    private(set) var values: [String: ConfigValue]
    /// Who set a key that is not at its default.
    private(set) var settings: [String: ConfigSetting] = [:]

    /// Layers from the weakest to the strongest: config file, cell, command line.
    init(layers: [[ConfigSetting]]) throws {
        values = Dictionary(uniqueKeysWithValues: KeyTable.keys.map { ($0.name, $0.defaultValue) })
        for layer in layers {
            var seen: Set<String> = []
            for setting in layer {
                guard seen.insert(setting.key).inserted else {
                    throw setting.keyError(
                        "the key '\(setting.key)' is set twice", suggestion: "keep one of them")
                }
                try apply(setting)
            }
        }
    }

    private mutating func apply(_ setting: ConfigSetting) throws {
        guard let key = KeyTable.key(setting.key) else {
            throw setting.keyError(
                "there is no key '\(setting.key)'",
                suggestion: ConfigReader.suggestion(for: setting.key))
        }
        values[key.name] = try ConfigResolver.checked(setting, key)
        settings[key.name] = setting
    }

    /// The value in the key's own type. Throws a located error that says what may stand there.
    private static func checked(_ setting: ConfigSetting, _ key: ConfigKey) throws -> ConfigValue {
        if setting.value == .null {
            if key.defaultValue == .null { return .null }
            throw mismatch(setting, key)
        }
        switch (key.kind, setting.value) {
        case (.integer(let range), .integer(let integer)) where range.contains(integer):
            return .integer(integer)
        case (.number(let range, let isPositive), .integer(let integer)):
            return try checked(Double(integer), range, isPositive, setting, key)
        case (.number(let range, let isPositive), .number(let number)):
            return try checked(number, range, isPositive, setting, key)
        case (.choice(let names), let value):
            return try checked(value.canonicalText, names, setting, key)
        case (.flag, .flag(let flag)): return .text(flag ? "true" : "false")
        case (.numbers(let range), let value):
            guard let numbers = value.numbers(in: range) else { throw mismatch(setting, key) }
            return .text(numbers.map { String($0) }.joined(separator: ", "))
        case (.device, .text(let name)): return .text(try checkedDevice(name, setting, key))
        case (.text, let value) where !value.canonicalText.isEmpty:
            return .text(value.canonicalText)
        default: throw mismatch(setting, key)
        }
    }

    private static func checked(
        _ number: Double, _ range: ClosedRange<Double>, _ isPositive: Bool,
        _ setting: ConfigSetting, _ key: ConfigKey
    ) throws -> ConfigValue {
        guard range.contains(number), !isPositive || number > range.lowerBound else {
            throw mismatch(setting, key)
        }
        return .number(number)
    }

    private static func checked(
        _ name: String, _ names: [String], _ setting: ConfigSetting, _ key: ConfigKey
    ) throws -> ConfigValue {
        guard !names.contains(name) else { return .text(name) }
        throw mismatch(
            setting, key, suggestion: names.nearest(to: name).map { "did you mean '\($0)'?" })
    }

    private static func checkedDevice(
        _ name: String, _ setting: ConfigSetting, _ key: ConfigKey
    ) throws -> String {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        let known = ["cpu", "cuda", "mps", "auto"]
        guard let kind = parts.first, known.contains(String(kind)), parts.count <= 2,
            parts.count == 1 || Int(parts[1]) != nil
        else { throw mismatch(setting, key) }
        return name
    }

    private static func mismatch(
        _ setting: ConfigSetting, _ key: ConfigKey, suggestion: String? = nil
    ) -> SourceError {
        var advice = suggestion
        if case .text(let text) = setting.value, advice == nil,
            let line = setting.source?.lines, line.indices.contains(setting.valueLocation.line - 1),
            line[setting.valueLocation.line - 1].contains("\"\(text)\""),
            (try? checked(unquoted(setting, text), key)) != nil
        {
            advice = "take the quotes away"
        }
        return setting.valueError(
            "'\(key.name)' is \(key.expectation), found \(setting.value.spoken)",
            suggestion: advice)
    }

    private static func unquoted(_ setting: ConfigSetting, _ text: String) -> ConfigSetting {
        ConfigSetting(
            key: setting.key, value: ConfigValue(plain: text), keyLocation: setting.keyLocation,
            valueLocation: setting.valueLocation, source: nil)
    }
}
