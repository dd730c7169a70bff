import Datasets
import Evaluation
import Experiments
import Literate

/// The box at the top of the page: what the scores and curves say, by written rules.
///
/// The rules are PROTOCOLS' diagnoses as far as one run's scores carry them; each names its numbers.
package struct Verdict {
    /// Where the rules draw their lines.
    enum Threshold {
        /// KL of a dimension, nats, under which it carries nothing.
        static let collapsedDimension = 0.01
        /// Total KL, nats, under which the code carries nothing.
        static let collapsedTotal = 1.0
        /// Relative gain of the ELBO over the last tenth of the epochs above which training was short.
        static let gain = 0.005
        /// Validation minus training −ELBO, nats, above which the model learnt its images by heart.
        static let overfit = 2.0
        /// Epochs in a row over which a rising validation −ELBO says the same.
        static let rising = 5
        /// PSNR above the mean image, dB, under which reconstructions say little about the image.
        static let aboveMeanImage = 1.0
        /// IWAE minus ELBO, nats, above which the posterior is loose.
        static let looseness = 8.0
        /// Fréchet distance of samples over that of reconstructions above which the prior has holes.
        static let holes = 2.0
        /// Median effective draws below which a bound is no estimate of log p(x).
        static let effectiveDraws = 5.0
    }

    private let record: RunRecord
    let result: EvaluationResult
    private let dataset: ImageDataset
    private let config: ExperimentConfig

    /// The judgement of a run of `config` on `dataset` by its record and its evaluation.
    package init(
        _ record: RunRecord, _ result: EvaluationResult, dataset: ImageDataset,
        config: ExperimentConfig
    ) {
        self.record = record
        self.result = result
        self.dataset = dataset
        self.config = config
    }

    /// The sentence, a light for each rule, and the facts of the run.
    package var output: VerdictOutput {
        let lights = [
            training, generalisation, reconstruction, code, prior, samples, posterior,
        ]
        return VerdictOutput(
            sentence: sentence(lights), lights: lights,
            facts: [
                Fact("Data set", dataset.fullTitle),
                Fact(
                    "Model",
                    "\(config.model.name), base \(config.model.baseChannels), "
                        + "latent \(config.model.latentSize)"),
                Fact("Seed", String(config.seed)),
            ])
    }

    private func sentence(_ lights: [VerdictOutput.Light]) -> String {
        let elbo = number(result.scores.value("test.elbo"), 2)
        let psnr = result.scores.value("test.psnr").map { "at \(number($0, 2)) dB" }
        let start =
            "Test ELBO \(elbo) nats, reconstructions \(psnr ?? "not scored"), "
            + "\(result.activeUnits.active.count) of \(config.model.latentSize) dimensions in use"
        let bad = lights.filter { $0.level == .bad }.map { $0.name.lowercased() }
        let warnings = lights.filter { $0.level == .warning && $0 != posterior }
            .map { $0.name.lowercased() }
        if !bad.isEmpty { return "\(start); something is wrong with \(list(bad))." }
        if !warnings.isEmpty { return "\(start); worth a look: \(list(warnings))." }
        return "\(start); no rule found anything wrong."
    }

    /// Under-trained: the ELBO still rose over the last tenth of the epochs.
    private var training: VerdictOutput.Light {
        let series = record.history.epochs.compactMap(\.validation).map {
            -$0.negativeEvidenceLowerBound
        }
        let back = max(1, series.count / 10)
        guard series.count > back, let last = series.last else {
            return .init("Training", .unknown, "one epoch says nothing about convergence")
        }
        let before = series[series.count - 1 - back]
        let gain = (last - before) / abs(before)
        let numbers =
            "the validation ELBO gained \(percent(gain)) over the last "
            + (back == 1 ? "epoch" : "\(back) epochs")
        return gain > Threshold.gain
            ? .init("Training", .warning, "\(numbers): more epochs should help")
            : .init("Training", .good, "\(numbers): it has settled")
    }

    /// Over-fitted: validation is worse than training by more than the threshold, or getting worse.
    private var generalisation: VerdictOutput.Light {
        guard let selected = record.history.selected, let terms = selected.validation else {
            return .init("Generalisation", .unknown, "no images were kept for validation")
        }
        let (validation, train) = (terms, selected.train)
        let gap = validation.negativeEvidenceLowerBound - train.negativeEvidenceLowerBound
        let numbers =
            "validation ELBO \(number(-validation.negativeEvidenceLowerBound, 2)), "
            + "training \(number(-train.negativeEvidenceLowerBound, 2)) nats"
        if gap > Threshold.overfit {
            let term =
                validation.reconstruction - train.reconstruction >= validation.kl - train.kl
                ? "reconstruction" : "the KL term"
            return .init(
                "Generalisation", .warning,
                "\(numbers): \(number(gap, 1)) nats apart, mostly in \(term); fewer epochs or a "
                    + "smaller model may help")
        }
        let rises = epochsOfRise
        return rises >= Threshold.rising
            ? .init(
                "Generalisation", .warning,
                "\(numbers), and the validation ELBO fell over the last \(rises) epochs: fewer "
                    + "epochs may help")
            : .init("Generalisation", .good, numbers)
    }

    /// Over how many epochs at the end of training the validation −ELBO rose without a break.
    private var epochsOfRise: Int {
        let series = record.history.epochs.compactMap(\.validation).map(
            \.negativeEvidenceLowerBound)
        return zip(series, series.dropFirst()).reversed().prefix { $0 < $1 }.count
    }

    private var reconstruction: VerdictOutput.Light {
        let scores = result.scores
        guard let psnr = scores.value("test.psnr") else {
            return .init("Reconstruction", .unknown, "PSNR was not computed")
        }
        guard let mean = scores.value("test.psnr_mean_image") else {
            return .init(
                "Reconstruction", .unknown, "\(number(psnr, 2)) dB, no baseline to compare")
        }
        let numbers = "\(number(psnr, 2)) dB against \(number(mean, 2)) dB for the mean image"
        guard psnr - mean >= Threshold.aboveMeanImage else {
            return .init("Reconstruction", .bad, "\(numbers): the code says next to nothing")
        }
        guard let linear = scores.value("test.psnr_pca") else {
            return .init("Reconstruction", .good, numbers)
        }
        let both = "\(numbers) and \(number(linear, 2)) dB for PCA with as many numbers"
        return psnr < linear
            ? .init("Reconstruction", .warning, "\(both): a linear code does better")
            : .init("Reconstruction", .good, both)
    }

    /// Posterior collapse: most dimensions, or the whole code, carry nothing.
    private var code: VerdictOutput.Light {
        let kl = result.klPerDimension
        let collapsed = kl.values.filter { $0 < Threshold.collapsedDimension }.count
        let total = kl.values.reduce(0, +)
        let numbers =
            "\(number(total, 1)) nats in \(kl.values.count - collapsed) of "
            + "\(kl.values.count) dimensions"
        let isCollapsed = 2 * collapsed > kl.values.count || total < Threshold.collapsedTotal
        return isCollapsed
            ? .init(
                "Latent code", .bad,
                "\(numbers): the posterior collapsed; lower β or warm up longer")
            : .init("Latent code", .good, numbers)
    }

    /// A loose posterior is information, not a fault.
    private var posterior: VerdictOutput.Light {
        guard let elbo = result.scores.value("test.elbo"),
            let point = result.importanceCurve.last, point.samples > 1
        else { return .init("Posterior", .unknown, "no importance-weighted bound was computed") }
        let gap = point.bound - elbo
        let draws = point.medianEffectiveSampleSize
        let caution =
            draws < Threshold.effectiveDraws
            ? ", with a median of \(number(draws, 1)) effective draws a bound and no estimate of log p(x)"
            : ""
        let numbers = "IWAE-\(point.samples) is \(number(gap, 1)) nats above the ELBO\(caution)"
        return gap > Threshold.looseness
            ? .init("Posterior", .warning, "\(numbers): q(z|x) fits p(z|x) loosely")
            : .init("Posterior", .good, "\(numbers): q(z|x) fits p(z|x) well")
    }

    func number(_ value: Double?, _ decimals: Int) -> String {
        value.map { ValueFormat(.fixed(decimals)).write($0) } ?? "not computed"
    }

    private func percent(_ fraction: Double) -> String { number(100 * fraction, 2) + " %" }

    private func list(_ words: [String]) -> String {
        words.count < 2
            ? words.joined()
            : words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
    }
}
