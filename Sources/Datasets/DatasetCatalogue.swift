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
        case cifar(CIFARFiles)
        /// Digits, drawn by this program.
        case drawn
        /// Shapes of every combination of a grid, drawn by this program.
        case sprites(SpriteGrid)
        /// Images of the user's own, which the config names.
        case own(OwnDataForm)
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

/// Every data set that a config can name.
public struct DatasetCatalogue: Sendable {
    /// In the order in which they are listed.
    public let entries: [CatalogueEntry]
    /// What was found of users' own data.
    let ownData: OwnDataIndex

    /// A catalogue of these entries.
    public init(entries: [CatalogueEntry]) {
        self.init(entries: entries, ownData: OwnDataIndex(cache: nil))
    }

    init(entries: [CatalogueEntry], ownData: OwnDataIndex) {
        (self.entries, self.ownData) = (entries, ownData)
    }

    /// The entry called `name`. Throws ``DatasetError/unknown(name:nearest:known:)``.
    public func entry(named name: String) throws -> CatalogueEntry {
        if let entry = entries.first(where: { $0.name == name }) { return entry }
        let known = entries.map(\.name)
        throw DatasetError.unknown(name: name, nearest: known.nearest(to: name), known: known)
    }

    /// The entry that a request means: the one of its name, on its grid where it has one.
    ///
    /// Of a user's own data it says what is there, which takes reading them the first time. Throws a
    /// ``DatasetError`` where they are not as they should be.
    public func entry(for request: DatasetRequest) throws -> CatalogueEntry {
        let entry = try entry(named: request.name)
        switch entry.source {
        case .sprites: return .sprites(on: request.grid)
        case .own(let form): return try ownData.entry(form, request.own)
        case .idx, .cifar, .drawn: return entry
        }
    }

    /// Published data sets, the digits and sprites that this program draws, and what users bring.
    public static var standard: DatasetCatalogue {
        DatasetCatalogue(
            entries: [
                .mnist, .fashionMNIST, .kmnist, .emnistDigits, .cifar10, .cifar100,
                .cifar100Superclasses, .drawnDigits, .sprites(on: SpriteGrid()),
            ] + OwnDataForm.allCases.map(CatalogueEntry.own))
    }
}

extension CatalogueEntry {
    /// What the labels of digits stand for.
    static let digitNames = (0...9).map(String.init)

    /// Digits drawn from parametric strokes; needs no file and no network.
    static let drawnDigits = CatalogueEntry(
        name: "drawn-digits", title: "Drawn digits",
        shape: ImageShape(channels: 1, height: 28, width: 28),
        counts: SplitCounts(train: 60_000, test: 10_000), classNames: digitNames, source: .drawn)

    /// Shapes whose factors are known; needs no file and no network.
    static func sprites(on grid: SpriteGrid) -> CatalogueEntry {
        CatalogueEntry(
            name: "sprites", title: "Sprites",
            shape: ImageShape(channels: 1, height: grid.side, width: grid.side),
            counts: grid.counts, classNames: grid.classNames, source: .sprites(grid))
    }

    /// The folder of its files below a root, the user's cache above all; data sets of the same files
    /// share it.
    var folder: String {
        switch source {
        case .idx(let files, _): files.folders.first ?? name
        case .cifar(let files): files.places.first ?? name
        case .drawn, .sprites, .own: name
        }
    }

    /// Images that a config names; what they are is known when they are looked at.
    static func own(_ form: OwnDataForm) -> CatalogueEntry {
        CatalogueEntry(
            name: form.rawValue, title: "Your images",
            shape: ImageShape(channels: 1, height: 1, width: 1),
            counts: SplitCounts(train: 0, test: 0), classNames: [], source: .own(form))
    }
}
