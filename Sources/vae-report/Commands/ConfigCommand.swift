import ArgumentParser
import Experiments

/// `vae-report config`
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "List every key of a config: what may stand there, the default, the meaning.")

    func run() throws { print(KeyTable.reference(), terminator: "") }
}
