import Words

/// Rules about the code and what it is worth.
extension DiagnosisEvidence {
    private func nats(_ value: Double) -> String { Quantity.text(value, decimals: 2) }

    /// Most dimensions, or the whole code, carry nothing.
    var collapse: Judgement {
        guard !divergences.isEmpty else { return .unknown("The KL term was not computed.") }
        let count = divergences.count
        let limit = DiagnosisThreshold.collapsedDimension.value
        let idle = divergences.filter { $0 < limit }.count
        let total = divergences.reduce(0, +)
        let numbers =
            "\(Quantity.text(total, decimals: 1)) nats in \(count - idle) of "
            + Quantity.text(count, "dimension")
        if total < DiagnosisThreshold.collapsedTotal.value {
            return .found(
                Diagnosis(
                    .collapse, .bad,
                    "The code carries next to nothing: \(nats(total)) nats in all, below "
                        + "\(Quantity.text(DiagnosisThreshold.collapsedTotal.value, decimals: 0)).")
            )
        }
        guard Double(idle) > DiagnosisThreshold.collapsedShare.value * Double(count) else {
            return .fine("\(numbers).")
        }
        return .found(
            Diagnosis(
                .collapse, .bad,
                "\(idle) of \(Quantity.text(count, "dimension")) carry nothing, a KL below \(limit) "
                    + "nats; the others carry \(Quantity.text(total, decimals: 1)) nats."))
    }

    /// Reconstructions hardly better than the mean image from a code that tells little.
    var overRegularised: Judgement {
        guard let numbers = peakNumbers, let peak, let meanImagePeak else {
            return .unknown(missingPeaks)
        }
        if peak - meanImagePeak >= DiagnosisThreshold.aboveMeanImage.value {
            return .fine("\(numbers).")
        }
        guard let mutualInformation, let informationCeiling else {
            return .unknown(
                "\(numbers); whether the code tells the images apart is not known, for the KL term was "
                    + "not taken apart.")
        }
        let share = mutualInformation / informationCeiling
        let told =
            "the code tells \(nats(mutualInformation)) of the \(nats(informationCeiling)) nats that "
            + "tell the images apart"
        guard share < DiagnosisThreshold.informationShare.value else {
            return .fine("\(numbers), but \(told).")
        }
        return .found(Diagnosis(.overRegularised, .bad, "\(numbers), and \(told)."))
    }

    /// Reconstructions no better than what costs nothing.
    var belowBaseline: Judgement {
        guard let numbers = peakNumbers, let peak, let meanImagePeak else {
            return .unknown(missingPeaks)
        }
        let all = linearPeak.map {
            "\(numbers) and \(nats($0)) dB for PCA with as many numbers"
        }
        let text = "\(all ?? numbers)."
        if peak - meanImagePeak < DiagnosisThreshold.aboveMeanImage.value {
            return .found(Diagnosis(.belowBaseline, .warning, text))
        }
        return (linearPeak ?? -.infinity) > peak
            ? .found(Diagnosis(.belowBaseline, .information, text)) : .fine(text)
    }

    private var missingPeaks: String {
        peak == nil
            ? "PSNR was not computed."
            : "\(nats(peak ?? 0)) dB, and no mean image to compare with."
    }

    private var peakNumbers: String? {
        guard let peak, let meanImagePeak else { return nil }
        return "\(nats(peak)) dB against \(nats(meanImagePeak)) dB for the mean image"
    }

    /// Codes that do not look like the prior's draws.
    var underRegularised: Judgement {
        guard let mutualInformation, let dimensionwiseDivergence, let informationCeiling else {
            return .unknown("The KL term was not taken apart.")
        }
        let numbers =
            "The code tells \(nats(mutualInformation)) of at most \(nats(informationCeiling)) nats "
            + "that tell the images apart; its dimensions are \(nats(dimensionwiseDivergence)) nats "
            + "from the prior"
        if dimensionwiseDivergence
            > DiagnosisThreshold.ownDivergence.value * mutualInformation
        {
            return .found(Diagnosis(.underRegularised, .warning, "\(numbers), which is more."))
        }
        guard let distances, let cool = distances.coolSamples else { return .fine("\(numbers).") }
        let gain = distances.samples - cool
        let isClear =
            cool < DiagnosisThreshold.coolGain.value * distances.samples && gain > distances.floor
        return isClear
            ? .found(
                Diagnosis(
                    .underRegularised, .warning,
                    "Samples at a temperature of 0.7 are clearly better than those of the prior: "
                        + "Fréchet distance \(distance(cool)) against \(distance(distances.samples)), "
                        + "real images \(distance(distances.floor))."))
            : .fine("\(numbers).")
    }

    /// Images from the prior far from real ones, where reconstructions are not.
    var holes: Judgement {
        guard let distances else {
            let reason = distancesReason.map { ": \($0)" } ?? ""
            return .unknown("Fréchet distances were not computed\(reason).")
        }
        let cool = distances.coolSamples.map { " (\(distance($0)) at T = 0.7)" } ?? ""
        let numbers =
            "Fréchet distance \(distance(distances.samples))\(cool), reconstructions "
            + "\(distance(distances.reconstructions)), real images \(distance(distances.floor))"
        let limit = DiagnosisThreshold.holes.value
        guard distances.samples > limit * distances.reconstructions else {
            return .fine("\(numbers).")
        }
        return .found(
            Diagnosis(
                .holes, .warning,
                "\(numbers): samples of the prior are \(ratio(distances)) times as far from real "
                    + "images as reconstructions, so there are codes that no image ever taught the "
                    + "decoder."))
    }

    private func ratio(_ distances: Distances) -> String {
        Quantity.text(distances.samples / distances.reconstructions, decimals: 1)
    }

    private func distance(_ value: Double) -> String {
        Quantity.text(value, decimals: value < 1 ? 3 : 1)
    }
}
