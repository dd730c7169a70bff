import Files
import Yams

/// Turns the YAML of a config into settings with dotted keys, each with its place.
struct ConfigReader {
    let source: SourceText

    /// All settings in the order of the text. Throws a ``Files/SourceError``.
    func settings() throws -> [ConfigSetting] {
        try refuseWhatNoConfigNeeds()
        let root: Node?
        do {
            root = try Parser(yaml: source.text, resolver: .basic).singleRoot()
        } catch let error as YamlError {
            throw located(error)
        }
        guard let root else { return [] }
        if let scalar = root.scalar, ConfigValue(plain: scalar.string) == .null { return [] }
        guard let mapping = root.mapping else {
            throw SourceError(
                "a config is a list of 'key: value' lines", at: place(root), in: source)
        }
        var settings: [ConfigSetting] = []
        try collect(mapping, under: "", into: &settings)
        try refuseDuplicates(settings)
        return settings
    }

    private func collect(
        _ mapping: Node.Mapping, under section: String, into settings: inout [ConfigSetting]
    ) throws {
        for (keyNode, node) in mapping {
            guard let word = keyNode.scalar?.string, !word.isEmpty else {
                throw SourceError("expected a key", at: place(keyNode), in: source)
            }
            try refuseTag(keyNode.writtenKeyTag, of: keyNode)
            for value in [node] + (node.sequence.map(Array.init) ?? []) {
                try refuseTag(value.writtenTag, of: value)
            }
            let name = section.isEmpty ? word : "\(section).\(word)"
            let isSection = KeyTable.names.contains { $0.hasPrefix(name + ".") }
            if let scalar = node.scalar {
                let isPlain = scalar.style == .plain || scalar.style == .any
                let value = isPlain ? ConfigValue(plain: scalar.string) : .text(scalar.string)
                if isSection, value == .null { continue }
                settings.append(
                    ConfigSetting(
                        key: name, value: value, keyLocation: place(keyNode),
                        valueLocation: place(node), source: source))
            } else if let list = listText(node, of: name) {
                settings.append(
                    ConfigSetting(
                        key: name, value: .text(list), keyLocation: place(keyNode),
                        valueLocation: place(node), source: source))
            } else if isSection, let inner = node.mapping {
                try collect(inner, under: name, into: &settings)
            } else {
                throw unexpected(node, at: name, keyNode)
            }
        }
    }

    /// A tag such as `!!int` would be passed over: values are what they look like.
    private func refuseTag(_ tag: String?, of node: Node) throws {
        guard let tag else { return }
        throw SourceError(
            "YAML tags are not understood here, found '\(tag)'",
            at: place(node.mark, length: tag.count), in: source,
            suggestion: "take '\(tag)' away, or quote a text that begins with '!'")
    }

    /// A list of scalars under a key that takes a list, as text.
    private func listText(_ node: Node, of name: String) -> String? {
        guard case .numbers = KeyTable.key(name)?.kind, let sequence = node.sequence else {
            return nil
        }
        let items = sequence.compactMap { $0.scalar?.string }
        return items.count == sequence.count ? items.joined(separator: ", ") : nil
    }

    /// A list or a section where the table has a value, or under a key that it does not have.
    private func unexpected(_ node: Node, at name: String, _ keyNode: Node) -> SourceError {
        if let key = KeyTable.key(name) {
            let found = node.mapping == nil ? "a list" : "a section"
            return SourceError(
                "'\(name)' is \(key.expectation), found \(found)", at: place(node), in: source)
        }
        if KeyTable.names.contains(where: { $0.hasPrefix(name + ".") }) {
            return SourceError(
                "'\(name)' is a section of 'key: value' lines, found a list", at: place(node),
                in: source)
        }
        return SourceError(
            "there is no key '\(name)'", at: place(keyNode), in: source,
            suggestion: ConfigReader.suggestion(for: name))
    }

    /// "did you mean" for a key or a section.
    static func suggestion(for name: String) -> String? {
        if let meant = KeyTable.meanings[name] { return "did you mean '\(meant)'?" }
        let sections = Set(KeyTable.names.compactMap { $0.split(separator: ".").dropLast().first })
        let candidates = KeyTable.names + sections.map(String.init).sorted()
        return candidates.nearest(to: name).map { "did you mean '\($0)'?" }
    }

    private func refuseDuplicates(_ settings: [ConfigSetting]) throws {
        var seen: Set<String> = []
        for setting in settings where !seen.insert(setting.key).inserted {
            throw setting.keyError(
                "the key '\(setting.key)' stands here a second time",
                suggestion: "keep one of them")
        }
    }

    private func place(_ node: Node) -> SourceLocation {
        let length = node.scalar.map { $0.string.prefix { $0 != "\n" }.count } ?? 1
        return place(node.mark, length: max(1, length))
    }

    private func place(_ mark: Mark?, length: Int = 1) -> SourceLocation {
        SourceLocation(
            file: source.name, line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1),
            length: length)
    }
}

extension ConfigReader {
    private static let sizeLimit = 256 << 10
    private static let lineLimit = 2000
    private static let bracketLimit = 100
    private static let aliasLimit = 20

    /// Texts that would exhaust the YAML parser's stack or patience: no config is like that.
    private func refuseWhatNoConfigNeeds() throws {
        guard source.text.utf8.count <= ConfigReader.sizeLimit else {
            throw SourceError(
                "this is too large for a config: \(source.text.utf8.count) bytes",
                at: SourceLocation(file: source.name, line: 1, column: 1), in: nil)
        }
        var (brackets, aliases) = (0, 0)
        for (index, line) in source.lines.enumerated() {
            let content = line.prefix { $0 != "#" }
            brackets += content.utf8.count { "[{".utf8.contains($0) }
            aliases += content.utf8.count { $0 == UInt8(ascii: "*") }
            if line.utf8.count > ConfigReader.lineLimit || brackets > ConfigReader.bracketLimit
                || aliases > ConfigReader.aliasLimit
            {
                throw SourceError(
                    "a config is a list of short 'key: value' lines",
                    at: SourceLocation(file: source.name, line: index + 1, column: 1), in: nil)
            }
        }
    }

    private func located(_ error: YamlError) -> SourceError {
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let whole = [context?.text, problem].compactMap(\.self).joined(separator: " ")
            return SourceError(
                "this is not valid YAML: \(whole)", at: place(mark), in: source,
                suggestion: "quote a text that holds ':', '#', '{' or '['")
        case .duplicatedKeysInMapping(let keys, let context):
            let name = keys.first ?? ""
            return SourceError(
                "the key '\(name)' stands here twice",
                at: place(context.mark, length: max(1, name.count)), in: source,
                suggestion: "keep one of them")
        default:
            return SourceError("this is not valid YAML: \(error)", at: place(nil), in: source)
        }
    }
}
