import ArgumentParser
import Foundation
import Glibc

/// The command `vae-report`; each subcommand has a file of its own.
struct VAEReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vae-report",
        abstract: "Turn a literate report about a variational autoencoder into one HTML page.",
        usage: "vae-report <subcommand> [options]",
        discussion: """
            A report is a Markdown text with cells that train, evaluate and draw. Building it runs \
            the cells and writes one page that needs no network, with the same results for the same \
            inputs. What has not changed since the last build is not computed again.

              vae-report build mnist                    train on MNIST, write the report
              vae-report build mnist -P train.epochs=3  one key of its config changed
              vae-report build digits                   without any data: draws the digits
              vae-report build my/report.md --open      your own report, shown when ready
              vae-report preview my/report.md           shown while you write it
              vae-report train mnist                    only train; build uses the same run
              vae-report eval outputs/mnist/runs/main   score a run
              vae-report sample prior mnist             decode new images
              vae-report viz traverse mnist --dims 0 1  draw one figure
              vae-report export mnist                   ONNX, safetensors; codes and scores
              vae-report diff outputs/a outputs/b       what changed, and what is noise
              vae-report check outputs/mnist --baseline scores.json   no score worse than noise
              vae-report init --images my/folder        a project about your own images
              vae-report data list                      the data sets, and where each is
              vae-report data fetch mnist               download one into your cache
              vae-report selftest                       check the program on this machine
              vae-report doctor                         what this machine offers and lacks

            Everything a report makes lies in outputs/<report>/: report.html, report.md, report.ipynb, \
            figures/, scores.json, and for each run its checkpoints, logs and image grids in runs/<label>/. \
            With -P the folder is outputs/<report>@<key>/, so that no build overwrites another.

            Data are looked for in --data-dir, the config's data.root, $VAE_REPORT_DATA and \
            ~/.cache/vae-report, then downloaded.

            Exit status: 0 fine, 1 something failed on the way, 2 a mistake in the command line or \
            in a report or config, 3 a check in the report did not hold.
            """,
        version: version,
        subcommands: [
            InitCommand.self, BuildCommand.self, PreviewCommand.self, TrainCommand.self,
            EvalCommand.self, SampleCommand.self, ExportCommand.self,
            VizCommand.self, CompareCommand.self, DiffCommand.self, CheckCommand.self,
            ConfigCommand.self, DataCommand.self,
            BenchCommand.self, SelfTestCommand.self, DoctorCommand.self, CleanCommand.self,
            CompletionsCommand.self, ManualCommand.self,
        ])

    /// The version in stamps and in `--version`.
    static let version = "0.1.0"

    /// The command line in this program's spelling.
    static let arguments = LegacySpelling.translated(Array(CommandLine.arguments.dropFirst()))

    /// Parses the command line, runs the command and ends with its exit status.
    static func runAndExit() -> Never {
        // A file that may grow no longer (ulimit -f) is a write that fails, not the end of the process.
        signal(SIGXFSZ, SIG_IGN)
        let status = statusOfRun()
        guard StandardOutput.isWhole() else {
            Terminal.standardError.writeLine(
                "error: standard output took only a part of the answer; free some space on its disk",
                highlighting: "error:")
            Foundation.exit(status == ExitStatus.fine ? ExitStatus.failed : status)
        }
        Foundation.exit(status)
    }

    private static func statusOfRun() -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            try command.run()
            return ExitStatus.fine
        } catch {
            return Failure(error).report(to: .standardError)
        }
    }
}
