import Datasets
import Files
import Training
import VAEModels

/// Makes a config from checked values: fills in what depends on the data set and checks what keys
/// must agree on.
struct ConfigBuilder {
    let values: ConfigValues
    let entry: CatalogueEntry
    let trainCount: Int

    /// Throws a located error for a data set that is not in the catalogue, or for images of the user's own
    /// that are not what the config says.
    init(resolver: ConfigResolver, catalogue: DatasetCatalogue) throws {
        values = ConfigValues(resolver)
        let name = values.text("data.dataset")
        do {
            entry = try catalogue.entry(
                for: DatasetRequest(name: name, grid: values.grid, own: values.ownData))
        } catch DatasetError.unknown(_, let nearest, let known) {
            throw values.error(
                "there is no data set '\(name)'; known: \(known.joined(separator: ", "))",
                at: ["data.dataset"], suggestion: nearest.map { "did you mean '\($0)'?" })
        } catch DatasetError.own(let problem, let key, let advice) {
            throw values.error(
                problem, at: [key, "data.path", "data.dataset"], suggestion: advice)
        }
        if values.isSet("data.path"), !values.isSet("data.dataset") {
            throw values.error(
                "'data.path' names images of your own, but 'data.dataset' is not set and means mnist",
                at: ["data.path"],
                suggestion: "write 'data.dataset: folder', or 'arrays' for a .npy or .npz file")
        }
        trainCount = min(values.integer("data.train_limit") ?? .max, entry.counts.train)
    }

    func config() throws -> ExperimentConfig {
        let validation = values.integer("data.validation") ?? max(1, trainCount / 12)
        let channels = values.integer("model.in_ch") ?? entry.shape.channels
        try ConfigChecks(
            values: values, entry: entry, trainCount: trainCount, validation: validation,
            channels: channels
        ).run()
        let derived: [String: ConfigValue] = [
            "data.validation": .integer(validation), "model.in_ch": .integer(channels),
            "dae.batch_size": .integer(
                min(values.required("dae.batch_size"), trainCount - validation)),
        ]
        return ExperimentConfig(
            seed: UInt64(values.required("seed")), data: dataSection(validation: validation),
            model: modelSection(channels: channels), train: trainSection(), eval: evalSection(),
            denoiser: denoiserSection(trainCount: trainCount - validation),
            log: ExperimentConfig.LogSection(
                outputFolder: values.optionalText("log.out_dir"),
                saveEvery: values.required("log.save_every") > 0
                    ? values.required("log.save_every") : nil,
                writesEvents: values.flag("log.tensorboard")),
            resolved: KeyTable.keys.filter(concerns).map { key in
                ExperimentConfig.ResolvedKey(
                    name: key.name, value: derived[key.name] ?? values.value(of: key),
                    isSet: values.isSet(key.name))
            },
            notices: ConfigNotices(values: values).all)
    }
}

extension ConfigBuilder {
    /// Whether a key has a say: those of the sprites do where sprites are drawn, those of users' own data
    /// where they are used, and both where they are set.
    private func concerns(_ key: ConfigKey) -> Bool {
        let isOfSprites = KeyTable.sprites.contains(key)
        guard isOfSprites || KeyTable.ownData.contains(key) else { return true }
        switch entry.source {
        case .sprites: return isOfSprites || values.isSet(key.name)
        case .own: return !isOfSprites || values.isSet(key.name)
        case .idx, .cifar, .drawn: return values.isSet(key.name)
        }
    }

    private func dataSection(validation: Int) -> ExperimentConfig.DataSection {
        ExperimentConfig.DataSection(
            dataset: entry.name, root: values.optionalText("data.root"),
            batchSize: values.required("data.batch_size"),
            binarization: values.choice("data.binarize", or: .none),
            range: values.choice("data.normalize", or: .zeroOne), validationCount: validation,
            whenUnavailable: values.choice("data.when_unavailable", or: .error),
            limits: SplitLimits(
                train: values.integer("data.train_limit"), test: values.integer("data.test_limit")),
            grid: values.grid, own: values.ownData)
    }

    private func modelSection(channels: Int) -> ExperimentConfig.ModelSection {
        ExperimentConfig.ModelSection(
            architecture: values.choice("model.name", or: .convolutional), channels: channels,
            latentSize: values.required("model.latent_dim"),
            baseChannels: values.required("model.base_ch"))
    }

    private func trainSection() -> ExperimentConfig.TrainSection {
        ExperimentConfig.TrainSection(
            epochs: values.required("train.epochs"), learningRate: values.number("train.lr"),
            optimizer: optimizer, weightDecay: values.number("train.weight_decay"),
            learningRateShape: learningRateShape,
            gradientClip: values.optionalNumber("train.grad_clip"),
            mixedPrecision: values.choice("train.amp", or: .auto),
            averageDecay: values.flag("train.ema") ? values.number("train.ema_decay") : nil,
            patience: values.integer("train.patience"),
            initialWeights: values.optionalText("train.init"),
            initialNames: values.optionalText("train.init_names"),
            likelihood: values.choice("train.recon_loss", or: .bernoulli),
            klSchedule: KLSchedule(
                beta: values.number("train.beta"), shape: klShape,
                target: values.optionalNumber("train.target_kl")),
            objective: VAEObjective(
                freeBits: Float(values.number("train.free_bits")),
                importanceSamples: values.required("train.iwae_samples"), rate: rate))
    }

    private var rate: VAEObjective.Rate {
        switch values.text("train.objective") {
        case "capacity":
            .capacity(
                VAEObjective.Capacity(
                    weight: values.number("train.capacity_weight"),
                    limit: values.number("train.capacity_nats"),
                    epochs: values.optionalNumber("train.capacity_epochs")
                        ?? Double(values.required("train.epochs")) / 2))
        case "tcvae": .totalCorrelation(weight: values.number("train.beta"))
        default: .divergence
        }
    }

    private var optimizer: OptimizerChoice {
        switch values.text("train.opt") {
        case "adam": .adam
        case "sgd": .sgd(momentum: values.number("train.momentum"))
        default: .adamW
        }
    }

    private var learningRateShape: LearningRateShape {
        switch values.text("train.lr_schedule") {
        case "constant": .constant
        case "cosine_restarts": .cosineRestarts(restarts: values.required("train.lr_restarts"))
        default: .oneCycle
        }
    }

    private var klShape: KLSchedule.Shape {
        switch values.text("train.kl_schedule") {
        case _ where values.text("train.objective") == "capacity": .constant
        case "none": .constant
        case "cyclical":
            .cyclical(
                cycles: values.required("train.kl_cycles"), ramp: values.number("train.kl_ramp"))
        default: .linear(epochs: values.number("train.kl_warmup_epochs"))
        }
    }

    private func evalSection() -> ExperimentConfig.EvalSection {
        ExperimentConfig.EvalSection(
            iwaeSamples: values.required("eval.iwae_samples"),
            batchSize: values.required("eval.batch_size"), draws: values.required("eval.draws"),
            weights: values.choice("eval.weights", or: .evaluated),
            perceptual: values.optionalText("eval.lpips").map {
                ExperimentConfig.EvalSection.Perceptual(
                    path: $0, network: values.text("eval.lpips_net"),
                    size: values.required("eval.lpips_size"))
            },
            includesFrechet: values.flag("eval.frechet"),
            probeImages: values.required("eval.probe_images"),
            mixtureComponents: values.required("eval.mixture"),
            refinedImages: values.required("eval.refined_images"),
            includesDisentanglement: values.flag("eval.disentanglement"))
    }

    private func denoiserSection(trainCount: Int) -> ExperimentConfig.DenoiserSection {
        ExperimentConfig.DenoiserSection(
            baseChannels: values.required("dae.base_ch"), epochs: values.required("dae.epochs"),
            learningRate: values.number("dae.lr"),
            batchSize: min(values.required("dae.batch_size"), trainCount),
            sigmas: values.numbers("dae.sigmas"))
    }
}

extension ConfigValues {
    /// The grid of sprites that the keys describe, whatever the data set is.
    var grid: SpriteGrid {
        var grid = SpriteGrid()
        grid.side = Int(text("data.sprite_size")) ?? grid.side
        grid.shapes = required("data.sprite_shapes")
        grid.scales = required("data.sprite_scales")
        grid.orientations = required("data.sprite_orientations")
        grid.turn = number("data.sprite_turn")
        grid.columns = required("data.sprite_x")
        grid.rows = required("data.sprite_y")
        return grid
    }

    /// What the keys say of images of the user's own, whatever the data set is.
    var ownData: OwnDataOptions {
        var own = OwnDataOptions()
        own.path = optionalText("data.path")
        own.labels = optionalText("data.labels")
        own.imageSize = integer("data.image_size")
        own.resize = choice("data.resize", or: own.resize)
        own.color = choice("data.color", or: own.color)
        own.background = choice("data.background", or: own.background)
        own.classes = choice("data.classes", or: own.classes)
        own.testShare = number("data.test_share")
        own.unreadable = choice("data.unreadable", or: own.unreadable)
        own.layout = choice("data.layout", or: own.layout)
        own.values = choice("data.values", or: own.values)
        return own
    }
}
