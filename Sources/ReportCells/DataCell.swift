import Charts
import Datasets
import Experiments
import Figures
import Literate
import Words

extension ExperimentCells {
    /// `data`: what a data set is, before anything is trained on it.
    static var dataKind: CellKind {
        CellKind(
            "data", requiresLabel: true, configKey: judge { $0.name.hasPrefix("data.") },
            publishes: { cell in
                DataFacts.names.map { ValueDeclaration("\(cell.id).\($0.name)", $0.sort) }
            })
    }

    /// What a description depends on besides the cell.
    func dataInputs(_ cell: Cell) throws -> [String: String] {
        let config = try config(of: cell)
        let settings = config.cacheInputs(for: .training).filter {
            $0.key.hasPrefix("config data.")
        }
        return settings.merging([
            "the data set": try store.provenance(config).digest,
            "presentation": Self.presentationVersion,
        ]) { $1 }
    }

    /// Shows the first images of a data set, and counts and measures all.
    func describeData(_ cell: Cell, in context: CellContext) throws -> CellResult {
        let config = try config(of: cell)
        let dataset = try store.dataset(config)
        let facts = DataFacts(dataset, validationCount: config.data.validationCount)
        let drawn = DrawnFigure(figure: dataset.examples, caption: facts.caption)
        var result = try write(drawn, of: cell, beside: "", in: context, data: facts.table)
        result.values = facts.values(label: cell.id)
        result.banners = dataset.banners
        return result
    }
}

extension ImageDataset {
    /// More classes than this are mixed in one grid.
    private static let mostClasses = 20

    /// The first training images of each class, or just the first where there are no classes or many.
    var examples: DataExamples {
        let isGrey = train.shape.channels == 1
        guard (1...Self.mostClasses).contains(classNames.count) else {
            let (rows, columns) = isGrey ? (6, 16) : (5, 12)
            let places = Array(0..<min(train.count, rows * columns))
            return DataExamples(
                lines: stride(from: 0, to: places.count, by: columns).map { start in
                    DataExamples.Line(
                        images: tiles(places[start..<min(start + columns, places.count)]))
                }, subject: fullTitle)
        }
        let columns = isGrey ? 12 : max(3, min(8, 60 / classNames.count))
        var places = [[Int]](repeating: [], count: classNames.count)
        for (place, label) in train.labels.enumerated() where places.indices.contains(Int(label)) {
            places[Int(label)].append(place)
        }
        return DataExamples(
            lines: zip(classNames, places).map { name, places in
                DataExamples.Line(
                    group: (name, places.count), images: tiles(places.prefix(columns)))
            }, subject: fullTitle)
    }

    /// Training images by their places.
    private func tiles(_ places: ArraySlice<Int>) -> [ImageTile] {
        let shape = train.shape
        return places.map { place in
            let bytes = train.slice(place..<place + 1).bytes
            return ImageTile(
                channels: shape.channels, height: shape.height, width: shape.width,
                values: bytes.map { Float($0) / 255 })
        }
    }
}

/// What is said about a data set: images, pixels, classes, provenance.
struct DataFacts {
    /// Names below the cell's label, and whether each is a text.
    static let names: [(name: String, sort: ValueDeclaration.Sort)] = [
        ("title", .text), ("train_count", .number), ("validation_count", .number),
        ("test_count", .number), ("classes", .number), ("channels", .number), ("height", .number),
        ("width", .number), ("mean", .number), ("sd", .number), ("origin", .text),
        ("digest", .text),
    ]

    /// Class tables longer than this are told by their extremes.
    private static let mostClasses = 20

    private let dataset: ImageDataset
    private let validationCount: Int
    private let train: PixelMoments
    private let test: PixelMoments

    init(_ dataset: ImageDataset, validationCount: Int) {
        self.dataset = dataset
        self.validationCount = validationCount
        train = PixelMoments(dataset.train)
        test = PixelMoments(dataset.test)
    }

    func values(label: String) -> [String: PublishedValue] {
        let shape = dataset.train.shape
        func pixels(_ number: Double) -> PublishedValue {
            PublishedValue(
                number, count: dataset.train.count,
                protocolNote: "over all pixels of the training images, 0 black to 1 white")
        }
        let values: [String: PublishedValue] = [
            "title": PublishedValue(text: dataset.fullTitle),
            "train_count": PublishedValue(integer: dataset.train.count - validationCount),
            "validation_count": PublishedValue(integer: validationCount),
            "test_count": PublishedValue(integer: dataset.test.count),
            "classes": PublishedValue(integer: dataset.classNames.count),
            "channels": PublishedValue(integer: shape.channels),
            "height": PublishedValue(integer: shape.height),
            "width": PublishedValue(integer: shape.width),
            "mean": pixels(train.mean), "sd": pixels(train.deviation),
            "origin": PublishedValue(text: dataset.provenance.origin),
            "digest": PublishedValue(text: dataset.provenance.digest),
        ]
        return Dictionary(uniqueKeysWithValues: values.map { ("\(label).\($0.key)", $0.value) })
    }

    /// Rows: images, pixels, classes; columns: the two splits.
    var table: TableOutput {
        TableOutput(
            columns: ["", "Training", "Test"],
            rows: [
                row("Images", dataset.train.count, dataset.test.count),
                [
                    .text("Mean of the pixels, 0 to 1"), .number(train.mean, ".4f"),
                    .number(test.mean, ".4f"),
                ],
                [
                    .text("Their standard deviation"), .number(train.deviation, ".4f"),
                    .number(test.deviation, ".4f"),
                ],
            ] + classRows)
    }

    /// How many images of what sort there are, and where they come from.
    var caption: String {
        let shape = dataset.train.shape
        let colour = shape.channels == 1 ? "grey" : "in colour"
        let (mean, deviation) = (train.mean, train.deviation)
        return """
            \(dataset.fullTitle), the first training images and how many there are: in all \
            \(Quantity.text(dataset.train.count)) for training (\(Quantity.text(validationCount)) of them held \
            back for validation) and \(Quantity.text(dataset.test.count)) for tests, \
            \(shape.height) × \(shape.width) pixels, \(colour), \
            with a mean of \(NumberText.fixed(mean, decimals: 4)) and a standard deviation of \
            \(NumberText.fixed(deviation, decimals: 4)) between 0 and 1. Source: \
            \(dataset.provenance.origin), SHA-256 \(dataset.provenance.digest.prefix(12))….
            """
    }

    private func row(_ name: String, _ train: Int, _ test: Int) -> [TableCell] {
        [.text(name), .number(Double(train), ".0f"), .number(Double(test), ".0f")]
    }

    private var classRows: [[TableCell]] {
        let names = dataset.classNames
        if names.isEmpty { return [] }
        let (train, test) = (counts(dataset.train), counts(dataset.test))
        guard names.count > Self.mostClasses else {
            return names.indices.map { row("Class “\(names[$0])”", train[$0], test[$0]) }
        }
        return [
            row("Classes", names.count, names.count),
            row("Images of the rarest class", train.min() ?? 0, test.min() ?? 0),
            row("Images of the commonest class", train.max() ?? 0, test.max() ?? 0),
        ]
    }

    /// Images by class.
    private func counts(_ images: ImageSet) -> [Int] {
        images.labels.reduce(into: [Int](repeating: 0, count: dataset.classNames.count)) {
            if $0.indices.contains(Int($1)) { $0[Int($1)] += 1 }
        }
    }
}

/// Mean and standard deviation of all pixels of a set, values 0 to 1.
private struct PixelMoments {
    let (mean, deviation): (Double, Double)

    init(_ images: ImageSet) {
        var histogram = [Int](repeating: 0, count: 256)
        for byte in images.bytes { histogram[Int(byte)] += 1 }
        let count = Double(max(1, images.bytes.count))
        let mean =
            histogram.enumerated().reduce(0.0) { $0 + Double($1.offset) * Double($1.element) }
            / count
        let variance = histogram.enumerated().reduce(0.0) { sum, bin in
            let distance = Double(bin.offset) - mean
            return sum + distance * distance * Double(bin.element)
        }
        self.mean = mean / 255
        deviation = (variance / count).squareRoot() / 255
    }
}
