/// A data set that a config can name: what it holds and how it comes.
public struct CatalogueEntry: Sendable, Equatable {
    /// The name in a config.
    public let name: String
    /// The name a reader sees.
    public let title: String
    /// Channels and size of its images.
    public let shape: ImageShape
    /// Images to train on and images to score on.
    public let counts: SplitCounts
    /// What each label stands for.
    public let classNames: [String]
    /// How its images come to be in memory.
    public let source: Source

    package init(
        name: String, title: String, shape: ImageShape, counts: SplitCounts, classNames: [String],
        source: Source
    ) {
        self.name = name
        self.title = title
        self.shape = shape
        self.counts = counts
        self.classNames = classNames
        self.source = source
    }

    /// How a data set's images come to be in memory.
    public enum Source: Sendable, Equatable {
        /// Four IDX files, looked for and otherwise fetched from the first mirror that answers.
        case idx(IDXFiles, mirrors: [String])
        /// Batches of records, looked for as the archive or unpacked, otherwise fetched as the archive.
        case cifar(CIFARFiles, mirrors: [String])
        /// Digits, drawn by this program.
        case drawn
        /// Shapes of every combination of a grid, drawn by this program.
        case sprites(SpriteGrid)
    }
}

/// How many images the two splits of a data set have.
public struct SplitCounts: Sendable, Hashable {
    /// Images that training and validation are carved from.
    public let train: Int
    /// Images that are only ever scored.
    public let test: Int

    package init(train: Int, test: Int) {
        self.train = train
        self.test = test
    }
}

/// The four files of a data set in MNIST's form.
public struct IDXFiles: Sendable, Equatable {
    /// Training images, training labels, test images, test labels.
    public let all: [PublishedFile]
    /// Names of the folder that holds them, below a root: the catalogue's, and torchvision's.
    public let folders: [String]

    package init(all: [PublishedFile], folders: [String]) {
        precondition(all.count == 4, "\(all.count) files, expected images and labels of two splits")
        self.all = all
        self.folders = folders
    }
}

/// A file whose content is known by its digest.
public struct PublishedFile: Sendable, Equatable {
    /// The name without `.gz`.
    public let name: String
    /// Its sizes, slowest first.
    public let sizes: [Int]
    /// SHA-256 of the decompressed content.
    public let digest: String

    package init(name: String, sizes: [Int], digest: String) {
        self.name = name
        self.sizes = sizes
        self.digest = digest
    }

    /// Spellings under which it is found, each plain or with `.gz`.
    var spellings: [String] {
        [name, name.replacing("-idx", with: ".idx")].flatMap { [$0, $0 + ".gz"] }
    }
    /// Bytes of the decompressed file.
    var size: Int { 4 + 4 * sizes.count + sizes.reduce(1, *) }
    /// The most bytes its compressed form may have: gzip never grows by more than this.
    var largestDownload: Int { size + 1 << 16 }
}

/// Every data set that a config can name.
public struct DatasetCatalogue: Sendable {
    /// In the order in which they are listed.
    public let entries: [CatalogueEntry]

    /// A catalogue of these entries.
    public init(entries: [CatalogueEntry]) { self.entries = entries }

    /// The entry called `name`. Throws ``DatasetError/unknown(name:nearest:known:)``.
    public func entry(named name: String) throws -> CatalogueEntry {
        if let entry = entries.first(where: { $0.name == name }) { return entry }
        let known = entries.map(\.name)
        throw DatasetError.unknown(name: name, nearest: known.nearest(to: name), known: known)
    }

    /// The entry that a request means: the one of its name, on its grid where it has one.
    public func entry(for request: DatasetRequest) throws -> CatalogueEntry {
        let entry = try entry(named: request.name)
        guard case .sprites = entry.source else { return entry }
        return .sprites(on: request.grid)
    }

    /// MNIST, CIFAR-10, and the digits and sprites that this program draws.
    public static let standard = DatasetCatalogue(entries: [
        .mnist, .cifar10, .drawnDigits, .sprites(on: SpriteGrid()),
    ])
}

extension CatalogueEntry {
    private static let digitNames = (0...9).map(String.init)
    private static let tenThousands = SplitCounts(train: 60_000, test: 10_000)

    /// LeCun, Cortes and Burges: the MNIST database of handwritten digits.
    static let mnist = CatalogueEntry(
        name: "mnist", title: "MNIST", shape: ImageShape(channels: 1, height: 28, width: 28),
        counts: tenThousands, classNames: digitNames,
        source: .idx(
            IDXFiles(
                all: [
                    PublishedFile(
                        name: "train-images-idx3-ubyte", sizes: [60_000, 28, 28],
                        digest: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                    PublishedFile(
                        name: "train-labels-idx1-ubyte", sizes: [60_000],
                        digest: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                    PublishedFile(
                        name: "t10k-images-idx3-ubyte", sizes: [10_000, 28, 28],
                        digest: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                    PublishedFile(
                        name: "t10k-labels-idx1-ubyte", sizes: [10_000],
                        digest: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
                ],
                folders: ["mnist", "", "MNIST/raw", "raw"]),
            mirrors: [
                "https://ossci-datasets.s3.amazonaws.com/mnist/",
                "https://storage.googleapis.com/cvdf-datasets/mnist/",
            ]))

    /// Digits drawn from parametric strokes; needs no file and no network.
    static let drawnDigits = CatalogueEntry(
        name: "drawn-digits", title: "Drawn digits",
        shape: ImageShape(channels: 1, height: 28, width: 28), counts: tenThousands,
        classNames: digitNames, source: .drawn)

    /// Shapes whose factors are known; needs no file and no network.
    static func sprites(on grid: SpriteGrid) -> CatalogueEntry {
        CatalogueEntry(
            name: "sprites", title: "Sprites",
            shape: ImageShape(channels: 1, height: grid.side, width: grid.side),
            counts: grid.counts, classNames: grid.classNames, source: .sprites(grid))
    }
}
