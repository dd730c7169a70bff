import Datasets
import Files

/// Everything that an experiment is made from, validated: no value in here can be refused later.
public struct ExperimentConfig: Sendable, Equatable {
    /// Seed of every random stream.
    public let seed: UInt64
    /// Which images, and how they are fed.
    public let data: DataSection
    /// Which model.
    public let model: ModelSection
    /// How it is trained.
    public let train: TrainSection
    /// How it is scored.
    public let eval: EvalSection
    /// What is kept, and where.
    public let log: LogSection
    /// Every key with the value that holds, in the table's order, derived values filled in.
    public let resolved: [ResolvedKey]
    /// What the user should hear once: a device that is not there, a warm-up that outlasts the run.
    public let notices: [String]

    /// A key with the value that holds.
    public struct ResolvedKey: Sendable, Hashable {
        /// The dotted key.
        public let name: String
        /// Its value.
        public let value: ConfigValue
        /// Whether somebody set it; false for a default.
        public let isSet: Bool
    }

    /// Which images, and how they are fed.
    public struct DataSection: Sendable, Equatable {
        /// A name of the catalogue.
        public let dataset: String
        /// A folder to look into; nil when the config names none.
        public let root: String?
        /// Images in a training step.
        public let batchSize: Int
        /// Whether pixels are drawn anew as 0 or 1 at each visit.
        public let isBinarized: Bool
        /// Images at the end of the training split that validate; fewer than there are.
        public let validationCount: Int
        /// What to do when the data set is nowhere.
        public let whenUnavailable: DatasetRequest.WhenUnavailable
        /// How many images of each split to keep.
        public let limits: SplitLimits

        /// The request for the loader; `strict` forbids that anything stands in.
        public func request(
            folder: String? = nil, strict: Bool = false, rereadsFiles: Bool = false
        ) -> DatasetRequest {
            DatasetRequest(
                name: dataset, folder: folder, configuredRoot: root,
                whenUnavailable: strict ? .error : whenUnavailable, limits: limits,
                rereadsFiles: rereadsFiles)
        }
    }

    /// Which model.
    public struct ModelSection: Sendable, Equatable {
        /// The architecture: `vae_conv`.
        public let name: String
        /// Channels of an image.
        public let channels: Int
        /// Numbers in a code.
        public let latentSize: Int
        /// Channels after the first stage.
        public let baseChannels: Int
    }

    /// How the model is trained.
    public struct TrainSection: Sendable, Equatable {
        /// Passes over the data.
        public let epochs: Int
        /// The highest learning rate.
        public let learningRate: Double
        /// AdamW's decoupled weight decay.
        public let weightDecay: Double
        /// How the learning rate moves.
        public let learningRateSchedule: LearningRateSchedule
        /// The weight of the KL term after the warm-up.
        public let beta: Double
        /// Epochs of linear warm-up of the KL term; 0 when there is none.
        public let warmUpEpochs: Double
        /// Whether products are computed in bfloat16.
        public let mixedPrecision: MixedPrecision

        /// When products are computed in bfloat16; weights and sums stay float32.
        public enum MixedPrecision: String, Sendable, CaseIterable {
            /// Never.
            case off = "false"
            /// Where the CPU can.
            case auto
            /// Where the CPU can, with a notice where it cannot.
            case on = "true"
        }

        /// How the learning rate moves over the run.
        public enum LearningRateSchedule: String, Sendable, CaseIterable {
            /// Up and down again (Smith & Topin 2018), as PyTorch's OneCycleLR.
            case oneCycle = "one_cycle"
            /// The same all along.
            case constant
        }
    }

    /// How the model is scored.
    public struct EvalSection: Sendable, Equatable {
        /// Samples K of the importance-weighted bound.
        public let iwaeSamples: Int
        /// Images evaluated at once.
        public let batchSize: Int
        /// Draws from the posterior for each image's ELBO.
        public let draws: Int
    }

    /// What is kept, and where.
    public struct LogSection: Sendable, Equatable {
        /// The folder for everything a build makes; nil leaves it to the report's name.
        public let outputFolder: String?
        /// Epochs between checkpoints that stay; nil when only the best and the last do.
        public let saveEvery: Int?
    }
}

extension ExperimentConfig {
    /// Reads, layers and validates a config: `commandLine` beats `cell` beats the file beats the
    /// defaults.
    ///
    /// `source` is nil for a report without a config file. Throws a ``Files/SourceError`` located in
    /// the file, the cell or the argument.
    public static func load(
        source: SourceText?, cell: [ConfigSetting] = [], commandLine: [ConfigSetting] = [],
        catalogue: DatasetCatalogue = .standard
    ) throws -> ExperimentConfig {
        let file = try source.map { try ConfigReader(source: $0).settings() } ?? []
        let resolver = try ConfigResolver(layers: [file, cell, commandLine])
        return try ConfigBuilder(resolver: resolver, catalogue: catalogue).config()
    }

    /// The settings that results of this reach depend on, one `key: value` a line; for cache keys.
    ///
    /// `.training`: what the trained model depends on. `.evaluation`: that, and what the scores do.
    public func cacheText(for reach: ConfigKey.Reach) -> String {
        let wanted: Set<ConfigKey.Reach> =
            switch reach {
            case .training: [.training]
            case .evaluation: [.training, .evaluation]
            case .nothing: [.training, .evaluation, .nothing]
            }
        return resolved.filter { KeyTable.key($0.name).map { wanted.contains($0.reach) } ?? false }
            .map { "\($0.name): \($0.value.canonicalText)\n" }.joined()
    }
}
