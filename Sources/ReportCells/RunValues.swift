import Datasets
import Evaluation
import Experiments
import Literate
import Words

/// The values that train and eval cells publish, with their names in one place.
struct RunValues {
    private let record: RunRecord
    private let dataset: ImageDataset
    private let config: ExperimentConfig

    init(_ record: RunRecord, dataset: ImageDataset, config: ExperimentConfig) {
        self.record = record
        self.dataset = dataset
        self.config = config
    }

    /// Names below the run's label, and whether each is a text.
    static let trainNames: [(name: String, sort: ValueDeclaration.Sort)] = [
        ("data.title", .text), ("data.train_count", .number), ("data.validation_count", .number),
        ("data.test_count", .number), ("data.classes", .number), ("model.name", .text),
        ("model.parameters", .number), ("model.base_ch", .number), ("latent_size", .number),
        ("seed", .number), ("train.epochs", .number), ("train.selected_epoch", .number),
        ("train.beta", .number), ("train.lr", .number), ("train.batch_size", .number),
        ("train.iwae_samples", .number),
        ("train.epochs_run", .number), ("train.skipped_steps", .number),
        ("train.optimizer", .text), ("model.likelihood", .text), ("model.elbo_meaning", .text),
        ("model.pixel_scale", .number), ("train.objective", .text),
        ("validation.elbo", .number),
    ]

    /// Every value of the train cell by full name.
    var all: [String: PublishedValue] {
        let validation = config.data.validationCount
        let values: [String: PublishedValue] = [
            "data.title": PublishedValue(text: dataset.fullTitle),
            "data.train_count": PublishedValue(integer: dataset.train.count - validation),
            "data.validation_count": PublishedValue(integer: validation),
            "data.test_count": PublishedValue(integer: dataset.test.count),
            "data.classes": PublishedValue(integer: dataset.classNames.count),
            "model.name": PublishedValue(text: config.model.name),
            "model.parameters": PublishedValue(integer: record.parameterCount),
            "model.base_ch": PublishedValue(integer: config.model.baseChannels),
            "latent_size": PublishedValue(integer: config.model.latentSize),
            "seed": PublishedValue(integer: Int(config.seed)),
            "train.epochs": PublishedValue(integer: config.train.epochs),
            "train.selected_epoch": PublishedValue(integer: record.history.selectedEpoch),
            "train.beta": PublishedValue(config.train.beta),
            "train.lr": PublishedValue(config.train.learningRate),
            "train.batch_size": PublishedValue(integer: config.data.batchSize),
            "train.iwae_samples": PublishedValue(
                integer: config.train.objective.importanceSamples),
            "train.epochs_run": PublishedValue(integer: record.history.epochs.count),
            "train.skipped_steps": PublishedValue(
                integer: record.history.epochs.reduce(0) { $0 + $1.skippedSteps }),
            "train.optimizer": PublishedValue(text: config.train.optimizer.title),
            "model.likelihood": PublishedValue(
                text: config.pixels.label(config.data.binarization, scale: pixelScale)),
            "model.elbo_meaning": PublishedValue(
                text: config.pixels.meaning(config.data.binarization)),
            "model.pixel_scale": publishedScale,
            "train.objective": PublishedValue(text: config.minimised),
            "validation.elbo": validationBound,
        ]
        return Dictionary(
            uniqueKeysWithValues: values.map { ("\(record.label).\($0.key)", $0.value) })
    }

    /// Of the selected epoch; a checkpoint from elsewhere comes without its history.
    private var pixelScale: Double? { record.history.selected?.pixelScale }

    private var publishedScale: PublishedValue {
        guard config.pixels.likelihood.learnsScale else {
            return PublishedValue(
                notComputed: "the likelihood '\(config.pixels.likelihood.rawValue)' learns no scale"
            )
        }
        guard let pixelScale else {
            return PublishedValue(notComputed: "the weights come without their run's history")
        }
        return PublishedValue(
            pixelScale,
            protocolNote:
                "The scale that all pixels share, learned with the weights, of the selected "
                + "epoch, for pixels in \(config.data.range.text).")
    }

    private var validationBound: PublishedValue {
        guard let terms = record.history.selected?.validation else {
            return PublishedValue(notComputed: "no images were kept for validation")
        }
        return PublishedValue(
            -terms.negativeEvidenceLowerBound, unit: "nats per image",
            count: config.data.validationCount,
            protocolNote: "ELBO of the selected epoch on the validation images, one draw an image.")
    }

    /// Names of an evaluation's scores below `<run>.<split>`, before it runs.
    static func scoreNames(_ options: EvaluationOptions) -> [String] {
        ScoreNames.evaluation(options) + ["bits_per_dimension"]
            + (options.importanceSamples.isEmpty ? [] : ["iwae", "iwae_samples", "nll"])
    }

    /// Every value of an eval cell by full name. `iwae` is the bound with the most samples, whose
    /// number is `iwae_samples`, so that a text need not know it; `nll` is minus that bound.
    static func all(
        _ scores: Scores, run: String, config: ExperimentConfig
    ) -> [String: PublishedValue] {
        var values = Dictionary(
            uniqueKeysWithValues: scores.entries.map { ("\(run).\($0.name)", PublishedValue($0)) })
        let samples = scores.entries.compactMap { score -> Int? in
            score.name.hasPrefix("test.iwae_") ? Int(score.name.dropFirst(10)) : nil
        }
        if let most = samples.max() {
            let bound = values["\(run).test.iwae_\(most)"]
            values["\(run).test.iwae"] = bound
            values["\(run).test.iwae_samples"] = PublishedValue(integer: most)
            values["\(run).test.nll"] = bound.map { likelihood($0, samples: most, config: config) }
        }
        if let reason = config.pixels.noBits(config.data.binarization) {
            values["\(run).test.bits_per_dimension"] = PublishedValue(notComputed: reason)
        }
        return values
    }

    /// Minus a bound on log p(x), where log p(x) is the logarithm of a probability or a density.
    private static func likelihood(
        _ bound: PublishedValue, samples: Int, config: ExperimentConfig
    ) -> PublishedValue {
        guard config.pixels.isLikelihood(config.data.binarization) else {
            return PublishedValue(
                notComputed: "a Bernoulli score of grey pixels is no likelihood; "
                    + "see data.binarize and train.recon_loss")
        }
        guard let number = bound.number else { return bound }
        let isProbability = config.pixels.isProbability(config.data.binarization)
        return PublishedValue(
            -number, unit: bound.unit, count: bound.count, standardError: bound.standardError,
            protocolNote:
                "\(isProbability ? "Negative log-likelihood" : "Negative log density"), lower "
                + "is better: minus the importance-weighted bound of K = \(Quantity.text(samples)) draws (Burda et al. 2016, eq. 8); an upper bound."
        )
    }

    /// Whether a name is a second one for a score that has its own, or stands for one that there is not.
    static func isAlias(_ name: String, of value: PublishedValue, run: String) -> Bool {
        if name == "\(run).test.bits_per_dimension" { return value.number == nil }
        return ["iwae", "iwae_samples", "nll"].contains { name == "\(run).test.\($0)" }
    }
}

extension PublishedValue {
    /// A score as inline values and tables show it; an infinite score becomes the text ∞.
    init(_ score: Score) {
        switch score.outcome {
        case .notComputed(let reason):
            self.init(notComputed: reason, protocolNote: score.protocolText)
        case .value(let value) where value.isInfinite:
            self.init(text: value > 0 ? "∞" : "−∞")
        case .value(let value):
            self.init(
                value, unit: score.unit, count: score.count, standardError: score.standardError,
                protocolNote: score.protocolText)
        }
    }
}
