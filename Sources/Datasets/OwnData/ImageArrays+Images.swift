import Files
import Words

extension ImageArrays {
    /// Reads every image. Throws a ``DatasetError`` for numbers that are no pixels.
    func images(_ progress: OwnDataProgress) throws -> OwnImages {
        let classes = try Classes(parts)
        var images: [OwnImage] = []
        var meaning: PixelValues?
        let total = parts.reduce(0) { $0 + $1.shape.count }
        for (index, part) in parts.enumerated() {
            let values = try meaning ?? self.meaning(of: part)
            meaning = values
            try read(part, values) { place, square in
                images.append(
                    OwnImage(
                        key: try Digest.sha256(of: square),
                        label: classes.label(part: index, place),
                        isTest: part.isTest, pixels: square))
                if images.count % 1000 == 0 { progress("reading", images.count, total) }
            }
        }
        return try OwnImages(
            title: OwnDataIndex.title(of: path), images: images, side: side,
            classNames: classes.names, origin: origin(total, meaning ?? .byte), notes: [],
            options: options)
    }

    /// What the numbers mean; of training and test images the training images decide.
    private func meaning(of part: Part) throws -> PixelValues {
        let number = part.images.number
        if number == .boolean { return .unit }
        if number == .byte, options.values == .byte { return .byte }
        var range = NumberRange()
        let size = part.shape.imageSize
        try part.images.forEachRow { row, bytes in
            for index in 0..<size { range.add(number.value(bytes, index), image: row) }
        }
        return try range.meaning(options.values, of: part.images.name, isWhole: number.isWhole)
    }

    /// Shows the squares of an array, `[channels, side, side]`.
    private func read(
        _ part: Part, _ values: PixelValues, _ visit: (Int, [UInt8]) throws -> Void
    ) throws {
        let preparation = ImagePreparation(
            side: side, resize: options.resize, background: options.background.level)
        let (shape, number) = (part.shape, part.images.number)
        try part.images.forEachRow { row, bytes in
            var pixels: [UInt8] = []
            pixels.reserveCapacity(shape.imageSize)
            for y in 0..<shape.height {
                for x in 0..<shape.width {
                    for channel in 0..<shape.channels {
                        let place = shape.place(row: y, column: x, channel: channel)
                        let value = number.value(bytes, place)
                        guard values.contains(value) else {
                            throw outside(value, row, part, values)
                        }
                        pixels.append(values.byte(value))
                    }
                }
            }
            let image = DecodedImage(
                width: shape.width, height: shape.height, channels: shape.channels, pixels: pixels)
            try visit(row, preparation.square(of: image))
        }
    }

    private func outside(
        _ value: Double, _ row: Int, _ part: Part, _ values: PixelValues
    ) -> DatasetError {
        .own(
            problem:
                "\(part.images.name): image \(row) holds the number \(value), but pixels go from "
                + values.words, key: "data.values", advice: "scale training and test images alike")
    }

    private func origin(_ count: Int, _ values: PixelValues) -> String {
        let size = parts.first.map { "\($0.shape.height) × \($0.shape.width)" } ?? ""
        let resized =
            options.imageSize.map { "\(size) pixels brought to \($0) × \($0)" } ?? "\(size) pixels"
        let split = parts.count > 1 ? "split as the file has them" : "split by their content"
        return "the user's file “\(OwnDataIndex.title(of: path))”, "
            + "\(Quantity.text(count, "image")) of \(resized), values from \(values.words) kept in 256 "
            + "levels, \(split)"
    }
}

/// The classes of arrays: numbers, as they stand there, become places in an order.
private struct Classes {
    let names: [String]
    private let labels: [[UInt8]]

    /// Reads the classes of all parts. Throws a ``DatasetError`` for more than 256.
    init(_ parts: [ImageArrays.Part]) throws {
        var numbers: [[Double]] = []
        for part in parts {
            guard let array = part.labels else { continue }
            var own: [Double] = []
            try array.forEachRow { _, bytes in own.append(array.number.value(bytes, 0)) }
            numbers.append(own)
        }
        let known = Set(numbers.joined()).sorted()
        guard numbers.count == parts.count, known.count > 1 else {
            (names, labels) = ([], [])
            return
        }
        guard known.count <= 256 else {
            throw DatasetError.own(
                problem:
                    "there are \(known.count) different classes, but 256 at most can be told apart",
                key: "data.labels", advice: "leave the classes out, or join some")
        }
        let places = Dictionary(
            uniqueKeysWithValues: known.enumerated().map { ($0.element, UInt8($0.offset)) })
        names = known.map { Int(exactly: $0).map(String.init) ?? "\($0)" }
        labels = numbers.map { $0.compactMap { places[$0] } }
    }

    /// The class of an image; nil without classes.
    func label(part: Int, _ place: Int) -> UInt8? {
        labels.indices.contains(part) && labels[part].indices.contains(place)
            ? labels[part][place] : nil
    }
}
