import Datasets
import Files
import TestSupport

/// A data set in CIFAR's form: two training batches and a test batch, each of two 2 × 2 colour images.
struct TinyColors {
    /// Batches by name, in order.
    let batches: [(name: String, content: [UInt8])]
    /// The archive that is published.
    let archive: [UInt8]
    let catalogue: DatasetCatalogue

    init() throws {
        batches = ["one.bin", "two.bin", "test.bin"].enumerated().map { index, name in
            (name, (0..<2).flatMap { TinyColors.record(label: $0, image: 2 * index + $0) })
        }
        archive = TinyColors.archive(batches)
        let files = CIFARFiles(
            archive: PublishedArchive(
                name: "colors.tar.gz", size: archive.count,
                digest: try Digest.sha256(of: archive),
                mirrors: ["https://one.example/", "https://two.example/"]),
            folder: "colors-bin",
            batches: try batches.map { name, content in
                CIFARFiles.Batch(name: name, digest: try Digest.sha256(of: content))
            },
            imagesPerBatch: 2, places: ["colors", ""])
        catalogue = DatasetCatalogue(entries: [
            CatalogueEntry(
                name: "colors", title: "Colors",
                shape: ImageShape(channels: 3, height: 2, width: 2),
                counts: SplitCounts(train: 4, test: 2), classNames: ["no", "yes"],
                source: .cifar(files))
        ])
    }

    /// A label and the twelve numbers that follow 12 × `image`.
    static func record(label: Int, image: Int) -> [UInt8] {
        [UInt8(label)] + (0..<12).map { UInt8(12 * image + $0) }
    }

    /// The batches as they are published: out of order, among other files, compressed.
    static func archive(_ batches: [(name: String, content: [UInt8])]) -> [UInt8] {
        var files = batches.map { (name: "colors-bin/\($0.name)", content: $0.content) }
        files.append(files.removeFirst())
        files.insert((name: "colors-bin/", content: []), at: 0)
        files.insert((name: "colors-bin/readme.html", content: Array("hello".utf8)), at: 2)
        return Gzip.stored(TarArchive.bytes(files))
    }

    /// The content with one batch changed.
    func changing(_ name: String, _ change: ([UInt8]) -> [UInt8]) -> [(
        name: String, content: [UInt8]
    )] {
        batches.map { ($0.name, $0.name == name ? change($0.content) : $0.content) }
    }

    func loader(home: TemporaryFolder, network: FakeNetwork? = nil) -> DatasetLoader {
        DatasetLoader(
            catalogue: catalogue, environment: ["HOME": home.path], downloader: network,
            clock: { 1e9 })
    }
}
