import Datasets
import Figures
import Literate
import Tensors
import Words

/// The table of samplings: draws from the prior beside reconstructions and real images.
struct SamplingTable {
    private let view: RunView
    private let title: String
    private static let count = 32

    init(_ view: RunView, title: String) throws {
        self.view = view
        self.title = title
    }

    var output: TableOutput {
        get throws {
            let size = view.config.model.latentSize
            let noise = view.random.normal(Self.count * size, for: .prior)
            let test = try view.dataset.test
            let real = try view.testImages(Array(0..<min(Self.count, test.count)))
            var rows = try [0.5, 0.7, 1].map { temperature in
                try row(
                    "Prior, T = \(temperature)",
                    try view.model.reconstruct(noise.map { Float(temperature) * $0 }))
            }
            rows.append(
                try row(
                    "Reconstructions of test images",
                    try view.model.reconstruct(try view.model.encode(real).mean)))
            rows.append(try row("Test images", real))
            return TableOutput(
                columns: [
                    "Images", "Mean brightness", "Mean spread of a pixel",
                    "Mean distance to the nearest training image",
                ], rows: rows,
                defaultCaption:
                    "Means over \(Quantity.text(Self.count)) images each; model trained on \(title). "
                    + "Spread is a pixel's standard deviation over the images, distance is Euclidean."
            )
        }
    }

    private func row(_ name: String, _ images: [Float]) throws -> [TableCell] {
        let tiles = try view.tiles(images)
        let training = try view.store.trainingImages(view.config)
        let size = training.shape.pixelCount
        let distances = tiles.indices.map { index in
            training.nearest(to: images[index * size..<(index + 1) * size]).distance
        }
        let spread = ImageTile.spread(of: tiles)
        let brightness = images.reduce(0.0) { $0 + Double($1) } / Double(max(images.count, 1))
        return [
            .text(name), .number(brightness, ".3f"),
            .number(spread.reduce(0, +) / Double(max(spread.count, 1)), ".3f"),
            .number(distances.reduce(0, +) / Double(max(distances.count, 1)), ".2f"),
        ]
    }
}
