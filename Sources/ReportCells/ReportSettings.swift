import Datasets
import Files

/// What a build is told from outside: config, command line, surroundings. Nothing is read from the process.
public struct ReportSettings: Sendable {
    /// The config file's text; nil for a report without one.
    public var config: SourceText?
    /// Finds and reads data sets.
    public var loader: DatasetLoader
    /// The folder given with `--data-dir`.
    public var dataFolder: String?
    /// Nothing may stand in for a data set that is not there (`--strict`).
    public var isStrict: Bool
    /// Data files are read again even when their digests are remembered (`--verify-data`).
    public var rereadsData: Bool
    /// Environment variables, for `SOURCE_DATE_EPOCH`.
    public var environment: [String: String]
    /// The tool's version, for stamps.
    public var toolVersion: String
    /// Changes whenever trained weights or scores of the same inputs would come out differently.
    package var engineVersion = "2"
    /// Where the models of train cells come from.
    public var models: ModelSource = .training
    /// Goes into the names of a run's image files, so that they do not take the place of a report's.
    public var imageMark: String?

    /// Where the models of train cells come from.
    public enum ModelSource: Sendable {
        /// They are trained, unless the cache has them.
        case training
        /// From the cache alone: a cell whose model is not there fails.
        case cache
        /// Every train cell takes this one.
        case adopted(AdoptedModel)
    }

    /// Settings of a plain build.
    public init(
        config: SourceText?, loader: DatasetLoader, dataFolder: String? = nil,
        isStrict: Bool = false, rereadsData: Bool = false, environment: [String: String],
        toolVersion: String
    ) {
        self.config = config
        self.loader = loader
        self.dataFolder = dataFolder
        self.isStrict = isStrict
        self.rereadsData = rereadsData
        self.environment = environment
        self.toolVersion = toolVersion
    }
}
