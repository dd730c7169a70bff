/// A data set in CIFAR's binary form: batches of labelled colour images, together in one archive.
///
/// A batch is a file of records without a header, each one byte (CIFAR-10) or two (CIFAR-100: superclass,
/// class) for labels and then the image as `[channels, height, width]`: all of red, all of green, all of
/// blue, row by row. <https://www.cs.toronto.edu/~kriz/cifar.html>
public struct CIFARFiles: Sendable, Equatable {
    /// The archive that is downloaded.
    public let archive: PublishedArchive
    /// The folder that the archive unpacks to.
    public let folder: String
    /// Training batches in order, the test batch last.
    public let batches: [Batch]
    /// Images in each training batch.
    public let imagesPerBatch: Int
    /// Images in the test batch.
    public let testImages: Int
    /// What stands before each image.
    public let labels: Labels
    /// Folders below a root in which the archive or the unpacked folder may stand.
    public let places: [String]

    package init(
        archive: PublishedArchive, folder: String, batches: [Batch], imagesPerBatch: Int,
        testImages: Int? = nil, labels: Labels = Labels(count: 1, used: 0), places: [String]
    ) {
        precondition(batches.count > 1, "a training batch and a test batch at least")
        precondition((0..<labels.count).contains(labels.used), "no label byte \(labels.used)")
        self.archive = archive
        self.folder = folder
        self.batches = batches
        self.imagesPerBatch = imagesPerBatch
        self.testImages = testImages ?? imagesPerBatch
        self.labels = labels
        self.places = places
    }

    /// Images in a batch.
    func imageCount(ofBatch index: Int) -> Int {
        index == batches.count - 1 ? testImages : imagesPerBatch
    }

    /// The bytes that stand before each image.
    public struct Labels: Sendable, Equatable {
        /// How many there are.
        public let count: Int
        /// Which of them is the label, from 0.
        public let used: Int

        package init(count: Int, used: Int) {
            self.count = count
            self.used = used
        }
    }

    /// A file in the archive.
    public struct Batch: Sendable, Equatable {
        /// The file's name.
        public let name: String
        /// SHA-256 of the published content; nil where only the archive's is published.
        public let digest: String?

        package init(name: String, digest: String?) {
            self.name = name
            self.digest = digest
        }
    }
}
