extension KeyTable {
    /// The reference of every key as Markdown: name, what may stand there, default, documentation.
    public static func reference() -> String {
        let sections = keys.reduce(into: [(name: String, keys: [ConfigKey])]()) { sections, key in
            if sections.last?.name == key.section {
                sections[sections.count - 1].keys.append(key)
            } else {
                sections.append((key.section, [key]))
            }
        }
        return introduction + sections.map { table($0.name, $0.keys) }.joined(separator: "\n")
    }

    private static let introduction = """
        # Keys of a config

        `vae-report config` prints this page; it is generated from the table that configs are checked
        against. Keys may be written in sections (`train:` and below it `epochs: 3`) or dotted
        (`train.epochs: 3`), in a config, in a `train` cell, or as `-P train.epochs=3`. An unknown key is an
        error. “Changes” says what is made anew when the key changes.


        """

    private static func table(_ section: String, _ keys: [ConfigKey]) -> String {
        let title = section.isEmpty ? "For everything" : "`\(section)`"
        let rows = keys.map { key in
            "| `\(key.name)` | \(key.expectation) | \(key.defaultText) | \(key.reach.rawValue) | "
                + "\(key.documentation) |\n"
        }
        return "## \(title)\n\n| key | value | default | changes | what it does |\n"
            + "|---|---|---|---|---|\n" + rows.joined()
    }
}

extension ConfigKey {
    fileprivate var section: String {
        name.contains(".") ? String(name.prefix { $0 != "." }) : ""
    }

    fileprivate var defaultText: String {
        defaultValue == .null ? "unset" : "`\(defaultValue.canonicalText)`"
    }
}
