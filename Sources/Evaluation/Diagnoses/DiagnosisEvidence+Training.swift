import Training
import Words

/// Rules about the training's curves.
extension DiagnosisEvidence {
    /// The bound still rose over the last tenth of the epochs.
    var underTrained: Judgement {
        guard let epochs = history?.epochs, !epochs.isEmpty else {
            return .unknown("The training left no epochs to look at.")
        }
        let (series, name) = series(epochs)
        let back = max(1, series.count / 10)
        guard series.count > back, let last = series.last else {
            return .unknown("One epoch says nothing about convergence.")
        }
        let before = series[series.count - 1 - back]
        let gain = (last - before) / abs(before)
        let span = back == 1 ? "epoch" : Quantity.text(back, "epoch")
        let change =
            gain < 0
            ? "lost \(percent(-gain))" : "gained \(percent(gain))"
        let numbers = "The \(name) \(change) over the last \(span)"
        return gain > DiagnosisThreshold.lateGain.value
            ? .found(
                Diagnosis(
                    .underTrained, .warning,
                    "\(numbers), from \(nats(before)) to \(nats(last)) nats: it had not settled."))
            : .fine("\(numbers).")
    }

    /// Validation is worse than training by more than the threshold, or getting worse.
    var overFitted: Judgement {
        guard let history, let selected = history.selected, let terms = selected.validation else {
            return .unknown("No images were kept for validation.")
        }
        let train = selected.train
        let gap = terms.negativeEvidenceLowerBound - train.negativeEvidenceLowerBound
        let numbers =
            "Validation ELBO \(nats(-terms.negativeEvidenceLowerBound)), training "
            + "\(nats(-train.negativeEvidenceLowerBound)) nats"
        if gap > DiagnosisThreshold.overfitGap.value {
            let blame = Self.blame(from: train, to: terms)
            return .found(
                Diagnosis(
                    .overFitted, .warning,
                    "\(numbers): \(Quantity.text(gap, decimals: 1)) nats apart, mostly in \(blame)."
                ))
        }
        return rise(history.epochs, selected: selected.epoch) ?? .fine("\(numbers).")
    }

    /// A validation bound that fell without a break up to the last epoch, and fell behind training's; nil
    /// when it did not: where both fall, it is the objective that leads away from the bound. Epochs in which
    /// β still changes do not count: their bound moves with it.
    private func rise(_ epochs: [EpochRecord], selected: Int) -> Judgement? {
        let settled = epochs.reversed().prefix { $0.beta == epochs.last?.beta }.reversed()
        let (series, name) = series(Array(settled))
        let falls = zip(series, series.dropFirst()).reversed().prefix { $0 > $1 }.count
        guard falls >= Int(DiagnosisThreshold.risingEpochs.value), let last = epochs.last,
            let first = settled.dropLast(falls).last, let before = first.validation,
            let after = last.validation,
            after.negativeEvidenceLowerBound - last.train.negativeEvidenceLowerBound
                > before.negativeEvidenceLowerBound - first.train.negativeEvidenceLowerBound
        else { return nil }
        let change = series[series.count - 1 - falls] - series[series.count - 1]
        return .found(
            Diagnosis(
                .overFitted, .warning,
                "The \(name) fell by \(Quantity.text(change, decimals: 1)) nats over the last "
                    + "\(Quantity.text(falls, "epoch")), mostly in \(Self.blame(from: before, to: after)); "
                    + "the weights that were kept are those of epoch \(selected)."))
    }

    /// The term that grew most.
    private static func blame(from before: ObjectiveTerms, to after: ObjectiveTerms) -> String {
        after.reconstruction - before.reconstruction >= after.kl - before.kl
            ? "reconstruction" : "the KL term"
    }

    /// What the training aimed at, by epoch, higher is better, and its name. A bound of several draws
    /// is its own aim; an objective with another β is judged by the ELBO all the same.
    private func series(_ epochs: [EpochRecord]) -> (values: [Double], name: String) {
        let validated = epochs.filter { $0.validation != nil }
        guard !validated.isEmpty else {
            return (epochs.map { -$0.train.negativeEvidenceLowerBound }, "training ELBO")
        }
        let aims = validated.compactMap(\.validationObjective)
        if trainingDraws > 1, aims.count == validated.count {
            return (aims.map { -$0 }, "validation bound of \(Quantity.text(trainingDraws)) draws")
        }
        return (
            validated.compactMap { $0.validation.map { -$0.negativeEvidenceLowerBound } },
            "validation ELBO"
        )
    }

    private func nats(_ value: Double) -> String { Quantity.text(value, decimals: 2) }

    private func percent(_ share: Double) -> String {
        Quantity.text(100 * share, decimals: 2) + " %"
    }
}
