/// Records of CIFAR's batches, taken apart into pixels and labels.
struct CIFARRecords {
    /// Bytes that every batch has.
    let batchSize: Int
    private let shape: ImageShape
    private let classCount: Int
    private let imagesPerBatch: Int
    private var train: [UInt8] = []
    private var test: [UInt8] = []
    private var labels: [[UInt8]]

    /// Room for the batches of `files`.
    init(entry: CatalogueEntry, files: CIFARFiles) {
        shape = entry.shape
        classCount = entry.classNames.count
        imagesPerBatch = files.imagesPerBatch
        batchSize = files.imagesPerBatch * (1 + entry.shape.pixelCount)
        labels = Array(repeating: [], count: files.batches.count)
    }

    /// Checks a batch's size and classes.
    ///
    /// Throws ``DatasetError/malformed(file:byte:problem:)`` at the first byte that is wrong.
    func check(_ bytes: [UInt8], file: String) throws {
        guard bytes.count == batchSize else {
            let what =
                bytes.count < batchSize ? "the file ends early" : "more bytes follow the last image"
            throw DatasetError.malformed(
                file: file, byte: min(bytes.count, batchSize),
                problem: "\(what): expected \(imagesPerBatch) records of 1 + "
                    + "\(shape.pixelCount) bytes, \(batchSize) in all")
        }
        for byte in stride(from: 0, to: batchSize, by: 1 + shape.pixelCount)
        where bytes[byte] >= classCount {
            throw DatasetError.malformed(
                file: file, byte: byte,
                problem: "label \(bytes[byte]), but there are \(classCount) classes, from 0")
        }
    }

    /// Checks a batch and takes it in; the last one is the test batch. Batches may come in any order.
    mutating func add(_ bytes: [UInt8], asBatch index: Int, file: String) throws {
        try check(bytes, file: file)
        let recordSize = 1 + shape.pixelCount
        let starts = stride(from: 0, to: batchSize, by: recordSize)
        labels[index] = starts.map { bytes[$0] }
        let pixelsPerBatch = imagesPerBatch * shape.pixelCount
        if index == labels.count - 1 {
            test.reserveCapacity(pixelsPerBatch)
            for start in starts { test += bytes[start + 1..<start + recordSize] }
            return
        }
        if train.isEmpty {
            train = [UInt8](repeating: 0, count: (labels.count - 1) * pixelsPerBatch)
        }
        var target = index * pixelsPerBatch
        for start in starts {
            let next = target + shape.pixelCount
            train.replaceSubrange(target..<next, with: bytes[start + 1..<start + recordSize])
            target = next
        }
    }

    /// The images of all batches, which must have been added.
    func split() -> (train: ImageSet, test: ImageSet) {
        (
            ImageSet(pixels: train, labels: Array(labels.dropLast().joined()), shape: shape),
            ImageSet(pixels: test, labels: labels.last ?? [], shape: shape)
        )
    }
}
