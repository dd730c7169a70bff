import Evaluation
import Words

/// The reference of the written diagnoses as Markdown: `docs/diagnoses.md`.
public enum DiagnosisReference {
    /// The whole page.
    public static var markdown: String {
        ([introduction, overview] + DiagnosisRule.allCases.map(section) + [limits])
            .joined(separator: "\n\n") + "\n"
    }

    private static let introduction = """
        # Diagnoses

        An eval cell holds a run's numbers against written rules. What a rule finds stands in the \
        verdict box at the top of the page, and as a callout beside the figure that shows what it is \
        about; the published text `main.test.diagnoses` names what was found with a severity of warning \
        or worse, or is `none`, so that a check can ask for it:

        ```yaml
        main.test.diagnoses: none
        ```

        *Information* is worth knowing and nothing is wrong; a *warning* is worth a look; *bad* means \
        that the model does not do what it is for. A rule whose numbers were not computed says so and \
        finds nothing. Where a rule follows from another that holds, only the other one is found. This \
        page is written by the program from the rules' own table; a test keeps it true.
        """

    private static var overview: String {
        let rows = DiagnosisRule.allCases.map { rule in
            "| [\(rule.title)](#\(anchor(rule))) | `\(rule.rawValue)` | \(rule.severities) | "
                + "\(places(rule)) |"
        }
        return (["| rule | name | severity | beside the figure |", "|---|---|---|---|"] + rows)
            .joined(separator: "\n")
    }

    private static func section(_ rule: DiagnosisRule) -> String {
        let rows = rule.thresholds.map {
            "| \($0.name) | \(number($0)) | \($0.reason) |"
        }
        let lines =
            rows.isEmpty
            ? []
            : ["| measured | line | why there |\n|---|---|---|\n" + rows.joined(separator: "\n")]
        let causes = rule.causes.map(\.noun).joined(separator: ", ")
        return
            (["## \(rule.title)", rule.condition] + lines + [
                "Try \(rule.remedy)." + (causes.isEmpty ? "" : " Follows from: \(causes).")
            ]).joined(separator: "\n\n")
    }

    private static let limits = """
        ## What the rules do not see

        They look at one run. A number may be well within its line and still worse than that of another \
        run, which a matrix or a comparison shows. The Fréchet distances need enough test images for the \
        covariance of their features; with fewer they are not computed and *holes* is not judged. A \
        single epoch says nothing about convergence, and without validation images over-fitting is not \
        judged.
        """

    /// The anchor that GitHub gives a heading.
    private static func anchor(_ rule: DiagnosisRule) -> String {
        rule.title.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }
            .replacing(" ", with: "-")
    }

    private static func places(_ rule: DiagnosisRule) -> String {
        FigureKind.allCases.filter { $0.rules.contains(rule) }.map { "`\($0.rawValue)`" }
            .joined(separator: ", ")
    }

    /// The value with its unit: "1 nat", "8 nats".
    private static func number(_ threshold: DiagnosisThreshold) -> String {
        let whole = Int(exactly: threshold.value).map { Quantity.text($0) } ?? "\(threshold.value)"
        let isOne = threshold.value == 1 && threshold.unit.hasSuffix("s")
        let unit = isOne ? String(threshold.unit.dropLast()) : threshold.unit
        return unit.isEmpty ? whole : "\(whole) \(unit)"
    }
}
