import Files
import Foundation

/// Finds a data set, fetches it when it is nowhere, checks it and brings it into memory.
///
/// Environment, network, clock and display are passed in; nothing is read from the process.
public struct DatasetLoader: Sendable {
    /// The data sets there are.
    public let catalogue: DatasetCatalogue
    /// Environment variables: `VAE_REPORT_DATA`, `XDG_CACHE_HOME`, `HOME`.
    public let environment: [String: String]
    /// Does the downloads; nil forbids them.
    public let downloader: (any Downloader)?
    /// Told of downloads, of drawing and of what stands in for what.
    public let progress: @Sendable (DatasetEvent) -> Void
    /// Seconds since 1970, for how long ago the network was last tried.
    let clock: @Sendable () -> Double

    /// A loader for these surroundings.
    public init(
        catalogue: DatasetCatalogue = .standard, environment: [String: String],
        downloader: (any Downloader)? = NetworkDownloader(),
        clock: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 },
        progress: @escaping @Sendable (DatasetEvent) -> Void = { _ in }
    ) {
        self.catalogue = DatasetCatalogue(
            entries: catalogue.entries,
            ownData: OwnDataIndex(
                cache: DatasetSearch.cacheFolder(in: environment), progress: progress))
        self.environment = environment
        self.downloader = downloader
        self.clock = clock
        self.progress = progress
    }

    /// The user's cache, `$XDG_CACHE_HOME/vae-report` or `~/.cache/vae-report`; nil when neither is known.
    public var cacheFolder: String? { DatasetSearch.cacheFolder(in: environment) }

    /// The data set in memory, its bytes checked; downloaded or drawn first where it has to be.
    ///
    /// Files that were checked before and look unchanged (``DatasetRequest/rereadsFiles``) are not
    /// checked again.
    ///
    /// Throws a ``DatasetError`` that names the file and both digests when a file that exists is not
    /// the published one, or lists where was looked when there is none and nothing may stand in.
    public func load(_ request: DatasetRequest) throws -> ImageDataset {
        switch try locate(request) {
        case .files(let found, let entry, let files):
            return try read(found, of: entry, files, request)
        case .batches(let place, let entry, let files):
            return try read(place, of: entry, files, limits: request.limits)
        case .drawn(let entry, let missing):
            return try draw(entry, standingInFor: missing, limits: request.limits)
        case .sprites(let entry, let grid):
            return try draw(entry, on: grid, limits: request.limits)
        case .own(let form):
            return try catalogue.ownData.dataset(
                form, request.own, limits: request.limits, rereads: request.rereadsFiles)
        }
    }

    /// What ``load(_:)`` would give, without reading the files when they are remembered unchanged.
    ///
    /// Downloads when it has to. The digest is the same as the loaded data set's.
    public func provenance(_ request: DatasetRequest) throws -> DatasetProvenance {
        switch try locate(request) {
        case .files(let found, let entry, let files):
            return try provenance(of: found, entry, files, rereads: request.rereadsFiles)
        case .batches(let place, let entry, let files):
            return try provenance(of: place, entry, files, rereads: request.rereadsFiles)
        case .drawn(let entry, let missing):
            return try drawnProvenance(entry, standingInFor: missing)
        case .sprites(_, let grid): return try spriteProvenance(grid)
        case .own(let form):
            return try catalogue.ownData.provenance(
                form, request.own, rereads: request.rereadsFiles)
        }
    }

    /// Brings the files of a data set into the user's cache unless they are somewhere already.
    ///
    /// Asks the network even when it was found wanting a moment ago. Returns the files' paths.
    public func fetch(_ request: DatasetRequest) throws -> [String] {
        let entry = try catalogue.entry(for: request)
        let search = DatasetSearch(request: request, environment: environment)
        if let located = find(entry, search) { return located.paths }
        let attempts = try download(entry, search, asksAgain: true)
        guard let located = find(entry, search) else {
            throw unavailable(entry, search, findings(entry, search) + attempts)
        }
        return located.paths
    }

    /// Reads every file of a data set, wherever each is found, and says how it compares.
    ///
    /// Empty for data that is drawn. Downloads nothing.
    public func verify(_ request: DatasetRequest) throws -> [FileCheck] {
        let entry = try catalogue.entry(for: request)
        let search = DatasetSearch(request: request, environment: environment)
        switch entry.source {
        case .idx(let files, _): return try checks(of: files, search)
        case .cifar(let files): return try checks(of: search.complete(files), entry, files)
        case .drawn, .sprites, .own: return []
        }
    }

    /// The folder in which each file of a data set stands, or nil; reads and downloads nothing.
    public func location(_ request: DatasetRequest) throws -> String? {
        let entry = try catalogue.entry(for: request)
        let search = DatasetSearch(request: request, environment: environment)
        return find(entry, search)?.paths.first.map { FilePath.folder(of: $0) }
    }
}

extension DatasetLoader {
    /// What a request comes down to.
    private enum Located {
        case files([FoundFile], CatalogueEntry, IDXFiles)
        case batches(CIFARPlace, CatalogueEntry, CIFARFiles)
        case drawn(CatalogueEntry, standingInFor: CatalogueEntry?)
        case sprites(CatalogueEntry, SpriteGrid)
        case own(OwnDataForm)

        /// Paths of the files that hold the data set.
        var paths: [String] {
            switch self {
            case .files(let found, _, _): found.map(\.path)
            case .batches(let place, _, _): place.files.map(\.path)
            case .drawn, .sprites, .own: []
            }
        }
    }

    private func locate(_ request: DatasetRequest) throws -> Located {
        let entry = try catalogue.entry(for: request)
        let search = DatasetSearch(request: request, environment: environment)
        if let located = find(entry, search) { return located }
        let mayDraw = request.whenUnavailable == .drawnDigits
        let attempts = try download(entry, search, asksAgain: !mayDraw)
        if let located = find(entry, search) { return located }
        let looked = findings(entry, search) + attempts
        guard mayDraw else { throw unavailable(entry, search, looked) }
        let drawn = try catalogue.entry(named: request.whenUnavailable.rawValue)
        progress(.notice(standInNotice(entry, drawn, looked)))
        return .drawn(drawn, standingInFor: entry)
    }

    /// What is on this machine already; nil when it is incomplete.
    private func find(_ entry: CatalogueEntry, _ search: DatasetSearch) -> Located? {
        switch entry.source {
        case .idx(let files, _): search.complete(files).map { .files($0, entry, files) }
        case .cifar(let files): search.complete(files).map { .batches($0, entry, files) }
        case .drawn: .drawn(entry, standingInFor: nil)
        case .sprites(let grid): .sprites(entry, grid)
        case .own(let form): .own(form)
        }
    }

    private func findings(_ entry: CatalogueEntry, _ search: DatasetSearch) -> [String] {
        switch entry.source {
        case .idx(let files, _): search.findings(files)
        case .cifar(let files): search.findings(files)
        case .drawn, .sprites, .own: []
        }
    }

    private func unavailable(
        _ entry: CatalogueEntry, _ search: DatasetSearch, _ looked: [String]
    ) -> DatasetError {
        .unavailable(
            title: entry.title, name: entry.name, looked: looked,
            wanted: wanted(entry, search))
    }

    private func standInNotice(
        _ entry: CatalogueEntry, _ drawn: CatalogueEntry, _ looked: [String]
    ) -> String {
        """
        \(entry.title) is not at hand: \(drawn.title.lowercased()) stand in for it, \
        and the report says so. Looked in:
        \(looked.map { "    - \($0)" }.joined(separator: "\n"))
            To use \(entry.title), name its folder with --data-dir or $VAE_REPORT_DATA, or run \
        'vae-report data fetch \(entry.name)'. --strict makes this an error.
        """
    }
}
