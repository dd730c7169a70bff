import ArgumentParser
import Evaluation
import Foundation
import Networks

/// `vae-report selftest`: what this program computes, checked on this machine.
struct SelfTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest",
        abstract: "Check scores, kernels and training on this machine; needs no data.",
        discussion: """
            A linear-Gaussian VAE has a log p(x) that can be written down: the ELBO and the \
            importance-weighted bounds must stay below it, rise with the number of draws and arrive. \
            A network with a code of one number is checked against an integral. The kernels are \
            checked against oneDNN's, gradients against differences, scores against numbers of \
            other programs, and a training against itself, repeated and resumed.

            Prints a line for each check and ends with exit status 1 when one does not hold.
            """)

    @OptionGroup var answer: AnswerOptions

    func run() throws {
        let display = BuildDisplay(isQuiet: answer.quiet || answer.json)
        let checks = SelfTest.run { display.draw("selftest: \($0)", fraction: nil, detail: "…") }
        display.finish()
        let failed = checks.count { !$0.holds }
        if answer.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            let result = Result(
                command: "selftest", engine: Plans.kernelsDescription, checks: checks,
                failed: failed)
            print(String(decoding: try encoder.encode(result), as: UTF8.self))
        } else {
            print(Self.table(checks))
            display.say(
                failed == 0
                    ? "all \(checks.count) checks hold, with \(Plans.kernelsDescription)"
                    : "\(failed) of \(checks.count) checks do not hold, with "
                        + Plans.kernelsDescription)
        }
        if failed > 0 { throw ExitCode(ExitStatus.failed) }
    }

    /// A line a check.
    private static func table(_ checks: [SelfCheck]) -> String {
        Columns.text(
            [["check", "expected", "found", ""]]
                + checks.map { [$0.check, $0.expected, $0.found, $0.holds ? "ok" : "FAILED"] })
    }

    /// What `--json` prints.
    private struct Result: Encodable {
        let command, engine: String
        let checks: [SelfCheck]
        let failed: Int
    }
}
