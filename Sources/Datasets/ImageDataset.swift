/// A labelled set of images in memory as bytes, the form in which a batch is gathered.
///
/// Pixels are `[count, channels, height, width]`, row-major, 0 … 255; a pixel's value is byte / 255.
/// Parts of a set share its memory.
public struct ImageSet: Sendable {
    /// Bytes of these images and perhaps of others, of which this set is a part.
    private let storage: [UInt8]
    /// Which bytes of the storage are this set's.
    private let place: Range<Int>
    /// Class index of each image; empty when the data has no classes.
    public let labels: [UInt8]
    /// What one image looks like.
    public let shape: ImageShape
    /// What each image was drawn from, `[count, factors]` in the order of
    /// ``ImageDataset/factors``; empty where that is not known.
    public let factorValues: [UInt8]

    /// Bytes of all images, `[count, channels, height, width]`, in the memory where they lie.
    public var bytes: ArraySlice<UInt8> { storage[place] }

    /// Bytes of all images, `[count, channels, height, width]`; a copy where the set is a part of another.
    public var pixels: [UInt8] { place.count == storage.count ? storage : Array(bytes) }

    /// Number of images.
    public var count: Int { shape.pixelCount == 0 ? 0 : place.count / shape.pixelCount }

    /// Wraps bytes that already have the layout `[count, channels, height, width]`.
    public init(
        pixels: [UInt8], labels: [UInt8], shape: ImageShape, factorValues: [UInt8] = []
    ) {
        self.init(
            storage: pixels, place: pixels.indices, labels: labels, shape: shape,
            factorValues: factorValues)
    }

    private init(
        storage: [UInt8], place: Range<Int>, labels: [UInt8], shape: ImageShape,
        factorValues: [UInt8]
    ) {
        let pixels = storage[place]
        precondition(
            pixels.count % shape.pixelCount == 0,
            "\(pixels.count) bytes are no whole number of images of \(shape.pixelCount) bytes")
        precondition(
            labels.isEmpty || labels.count * shape.pixelCount == pixels.count,
            "\(labels.count) labels for \(pixels.count / shape.pixelCount) images")
        let count = pixels.count / shape.pixelCount
        precondition(
            count == 0 ? factorValues.isEmpty : factorValues.count % count == 0,
            "\(factorValues.count) values of factors for \(count) images")
        self.storage = storage
        self.place = place
        self.labels = labels
        self.shape = shape
        self.factorValues = factorValues
    }

    /// How many values of factors each image has.
    public var factorCount: Int { count == 0 ? 0 : factorValues.count / count }

    /// The images at `range`, in order, in the same memory.
    public func slice(_ range: Range<Int>) -> ImageSet {
        let size = shape.pixelCount
        precondition(range.upperBound <= count, "\(range) of \(count) images")
        let start = place.lowerBound
        return ImageSet(
            storage: storage,
            place: start + range.lowerBound * size..<start + range.upperBound * size,
            labels: labels.isEmpty ? [] : Array(labels[range]), shape: shape,
            factorValues: Array(
                factorValues[range.lowerBound * factorCount..<range.upperBound * factorCount]))
    }
}

extension ImageSet: Equatable {
    /// Whether both hold the same images in the same order, whatever memory they lie in.
    public static func == (first: ImageSet, second: ImageSet) -> Bool {
        first.shape == second.shape && first.labels == second.labels
            && first.factorValues == second.factorValues && first.bytes == second.bytes
    }
}

/// Channels, height and width of an image.
public struct ImageShape: Sendable, Hashable, Codable {
    /// 1 for grey, 3 for red, green, blue.
    public let channels: Int
    /// Rows of pixels.
    public let height: Int
    /// Columns of pixels.
    public let width: Int

    /// Numbers in one image.
    public var pixelCount: Int { channels * height * width }

    /// A shape of positive sizes.
    public init(channels: Int, height: Int, width: Int) {
        self.channels = channels
        self.height = height
        self.width = width
    }
}

/// Images to train on and images to score on, with where they came from.
public struct ImageDataset: Sendable {
    /// The name a config uses, for example `mnist`.
    public let name: String
    /// The name a reader sees, for example "MNIST".
    public let title: String
    /// Images that training and validation are carved from.
    public let train: ImageSet
    /// Images that are only ever scored.
    public let test: ImageSet
    /// What each label stands for; empty when the data has no classes.
    public let classNames: [String]
    /// Where the bytes came from and their digest.
    public let provenance: DatasetProvenance
    /// What the images were drawn from; empty where that is not known.
    public let factors: [KnownFactor]
    /// What a reader of the page must know of the data: files that were left out.
    public let notes: [String]

    /// A data set from its two splits.
    public init(
        name: String, title: String, train: ImageSet, test: ImageSet, classNames: [String],
        provenance: DatasetProvenance, factors: [KnownFactor] = [], notes: [String] = []
    ) {
        for split in [train, test] where split.count > 0 {
            precondition(
                split.factorCount == factors.count,
                "\(split.factorCount) values an image for \(factors.count) factors")
        }
        self.name = name
        self.title = title
        self.train = train
        self.test = test
        self.classNames = classNames
        self.provenance = provenance
        self.factors = factors
        self.notes = notes
    }
}

/// Where a data set's bytes came from, kept in the record of every run that used them.
public struct DatasetProvenance: Sendable, Hashable, Codable {
    /// SHA-256 over the decompressed content of both splits; part of a cell's cache key.
    public let digest: String
    /// A sentence for the reader: a folder's name, "downloaded", "drawn from seed 0". No machine path.
    public let origin: String
    /// The data set that was asked for when this one stands in for it; nil when it is the real one.
    public let standsInFor: String?

    /// A provenance note.
    public init(digest: String, origin: String, standsInFor: String? = nil) {
        self.digest = digest
        self.origin = origin
        self.standsInFor = standsInFor
    }
}
