/// Records of CIFAR's batches, taken apart into pixels and labels.
struct CIFARRecords {
    private let shape: ImageShape
    private let classCount: Int
    private let files: CIFARFiles
    private let recordSize: Int
    private var train: [UInt8] = []
    private var test: [UInt8] = []
    private var labels: [[UInt8]]

    /// Room for the batches of `files`.
    init(entry: CatalogueEntry, files: CIFARFiles) {
        shape = entry.shape
        classCount = entry.classNames.count
        self.files = files
        recordSize = files.labels.count + entry.shape.pixelCount
        labels = Array(repeating: [], count: files.batches.count)
    }

    /// Bytes that a batch has.
    func size(ofBatch index: Int) -> Int { files.imageCount(ofBatch: index) * recordSize }

    /// Checks a batch's size and classes.
    ///
    /// Throws ``DatasetError/malformed(file:byte:problem:)`` at the first byte that is wrong.
    func check(_ bytes: [UInt8], asBatch index: Int, file: String) throws {
        let size = size(ofBatch: index)
        guard bytes.count == size else {
            let what =
                bytes.count < size ? "the file ends early" : "more bytes follow the last image"
            throw DatasetError.malformed(
                file: file, byte: min(bytes.count, size),
                problem: "\(what): expected \(files.imageCount(ofBatch: index)) records of "
                    + "\(files.labels.count) + \(shape.pixelCount) bytes, \(size) in all")
        }
        for byte in stride(from: files.labels.used, to: size, by: recordSize)
        where bytes[byte] >= classCount {
            throw DatasetError.malformed(
                file: file, byte: byte,
                problem: "label \(bytes[byte]), but there are \(classCount) classes, from 0")
        }
    }

    /// Checks a batch and takes it in; the last one is the test batch. Batches may come in any order.
    mutating func add(_ bytes: [UInt8], asBatch index: Int, file: String) throws {
        try check(bytes, asBatch: index, file: file)
        let starts = stride(from: 0, to: bytes.count, by: recordSize)
        labels[index] = starts.map { bytes[$0 + files.labels.used] }
        if index == labels.count - 1 {
            test.reserveCapacity(files.testImages * shape.pixelCount)
            for start in starts {
                test += bytes[start + files.labels.count..<start + recordSize]
            }
            return
        }
        let pixelsPerBatch = files.imagesPerBatch * shape.pixelCount
        if train.isEmpty {
            train = [UInt8](repeating: 0, count: (labels.count - 1) * pixelsPerBatch)
        }
        var target = index * pixelsPerBatch
        for start in starts {
            let next = target + shape.pixelCount
            train.replaceSubrange(
                target..<next, with: bytes[start + files.labels.count..<start + recordSize])
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
