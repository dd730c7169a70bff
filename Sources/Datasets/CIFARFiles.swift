/// A data set in CIFAR-10's binary form: batches of labelled colour images, together in one archive.
///
/// A batch is a file of records without a header, each a byte for the class and then the image as
/// `[channels, height, width]`: all of red, all of green, all of blue, row by row.
/// <https://www.cs.toronto.edu/~kriz/cifar.html>
public struct CIFARFiles: Sendable, Equatable {
    /// The archive that is downloaded: its name, and the SHA-256 of its own bytes.
    public let archive: Batch
    /// Bytes of the archive.
    public let archiveSize: Int
    /// The folder that the archive unpacks to.
    public let folder: String
    /// Training batches in order, the test batch last.
    public let batches: [Batch]
    /// Images in each batch.
    public let imagesPerBatch: Int
    /// Folders below a root in which the archive or the unpacked folder may stand.
    public let places: [String]

    package init(
        archive: Batch, archiveSize: Int, folder: String, batches: [Batch], imagesPerBatch: Int,
        places: [String]
    ) {
        precondition(batches.count > 1, "a training batch and a test batch at least")
        self.archive = archive
        self.archiveSize = archiveSize
        self.folder = folder
        self.batches = batches
        self.imagesPerBatch = imagesPerBatch
        self.places = places
    }

    /// A published file.
    public struct Batch: Sendable, Equatable {
        /// The file's name.
        public let name: String
        /// SHA-256 of the published content.
        public let digest: String

        package init(name: String, digest: String) {
            self.name = name
            self.digest = digest
        }
    }
}

extension CatalogueEntry {
    /// Krizhevsky: Learning Multiple Layers of Features from Tiny Images, 2009.
    static let cifar10 = CatalogueEntry(
        name: "cifar10", title: "CIFAR-10", shape: ImageShape(channels: 3, height: 32, width: 32),
        counts: SplitCounts(train: 50_000, test: 10_000),
        classNames: [
            "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship",
            "truck",
        ],
        source: .cifar(
            CIFARFiles(
                archive: CIFARFiles.Batch(
                    name: "cifar-10-binary.tar.gz",
                    digest: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
                archiveSize: 170_052_171, folder: "cifar-10-batches-bin",
                batches: [
                    (
                        "data_batch_1",
                        "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"
                    ),
                    (
                        "data_batch_2",
                        "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"
                    ),
                    (
                        "data_batch_3",
                        "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"
                    ),
                    (
                        "data_batch_4",
                        "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"
                    ),
                    (
                        "data_batch_5",
                        "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"
                    ),
                    (
                        "test_batch",
                        "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"
                    ),
                ].map { CIFARFiles.Batch(name: $0.0 + ".bin", digest: $0.1) },
                imagesPerBatch: 10_000, places: ["cifar10", "", "cifar-10", "CIFAR10"]),
            mirrors: [
                "https://www.cs.toronto.edu/~kriz/",
                "https://mindspore-website.obs.cn-north-4.myhuaweicloud.com/notebook/datasets/",
            ]))
}
