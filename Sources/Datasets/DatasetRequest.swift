/// Which data set is wanted, from where, and what to do when it is nowhere.
public struct DatasetRequest: Sendable, Equatable {
    /// The name in the catalogue.
    public var name: String
    /// The folder given with `--data-dir`; looked into first.
    public var folder: String?
    /// The config's `data.root`; looked into second.
    public var configuredRoot: String?
    /// What to do when the data set is nowhere.
    public var whenUnavailable: WhenUnavailable
    /// At most this many training and test images, the first ones; nil for all.
    public var limits: SplitLimits
    /// Reads and checks every file even when its digest is remembered (`--verify-data`).
    public var rereadsFiles: Bool
    /// Which sprites to draw; of no use to other data sets.
    public var grid: SpriteGrid
    /// Which images of the user's own, and how; of no use to other data sets.
    public var own: OwnDataOptions

    /// What to do when a data set is nowhere to be had.
    public enum WhenUnavailable: String, Sendable, CaseIterable {
        /// Draw digits in its place and say so.
        case drawnDigits = "drawn-digits"
        /// Stop with an error that lists where it was looked for.
        case error
    }

    /// A request for the data set called `name`, all of it, from the usual places.
    public init(
        name: String, folder: String? = nil, configuredRoot: String? = nil,
        whenUnavailable: WhenUnavailable = .error, limits: SplitLimits = SplitLimits(),
        rereadsFiles: Bool = false, grid: SpriteGrid = SpriteGrid(),
        own: OwnDataOptions = OwnDataOptions()
    ) {
        self.name = name
        self.folder = folder
        self.configuredRoot = configuredRoot
        self.whenUnavailable = whenUnavailable
        self.limits = limits
        self.rereadsFiles = rereadsFiles
        self.grid = grid
        self.own = own
    }
}

/// How many images of each split to keep, for short runs.
public struct SplitLimits: Sendable, Hashable {
    /// Training images to keep; nil for all.
    public var train: Int?
    /// Test images to keep; nil for all.
    public var test: Int?

    /// Limits; nil keeps everything.
    public init(train: Int? = nil, test: Int? = nil) {
        self.train = train
        self.test = test
    }
}
