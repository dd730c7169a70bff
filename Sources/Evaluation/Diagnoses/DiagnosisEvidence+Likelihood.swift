import Words

/// Rules about the importance-weighted bound.
extension DiagnosisEvidence {
    private static let usualDraws = 64

    /// The bound far above the ELBO.
    var loosePosterior: Judgement {
        guard let evidenceLowerBound, let bound = boundForLooseness else {
            return .unknown("No importance-weighted bound was computed.")
        }
        let gap = bound.value - evidenceLowerBound
        let numbers =
            "IWAE-\(Quantity.text(bound.samples)) is \(Quantity.text(gap, decimals: 1)) nats above the "
            + "ELBO"
        return gap > DiagnosisThreshold.looseness.value
            ? .found(
                Diagnosis(
                    .loosePosterior, .information,
                    "\(numbers): q(z|x) is far from p(z|x), and the ELBO far from log p(x)."))
            : .fine("\(numbers).")
    }

    /// The bound of 64 draws; else that of the most draws below, else of the fewest above.
    private var boundForLooseness: Bound? {
        let several = bounds.filter { $0.samples > 1 }
        return several.last { $0.samples <= Self.usualDraws } ?? several.first
    }

    /// A bound that rests on few draws, or that more draws still move.
    var untrustworthyBound: Judgement {
        guard let bound = bounds.last, bound.samples > 1 else {
            return .unknown("No importance-weighted bound of several draws was computed.")
        }
        let draws =
            "\(Quantity.text(bound.effectiveDraws, decimals: 1)) effective of "
            + "\(Quantity.text(bound.samples)) draws in the median image"
        let change = halfBound.map { bound.value - $0 }
        let moved = change.map {
            "from \(Quantity.text(bound.samples / 2)) to \(Quantity.text(bound.samples)) draws the bound "
                + "moved by \(Quantity.text($0, decimals: 2)) nats"
        }
        let numbers = [draws, moved].compactMap { $0 }.joined(separator: "; ")
        let isThin = bound.effectiveDraws < DiagnosisThreshold.effectiveDraws.value
        let isMoving = abs(change ?? 0) > DiagnosisThreshold.doubling.value
        guard isThin || isMoving else { return .fine("\(numbers).") }
        return .found(
            Diagnosis(
                .untrustworthyBound, isLikelihood ? .warning : .information,
                "\(numbers): a lower bound, and no estimate of log p(x)."))
    }
}
