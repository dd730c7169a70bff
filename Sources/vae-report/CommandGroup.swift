import ArgumentParser

/// A command that only holds others, such as `viz`.
protocol CommandGroup: ParsableCommand {}

extension CommandGroup {
    /// Named alone it does nothing: a mistake, with the words that are missing.
    func run() throws {
        let name = "vae-report \(Self.configuration.commandName ?? "")"
        let commands = Self.configuration.subcommands.compactMap { $0.configuration.commandName }
        throw UsageMistake(
            """
            '\(name)' is followed by one of: \(commands.joined(separator: ", "))

            \(VAEReportCommand.helpMessage(for: Self.self))
            """)
    }
}
