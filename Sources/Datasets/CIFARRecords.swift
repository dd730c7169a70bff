import Files

/// Records of CIFAR's batches, taken apart into pixels and labels.
struct CIFARRecords {
    /// What a batch was found to be.
    struct Summary {
        /// SHA-256 of its bytes, no further than one beyond its size.
        let digest: String
        /// How many bytes that were.
        let size: Int
        /// The first thing that is wrong with it; nil when it is in its layout.
        let problem: DatasetError?
    }

    private let shape: ImageShape
    private let classCount: Int
    private let files: CIFARFiles
    private let recordSize: Int
    private let keepsImages: Bool
    private var train: [UInt8] = []
    private var test: [UInt8] = []
    private var labels: [[UInt8]]

    /// Room for the batches of `files`, unless they are only checked.
    init(entry: CatalogueEntry, files: CIFARFiles, keepsImages: Bool) {
        shape = entry.shape
        classCount = entry.classNames.count
        self.files = files
        self.keepsImages = keepsImages
        recordSize = files.labels.count + entry.shape.pixelCount
        labels = Array(repeating: [], count: files.batches.count)
    }

    /// Bytes that a batch has.
    func size(ofBatch index: Int) -> Int { files.imageCount(ofBatch: index) * recordSize }

    /// Reads a batch, checks its size and classes and takes its images in; the last one is the test
    /// batch. Batches may come in any order.
    mutating func read(_ batch: CIFARBatch) throws -> Summary {
        let size = size(ofBatch: batch.index)
        let digest = try Digest()
        var (position, problem) = (0, DatasetError?.none)
        makeRoom(for: batch.index)
        while position <= size {
            let bytes = try batch.next(min(1000 * recordSize, size + 1 - position))
            if bytes.isEmpty { break }
            try digest.add(bytes)
            problem = problem ?? wrongLabel(in: bytes, at: position, batch.file)
            if keepsImages { take(bytes, at: position, ofBatch: batch.index) }
            position += bytes.count
        }
        return Summary(
            digest: try digest.hexadecimal(), size: position,
            problem: wrongSize(position, batch) ?? problem)
    }

    private func wrongSize(_ found: Int, _ batch: CIFARBatch) -> DatasetError? {
        let size = size(ofBatch: batch.index)
        guard found != size else { return nil }
        let what = found < size ? "the file ends early" : "more bytes follow the last image"
        return DatasetError.malformed(
            file: batch.file, byte: min(found, size),
            problem: "\(what): expected \(files.imageCount(ofBatch: batch.index)) records of "
                + "\(files.labels.count) + \(shape.pixelCount) bytes, \(size) in all")
    }

    /// The first label that stands for no class, in whole records from a byte of the file on.
    private func wrongLabel(in bytes: [UInt8], at position: Int, _ file: String) -> DatasetError? {
        for byte in stride(from: files.labels.used, to: bytes.count, by: recordSize)
        where bytes[byte] >= classCount {
            return DatasetError.malformed(
                file: file, byte: position + byte,
                problem: "label \(bytes[byte]), but there are \(classCount) classes, from 0")
        }
        return nil
    }

    private mutating func makeRoom(for index: Int) {
        guard keepsImages else { return }
        if index == labels.count - 1 {
            test.reserveCapacity(files.testImages * shape.pixelCount)
        } else if train.isEmpty {
            let count = (labels.count - 1) * files.imagesPerBatch * shape.pixelCount
            train = [UInt8](repeating: 0, count: count)
        }
    }

    /// Takes whole records in; `position` is the place in the file of the first.
    private mutating func take(_ bytes: [UInt8], at position: Int, ofBatch index: Int) {
        var target = (index * files.imagesPerBatch + position / recordSize) * shape.pixelCount
        for start in stride(from: 0, to: bytes.count - recordSize + 1, by: recordSize) {
            labels[index].append(bytes[start + files.labels.used])
            let image = bytes[start + files.labels.count..<start + recordSize]
            if index == labels.count - 1 {
                test += image
            } else {
                train.replaceSubrange(target..<target + shape.pixelCount, with: image)
                target += shape.pixelCount
            }
        }
    }

    /// The images of all batches, which must have been read whole.
    func split() -> (train: ImageSet, test: ImageSet) {
        (
            ImageSet(pixels: train, labels: Array(labels.dropLast().joined()), shape: shape),
            ImageSet(pixels: test, labels: labels.last ?? [], shape: shape)
        )
    }
}
