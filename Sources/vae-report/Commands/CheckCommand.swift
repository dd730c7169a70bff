import ArgumentParser
import Files
import Foundation
import Literate
import ReportCells

/// `vae-report check`
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Hold scores against a baseline: a gate over time.",
        discussion: """
            EXAMPLES
              cp outputs/mnist/scores.json baseline.json     once, when the numbers are good
              vae-report check outputs/mnist --baseline baseline.json
              vae-report check outputs/mnist/report.html --baseline baseline.json --sigmas 2
              vae-report check outputs/seeds --baseline baseline.json --score test.elbo

            A score may be worse by --sigmas standard errors of the difference; one whose error is not \
            known by the share --tolerance. Better is never wrong; what is neither better nor worse, \
            such as the KL term, may differ by as much either way. The standard error of one run is that \
            of a mean over test images and knows nothing of the seed: for a check about the method, train \
            a matrix over seeds (matrix: {seed: [0, 1, 2, 3]}), whose means carry the spread of the runs. \
            Exit status 3 when a score does not hold.
            """)

    @Argument(
        help: "A report.html, the folder of a report or of a run, a run.json or a scores.json.",
        completion: .result)
    var subject: String

    @Option(
        help: ArgumentHelp("The scores.json or report.html to hold it against.", valueName: "file"),
        completion: .result)
    var baseline: String

    @Option(help: "Standard errors of the difference that are allowed.")
    var sigmas: Double = 3

    @Option(help: "Share of the baseline that is allowed where no error is known.")
    var tolerance: Double = 0.05

    @Option(
        name: .customLong("score"),
        help: ArgumentHelp("Hold only this score. May be repeated.", valueName: "name"))
    var names: [String] = []

    func validate() throws {
        guard sigmas >= 0, sigmas.isFinite, tolerance >= 0, tolerance.isFinite else {
            throw ValidationError("--sigmas and --tolerance are numbers of at least 0")
        }
    }

    /// A report's folder has the means over a matrix in its `scores.json`.
    private static func source(_ path: String) throws -> ComparedSource {
        let scores = FilePath.join(path, "scores.json")
        return try ComparedSource(FilePath.isFile(scores) ? scores : path, run: nil)
    }

    func run() throws {
        let found = try Self.source(subject)
        let before = try Self.source(baseline)
        let known = Set(before.runs.flatMap(\.scores.keys))
        for name in names where !known.contains(name) {
            let near = known.nearest(to: name).map { "did you mean '\($0)'? " } ?? ""
            throw UsageMistake(
                "the baseline has no score '\(name)'",
                advice: near + "it has \(known.sorted().prefix(12).joined(separator: ", "))")
        }
        let check = BaselineCheck(
            found.scores, baseline: before.scores, sigmas: sigmas, tolerance: tolerance,
            names: Set(names))
        guard !check.lines.isEmpty else {
            throw UsageMistake(
                "'\(baseline)' has no scores to hold anything against",
                advice: "expected the scores.json of a report with an eval cell")
        }
        print(ScoreText.table(check.table))
        let failed = check.failures.count
        print(
            failed == 0
                ? "All \(check.lines.count) hold." : "\(failed) of \(check.lines.count) fail.")
        if failed > 0 { throw ExitCode(ExitStatus.checkFailed) }
    }
}

extension ComparedSource {
    /// Scores by run and name.
    fileprivate var scores: [String: [String: PublishedValue]] {
        Dictionary(runs.map { ($0.label, $0.scores) }) { first, _ in first }
    }
}
