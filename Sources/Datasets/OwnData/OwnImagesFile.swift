import Files
import Foundation

/// A data set of a user's own as it is kept in the user's cache: one file, so that neither decoding nor
/// resizing is done twice.
///
///     8 bytes    the length of the header, little-endian
///     JSON       what the images are, ``Header``
///     bytes      training labels, test labels (nothing without classes), training pixels, test pixels
struct OwnImagesFile {
    /// Where it lies.
    let path: String
    let header: Header
    private let start: Int

    /// What is known without reading a pixel.
    struct Header: Codable {
        let title: String
        let channels, side, train, test: Int
        let hasLabels: Bool
        let classNames: [String]
        let origin: String
        let notes: [String]
        let digest: String

        /// Bytes of one image.
        var imageSize: Int { channels * side * side }
        /// Bytes of all labels and pixels; nil for numbers that no file of ours has.
        var size: Int? {
            guard [1, 3].contains(channels), (1...1 << 15).contains(side),
                (0...1 << 31).contains(train), (0...1 << 31).contains(test)
            else { return nil }
            let count = train + test
            let (pixels, isTooLarge) = count.multipliedReportingOverflow(by: imageSize)
            return isTooLarge || pixels > 1 << 32 ? nil : pixels + (hasLabels ? count : 0)
        }
        var shape: ImageShape { ImageShape(channels: channels, height: side, width: side) }
    }

    private static let longestHeader = 1 << 20

    /// Opens a file that is as it was written; nil when there is none, or another.
    init?(at path: String) {
        guard let size = FileIdentity(of: path)?.size,
            let length = try? WholeFile.bytes(at: path, prefix: 8), length.count == 8
        else { return nil }
        let count = length.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard count <= Self.longestHeader,
            let text = try? WholeFile.bytes(at: path, in: 8..<8 + Int(count)),
            let header = try? JSONDecoder().decode(Header.self, from: Data(text)),
            let content = header.size, 8 + Int(count) + content == size
        else { return nil }
        (self.path, self.header, start) = (path, header, 8 + Int(count))
    }

    /// Writes a data set. Throws a ``Files/FileError`` when the disk refuses.
    static func write(_ images: OwnImages, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let header = [UInt8](try encoder.encode(try Header(images)))
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
        bytes.reserveCapacity(
            8 + header.count + images.train.pixels.count + images.test.pixels.count)
        bytes += header
        for part in parts(images) { bytes += part }
        try AtomicFile(path).write(bytes)
    }

    /// Labels and pixels in their order in the file.
    fileprivate static func parts(_ images: OwnImages) -> [[UInt8]] {
        [images.train.labels, images.test.labels, images.train.pixels, images.test.pixels]
    }

    /// Whether labels and pixels are those that were written: the header holds the digest of all. Reads
    /// the whole file.
    var isAsWritten: Bool {
        guard let digest = try? header.digestOfWords(), let reader = try? FileReader(path),
            (try? reader.read(upTo: start))?.count == start
        else { return false }
        while let bytes = try? reader.read(upTo: 1 << 20) {
            if bytes.isEmpty { return (try? digest.hexadecimal()) == header.digest }
            guard (try? digest.add(bytes)) != nil else { return false }
        }
        return false
    }

    /// The first images of both splits. Throws a ``Files/FileError``, or a ``DatasetError`` when the file
    /// was cut short meanwhile.
    func splits(_ limits: SplitLimits) throws -> (train: ImageSet, test: ImageSet) {
        let pixels = start + (header.hasLabels ? header.train + header.test : 0)
        return (
            try set(header.train, labelsAt: start, pixelsAt: pixels, limit: limits.train),
            try set(
                header.test, labelsAt: start + header.train,
                pixelsAt: pixels + header.train * header.imageSize, limit: limits.test)
        )
    }

    private func set(
        _ count: Int, labelsAt labels: Int, pixelsAt pixels: Int, limit: Int?
    ) throws -> ImageSet {
        let wanted = min(count, limit ?? count)
        func bytes(_ place: Int, _ size: Int) throws -> [UInt8] {
            let bytes = try WholeFile.bytes(at: path, in: place..<place + size)
            guard bytes.count == size else {
                throw DatasetError.malformed(
                    file: path, byte: place + bytes.count,
                    problem: "the file ends early; run again to have it made anew")
            }
            return bytes
        }
        let classes = header.hasLabels ? try bytes(labels, wanted) : []
        if let wrong = classes.firstIndex(where: { Int($0) >= header.classNames.count }) {
            throw DatasetError.malformed(
                file: path, byte: labels + wrong,
                problem: "there is no class \(classes[wrong]); delete the file, it is made anew")
        }
        return ImageSet(
            pixels: try bytes(pixels, wanted * header.imageSize), labels: classes,
            shape: header.shape)
    }
}

extension OwnImagesFile.Header {
    /// What is to be said of images in memory, with SHA-256 over everything that a model or a page could
    /// see of them: the words, then labels and pixels as they lie in the file.
    init(_ images: OwnImages) throws {
        let shape = images.train.shape
        func header(_ digest: String) -> Self {
            Self(
                title: images.title, channels: shape.channels, side: shape.height,
                train: images.train.count, test: images.test.count,
                hasLabels: !images.classNames.isEmpty, classNames: images.classNames,
                origin: images.origin, notes: images.notes, digest: digest)
        }
        let digest = try header("").digestOfWords()
        for part in OwnImagesFile.parts(images) { try digest.add(part) }
        self = header(try digest.hexadecimal())
    }

    /// The digest of all but labels and pixels.
    fileprivate func digestOfWords() throws -> Digest {
        let digest = try Digest()
        for text in [title, origin] + classNames + notes { try digest.add(field: text) }
        for number in [channels, side, side, train, test] { try digest.add(field: String(number)) }
        return digest
    }
}
