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
    /// How the denoising autoencoder beside it is trained.
    public let denoiser: DenoiserSection
    /// What is kept, and where.
    public let log: LogSection
    /// Every key with the value that holds, in the table's order, derived values filled in; those of
    /// the sprites where the data set is sprites or they are set.
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
    /// `.denoising`: that, and what the denoising autoencoder does.
    public func cacheText(for reach: ConfigKey.Reach) -> String {
        let wanted: Set<ConfigKey.Reach> =
            switch reach {
            case .training: [.training]
            case .evaluation: [.training, .evaluation]
            case .denoising: [.training, .evaluation, .denoising]
            case .nothing: [.training, .evaluation, .denoising, .nothing]
            }
        return resolved.filter { KeyTable.key($0.name).map { wanted.contains($0.reach) } ?? false }
            .map { "\($0.name): \($0.value.canonicalText)\n" }.joined()
    }
}
