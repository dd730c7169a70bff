import ArgumentParser
import Datasets
import Experiments
import Files
import Foundation
import ReportCells

/// What the exit status says; 1 wins over 3.
enum ExitStatus {
    static let fine: Int32 = 0
    /// A cell failed, a file could not be written, data are missing or altered.
    static let failed: Int32 = 1
    /// A mistake in the command line, a report or a config.
    static let usage: Int32 = 2
    /// A check in the report did not hold.
    static let checkFailed: Int32 = 3
}

/// An error on its way to the user: the words and the exit status.
struct Failure {
    let message: String
    let status: Int32
    /// Help that was asked for goes to standard output.
    private let isAnswer: Bool
    /// Whether the mistake stands in the command line rather than in a file.
    private let isAboutCommandLine: Bool

    init(_ error: any Error) {
        let place = (error as? SourceError)?.location.file
        isAboutCommandLine = place.map { $0.hasPrefix("-") } ?? true
        isAnswer = VAEReportCommand.exitCode(for: error) == .success
        if isAnswer {
            message = VAEReportCommand.fullMessage(for: error)
            status = ExitStatus.fine
        } else if let code = error as? ExitCode {
            // The command has said what is to be said.
            message = ""
            status = code.rawValue
        } else if Failure.isParserError(error) {
            message = "vae-report: error: " + Failure.words(of: error)
            status = ExitStatus.usage
        } else if let mistake = error as? SourceError {
            message = mistake.description
            status = ExitStatus.usage
        } else {
            message = "vae-report: error: \(error)"
            status = Failure.isMistake(error) ? ExitStatus.usage : ExitStatus.failed
        }
    }

    /// The message, and for a mistake in the command line the command to type next.
    private var advised: String {
        guard status == ExitStatus.usage, isAboutCommandLine, !message.isEmpty else {
            return message
        }
        let next = NextStep(arguments: VAEReportCommand.arguments).command(after: message)
        return "\(message)\n    type: \(next)"
    }

    /// Prints the message where it belongs and returns the exit status.
    func report(to terminal: Terminal) -> Int32 {
        if isAnswer {
            print(message)
        } else if !message.isEmpty {
            terminal.writeLine(advised, highlighting: "error:")
        }
        return status
    }

    /// The parser's message, without its own "Error:" and with a suggestion for a mistyped command.
    private static func words(of error: any Error) -> String {
        let whole = VAEReportCommand.fullMessage(for: error)
        let words = whole.hasPrefix("Error: ") ? String(whole.dropFirst(7)) : whole
        guard let unknown = UnknownCommand(VAEReportCommand.arguments) else { return words }
        return unknown.message
    }

    private static func isParserError(_ error: any Error) -> Bool {
        VAEReportCommand.exitCode(for: error) == .validationFailure
    }

    private static func isMistake(_ error: any Error) -> Bool {
        switch error {
        case DatasetError.unknown, DatasetError.own: true
        case is ReportNotFound, is ExperimentError, is UsageMistake: true
        default: false
        }
    }
}

/// A word where a command should be.
private struct UnknownCommand {
    let message: String

    /// The first word of `arguments` that is no command of the group before it; nil when all are.
    init?(_ arguments: [String]) {
        var group: any ParsableCommand.Type = VAEReportCommand.self
        var path: [String] = []
        for word in arguments {
            let commands = group.configuration.subcommands
            guard !commands.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
            path.append(word)
            guard let next = commands.first(where: { $0.configuration.commandName == word }) else {
                let names = commands.compactMap { $0.configuration.commandName }
                let near = names.nearest(to: word).map { " Did you mean '\($0)'?" } ?? ""
                let help = (["vae-report"] + path.dropLast()).joined(separator: " ")
                message = """
                    there is no command '\(path.joined(separator: " "))'.\(near)
                        Commands: \(names.joined(separator: ", ")). See '\(help) --help'.
                    """
                return
            }
            group = next
        }
        return nil
    }
}
