import Datasets
import Files

/// Makes a config from checked values: fills in what depends on the data set and checks what keys
/// must agree on.
struct ConfigBuilder {
    private let resolver: ConfigResolver
    private let entry: CatalogueEntry
    private let trainCount: Int

    /// Throws a located error for a data set that is not in the catalogue.
    init(resolver: ConfigResolver, catalogue: DatasetCatalogue) throws {
        self.resolver = resolver
        let name = resolver.values["data.dataset"]?.canonicalText ?? ""
        do {
            entry = try catalogue.entry(named: name)
        } catch DatasetError.unknown(_, let nearest, let known) {
            throw ConfigBuilder.error(
                "there is no data set '\(name)'; known: \(known.joined(separator: ", "))",
                at: ["data.dataset"], in: resolver,
                suggestion: nearest.map { "did you mean '\($0)'?" })
        }
        let limit = ConfigBuilder.integer("data.train_limit", in: resolver)
        trainCount = min(limit ?? .max, entry.counts.train)
    }

    func config() throws -> ExperimentConfig {
        let validation = integer("data.validation") ?? max(1, trainCount / 12)
        let channels = integer("model.in_ch") ?? entry.shape.channels
        try check(validation: validation, channels: channels)
        let derived: [String: ConfigValue] = [
            "data.validation": .integer(validation), "model.in_ch": .integer(channels),
        ]
        return ExperimentConfig(
            seed: UInt64(required("seed")), data: dataSection(validation: validation),
            model: ExperimentConfig.ModelSection(
                name: text("model.name"), channels: channels,
                latentSize: required("model.latent_dim"), baseChannels: required("model.base_ch")),
            train: trainSection(),
            eval: ExperimentConfig.EvalSection(
                iwaeSamples: required("eval.iwae_samples"), batchSize: required("eval.batch_size"),
                draws: required("eval.draws")),
            log: ExperimentConfig.LogSection(
                outputFolder: optionalText("log.out_dir"),
                saveEvery: required("log.save_every") > 0 ? required("log.save_every") : nil),
            resolved: KeyTable.keys.map { key in
                ExperimentConfig.ResolvedKey(
                    name: key.name,
                    value: derived[key.name] ?? resolver.values[key.name] ?? key.defaultValue,
                    isSet: resolver.settings[key.name] != nil)
            },
            notices: notices())
    }

    private func dataSection(validation: Int) -> ExperimentConfig.DataSection {
        ExperimentConfig.DataSection(
            dataset: entry.name, root: optionalText("data.root"),
            batchSize: required("data.batch_size"), isBinarized: text("data.binarize") == "dynamic",
            validationCount: validation,
            whenUnavailable: DatasetRequest.WhenUnavailable(
                rawValue: text("data.when_unavailable")) ?? .error,
            limits: SplitLimits(
                train: integer("data.train_limit"), test: integer("data.test_limit")))
    }

    private func trainSection() -> ExperimentConfig.TrainSection {
        ExperimentConfig.TrainSection(
            epochs: required("train.epochs"), learningRate: number("train.lr"),
            weightDecay: number("train.weight_decay"),
            learningRateSchedule: ExperimentConfig.TrainSection.LearningRateSchedule(
                rawValue: text("train.lr_schedule")) ?? .oneCycle,
            beta: number("train.beta"),
            warmUpEpochs: text("train.kl_schedule") == "none"
                ? 0 : number("train.kl_warmup_epochs"),
            mixedPrecision: ExperimentConfig.TrainSection.MixedPrecision(
                rawValue: text("train.amp")) ?? .auto)
    }

    private func check(validation: Int, channels: Int) throws {
        if channels != entry.shape.channels {
            throw error(
                "'model.in_ch' is \(channels), but an image of \(entry.title) has "
                    + "\(entry.shape.channels)", at: ["model.in_ch"],
                suggestion: "leave the key out")
        }
        guard validation < trainCount else {
            throw error(
                "'data.validation' takes \(validation) of \(trainCount) training images, "
                    + "which leaves none to train on",
                at: ["data.validation", "data.train_limit"],
                suggestion: "leave the key out for a twelfth of them")
        }
        let batchSize = required("data.batch_size")
        guard batchSize <= trainCount - validation else {
            throw error(
                "'data.batch_size' is \(batchSize), but only \(trainCount - validation) images are "
                    + "left to train on", at: ["data.train_limit", "data.batch_size"],
                suggestion: "choose a smaller batch or more images")
        }
    }

    private func notices() -> [String] {
        var notices: [String] = []
        let device = text("device")
        if device != "cpu", device != "auto" {
            notices.append("device '\(device)': vae-report computes on the CPU")
        }
        let warmUp = number("train.kl_warmup_epochs")
        if text("train.kl_schedule") == "linear", warmUp > Double(required("train.epochs")) {
            notices.append(
                "the KL warm-up of \(warmUp) epochs outlasts the run: β never reaches its full value"
            )
        }
        return notices
    }
}

extension ConfigBuilder {
    private func integer(_ name: String) -> Int? { ConfigBuilder.integer(name, in: resolver) }

    private static func integer(_ name: String, in resolver: ConfigResolver) -> Int? {
        if case .integer(let value) = resolver.values[name] { value } else { nil }
    }

    private func required(_ name: String) -> Int {
        guard let value = integer(name) else {
            preconditionFailure("'\(name)' is not declared as a whole number with a default")
        }
        return value
    }

    private func number(_ name: String) -> Double {
        guard case .number(let value) = resolver.values[name] ?? .null else {
            preconditionFailure("'\(name)' is not declared as a number with a default")
        }
        return value
    }

    private func text(_ name: String) -> String {
        guard let value = optionalText(name) else {
            preconditionFailure("'\(name)' is not declared as a text with a default")
        }
        return value
    }

    private func optionalText(_ name: String) -> String? {
        if case .text(let value) = resolver.values[name] { value } else { nil }
    }

    private func error(_ message: String, at names: [String], suggestion: String?) -> SourceError {
        ConfigBuilder.error(message, at: names, in: resolver, suggestion: suggestion)
    }

    /// Points at the first of the keys that somebody set.
    private static func error(
        _ message: String, at names: [String], in resolver: ConfigResolver, suggestion: String?
    ) -> SourceError {
        if let setting = names.lazy.compactMap({ resolver.settings[$0] }).first {
            return setting.valueError(message, suggestion: suggestion)
        }
        return SourceError(
            message, at: SourceLocation(file: "the defaults", line: 1, column: 1),
            suggestion: suggestion)
    }
}
