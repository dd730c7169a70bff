import Datasets
import Files
import TestSupport

/// A data set in MNIST's form with three training and two test images of 2 × 2 pixels.
struct TinyDigits {
    let contents: [String: [UInt8]]
    let catalogue: DatasetCatalogue

    init(mirrors: [String] = ["https://one.example/", "https://two.example/"]) throws {
        let parts: [(String, [Int], [UInt8])] = [
            ("train-images-idx3-ubyte", [3, 2, 2], (0..<12).map { UInt8($0 * 20) }),
            ("train-labels-idx1-ubyte", [3], [0, 1, 1]),
            ("t10k-images-idx3-ubyte", [2, 2, 2], (0..<8).map { UInt8($0 * 30) }),
            ("t10k-labels-idx1-ubyte", [2], [1, 0]),
        ]
        var contents: [String: [UInt8]] = [:]
        var files: [PublishedFile] = []
        for (name, sizes, bytes) in parts {
            let content = TinyDigits.idx(sizes: sizes, bytes: bytes)
            contents[name] = content
            files.append(
                PublishedFile(
                    name: name, sizes: sizes, content: .sha256(try Digest.sha256(of: content))))
        }
        self.contents = contents
        let shape = ImageShape(channels: 1, height: 2, width: 2)
        let drawn = try DatasetCatalogue.standard.entry(named: "drawn-digits")
        catalogue = DatasetCatalogue(entries: [
            CatalogueEntry(
                name: "tiny", title: "Tiny", shape: shape, counts: SplitCounts(train: 3, test: 2),
                classNames: ["no", "yes"],
                source: .idx(
                    IDXFiles(all: files, folders: ["tiny", "", "MNIST/raw"]), mirrors: mirrors)),
            CatalogueEntry(
                name: "drawn-digits", title: drawn.title, shape: drawn.shape,
                counts: SplitCounts(train: 4, test: 2), classNames: drawn.classNames, source: .drawn
            ),
        ])
    }

    static func idx(sizes: [Int], bytes: [UInt8]) -> [UInt8] {
        let header = sizes.flatMap { size in (0..<4).map { UInt8(size >> (24 - 8 * $0) & 255) } }
        return [0, 0, 8, UInt8(sizes.count)] + header + bytes
    }

    /// Writes all files below `place` in `folder`, in the given spelling.
    func write(
        to folder: TemporaryFolder, place: String = "tiny/",
        spelling: (String) -> String = { $0 + ".gz" }
    ) throws {
        for (name, content) in contents {
            let spelled = spelling(name)
            let bytes = spelled.hasSuffix(".gz") ? Gzip.stored(content) : content
            try folder.write(bytes, to: place + spelled)
        }
    }

    /// A loader that sees only `home` and, when there is one, the fake network.
    func loader(
        home: TemporaryFolder, environment: [String: String] = [:], network: FakeNetwork? = nil,
        clock: @escaping @Sendable () -> Double = { 1e9 },
        progress: @escaping @Sendable (DatasetEvent) -> Void = { _ in }
    ) -> DatasetLoader {
        DatasetLoader(
            catalogue: catalogue,
            environment: environment.merging(["HOME": home.path]) { given, _ in given },
            downloader: network, clock: clock, progress: progress)
    }
}
