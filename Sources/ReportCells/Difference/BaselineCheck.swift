import Foundation
import Literate

/// Whether scores have kept to those of a baseline, score by score.
public struct BaselineCheck: Sendable {
    /// One score against its baseline.
    public struct Line: Sendable {
        /// The run's label and the score's name: "main.test.elbo".
        public let name: String
        /// What was, and what is now.
        public let baseline, found: PublishedValue?
        /// By how much it may have become worse; nil where there is nothing to compare.
        public let allowed: Double?
        /// Why it does not hold; nil when it does.
        public let objection: String?
        /// The difference behind it.
        public let difference: ScoreDifference
    }

    /// Every number of the baseline.
    public let lines: [Line]

    /// Lines that do not hold.
    public var failures: [Line] { lines.filter { $0.objection != nil } }

    /// Holds `found` against `baseline`, both by run and score. A score may be worse by `sigmas` standard
    /// errors of the difference, or by the share `tolerance` of the baseline where no error is known;
    /// scores of which neither more nor less is better may differ by as much either way. `names` restricts
    /// it to scores of these names.
    public init(
        _ found: [String: [String: PublishedValue]],
        baseline: [String: [String: PublishedValue]], sigmas: Double = 3, tolerance: Double = 0.05,
        names: Set<String> = []
    ) {
        lines = baseline.sorted { $0.key < $1.key }.flatMap { label, scores in
            scores.sorted { $0.key < $1.key }.compactMap { name, value -> Line? in
                let isWanted = names.isEmpty || names.contains(name)
                guard isWanted, value.number != nil, !Self.isAside(name) else { return nil }
                return Self.line(
                    label, name, value, found[label]?[name], sigmas: sigmas, tolerance: tolerance)
            }
        }
    }

    /// Numbers that say how a score was made and not how good it is.
    private static func isAside(_ name: String) -> Bool {
        ["ess_", "iwae_samples", "mutual_information_ceiling", "psnr_identity", "ssim_identity"]
            .contains { name.contains($0) }
    }

    private static func line(
        _ label: String, _ name: String, _ baseline: PublishedValue, _ found: PublishedValue?,
        sigmas: Double, tolerance: Double
    ) -> Line {
        let difference = ScoreDifference(name, baseline, found)
        func line(_ allowed: Double?, _ objection: String?) -> Line {
            Line(
                name: "\(label).\(name)", baseline: baseline, found: found, allowed: allowed,
                objection: objection, difference: difference)
        }
        guard let found else { return line(nil, "it is not there any more") }
        if case .notComputed(let reason) = found.content {
            return line(nil, "it was not computed: \(reason)")
        }
        guard let change = difference.change else { return line(nil, "it is no number any more") }
        if case .notComparable(let reason) = difference.judgement { return line(nil, reason) }
        let allowed =
            difference.error.map { sigmas * $0 } ?? tolerance * abs(baseline.number ?? 0)
        let loss =
            switch difference.prefersMore {
            case true?: -change
            case false?: change
            case nil: abs(change)
            }
        let rounding = 1e-9 * abs(baseline.number ?? 0)
        return line(allowed, loss <= allowed + rounding ? nil : words(difference, loss, allowed))
    }

    private static func words(
        _ difference: ScoreDifference, _ loss: Double, _ allowed: Double
    ) -> String {
        let format = ValueFormat(.significant(3))
        let word = difference.prefersMore == nil ? "off" : "worse"
        return "\(word) by \(format.write(loss)), \(format.write(allowed)) are allowed"
    }

    /// Rows: scores. Columns: what was, what is, what is allowed and whether it holds.
    public var table: TableOutput {
        TableOutput(
            columns: ["Score", "Baseline", "Now", "Allowed", "Result"],
            rows: lines.map { line in
                [
                    .text(line.name), line.baseline.map { .value($0, "±") } ?? TableCell(.empty),
                    line.found.map { .value($0, "±") } ?? TableCell(.empty),
                    line.allowed.map { .number($0, ".3g") } ?? TableCell(.empty),
                    TableCell(
                        .text(line.objection.map { "fails: \($0)" } ?? "holds"),
                        isEmphasised: line.objection != nil),
                ]
            })
    }
}
