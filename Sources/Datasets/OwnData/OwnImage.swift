import Words

/// An image of a user's own, brought to its size, before it is known whether all are grey.
struct OwnImage: Sendable {
    /// SHA-256 of its content, which decides whether it is a test image and where it stands.
    let key: String
    /// Its class; nil without classes.
    let label: UInt8?
    /// Whether the data themselves call it a test image; nil when they do not say.
    let isTest: Bool?
    /// Bytes `[channels, side, side]` with 1 or 3 channels.
    let pixels: [UInt8]

    /// Whether it has three channels that are not all the same.
    func isColored(area: Int) -> Bool {
        guard pixels.count > area else { return false }
        let (red, green, blue) = (
            pixels[..<area], pixels[area..<2 * area], pixels[(2 * area)...]
        )
        return !red.elementsEqual(green) || !red.elementsEqual(blue)
    }

    /// The pixels with so many channels; grey is ITU-R BT.601's luma.
    func pixels(channels: Int, area: Int) -> [UInt8] {
        let own = pixels.count / area
        if own == channels { return pixels }
        if channels == 3 { return pixels + pixels + pixels }
        return (0..<area).map { place in
            let weighted =
                299 * Int(pixels[place]) + 587 * Int(pixels[area + place])
                + 114 * Int(pixels[2 * area + place])
            return UInt8((weighted + 500) / 1000)
        }
    }

    /// Whether it is a test image. Where the data do not say, its content alone decides: it never
    /// changes sides, whatever is added, removed or renamed, and copies of an image stay together.
    func isTest(share: Double) -> Bool {
        if let isTest { return isTest }
        let number = key.prefix(13).reduce(0) { $0 << 4 | Int($1.hexDigitValue ?? 0) }
        return Double(number) < share * Double(1 << 52)
    }
}

/// A data set of a user's own in memory, with what there is to say about it.
struct OwnImages: Sendable {
    /// What the page calls it: the name of the folder or file.
    let title: String
    let train: ImageSet
    let test: ImageSet
    let classNames: [String]
    /// A sentence about where it comes from.
    let origin: String
    /// What a reader of the page must know: files that were left out.
    let notes: [String]

    /// More bytes of pixels than this are refused.
    private static let mostBytes = 1 << 30

    /// Splits, orders and colours images. Training and test images are each ordered by content, so that
    /// the validation images at the end of the training images are of all sorts.
    ///
    /// Throws a ``DatasetError`` for too few or too many images.
    init(
        title: String, images: [OwnImage], side: Int, classNames: [String], origin: String,
        notes: [String], options: OwnDataOptions
    ) throws {
        let area = side * side
        let channels: Int
        switch options.color {
        case .gray: channels = 1
        case .rgb: channels = 3
        case .auto: channels = images.contains { $0.isColored(area: area) } ? 3 : 1
        }
        guard images.count <= Self.mostBytes / (channels * area) else {
            throw DatasetError.own(
                problem:
                    "\(images.count) images of \(side) × \(side) × \(channels) bytes are more than "
                    + "the 1 GiB that can be held", key: "data.image_size",
                advice: "choose a smaller 'data.image_size', or fewer images")
        }
        let ordered = images.sorted { $0.key < $1.key }
        let shape = ImageShape(channels: channels, height: side, width: side)
        func set(_ isTest: Bool) -> ImageSet {
            let part = ordered.filter { $0.isTest(share: options.testShare) == isTest }
            var pixels: [UInt8] = []
            pixels.reserveCapacity(part.count * shape.pixelCount)
            for image in part { pixels += image.pixels(channels: channels, area: area) }
            return ImageSet(pixels: pixels, labels: part.compactMap(\.label), shape: shape)
        }
        try self.init(
            title: title, train: set(false), test: set(true), classNames: classNames,
            origin: origin,
            notes: notes)
    }

    private init(
        title: String, train: ImageSet, test: ImageSet, classNames: [String], origin: String,
        notes: [String]
    ) throws {
        guard train.count >= 4, test.count >= 2 else {
            throw DatasetError.own(
                problem:
                    "\(title) has \(Quantity.text(train.count, "image")) to train on and "
                    + "\(test.count) to test on, but a report takes 4 and 2 at least",
                key: "data.path",
                advice: "add images (copies of one image stay on one side), or "
                    + "\(train.count < 4 ? "lower" : "raise") 'data.test_share'")
        }
        (self.title, self.train, self.test) = (title, train, test)
        (self.classNames, self.origin, self.notes) = (classNames, origin, notes)
    }
}
