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
