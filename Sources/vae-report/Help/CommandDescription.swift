import Foundation

/// The tree of commands as the parser describes it, for the manual page.
struct CommandDescription: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let subcommands: [CommandDescription]?
    let arguments: [Argument]?

    /// An argument, an option or a flag.
    struct Argument: Decodable {
        let kind: String
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let defaultValue: String?
        let abstract: String?
        let discussion: String?
    }

    /// A spelling of an option.
    struct Name: Decodable {
        let kind: String
        let name: String

        /// With its hyphens.
        var spelling: String { (kind == "long" ? "--" : "-") + name }
    }

    private struct Whole: Decodable {
        let command: CommandDescription
    }

    /// The whole tree.
    static func root() throws -> CommandDescription {
        try JSONDecoder().decode(Whole.self, from: Data(VAEReportCommand._dumpHelp().utf8)).command
    }

    /// Commands that do something, each with the words that call it; a group comes before its own.
    func all(after words: [String] = []) -> [(words: [String], command: CommandDescription)] {
        (subcommands ?? []).filter { $0.commandName != "help" }.flatMap { command in
            let path = words + [command.commandName]
            return [(path, command)] + command.all(after: path)
        }
    }

    /// What `--help` lists, without the flags that every command has.
    var ownArguments: [Argument] {
        (arguments ?? []).filter { argument in
            let names = (argument.names ?? []).map(\.name)
            return argument.shouldDisplay && !names.contains("help") && !names.contains("version")
        }
    }
}

extension CommandDescription.Argument {
    /// "--output FILE", "<report>": each spelling, with the value's name.
    func spellings(value: (String) -> String) -> [String] {
        let place = valueName ?? "value"
        guard let names, kind != "positional" else { return [value(place)] }
        return names.map { kind == "flag" ? $0.spelling : "\($0.spelling) \(value(place))" }
    }
}
