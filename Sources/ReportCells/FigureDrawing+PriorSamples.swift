import Datasets
import Figures
import Tensors

extension FigureDrawing {
    /// The stream that the figure's seed, or the run's, names.
    func random() throws -> RandomSource {
        try options.integer("seed").map { RandomSource(seed: UInt64($0)) } ?? view.random
    }

    /// Uncurated draws at each temperature, the same ε at all of them, and nearest training images.
    func priorSamples() throws -> DrawnFigure {
        let count = try view.count(grey: 12, colour: 8, options.integer("count"))
        let batches = try priorBatches(count, default: [0.5, 0.7, 1])
        let noise = try priorNoise(count)
        let neighbours = try neighbours(
            of: try view.model.reconstruct(noise), count: min(6, count))
        let figure = PriorSamples(batches: batches, neighbours: neighbours)
        return DrawnFigure(
            figure: figure, sheets: [("samples/prior_samples.png", figure.sheet())],
            caption: "Images decoded from draws of the prior, uncurated; trained on \(dataTitle).")
    }

    /// The same draws at rising temperatures, one row each.
    func priorTemperatures() throws -> DrawnFigure {
        let count = try options.integer("count") ?? 10
        let figure = TemperatureGrid(
            batches: try priorBatches(count, default: [0.3, 0.5, 0.7, 1, 1.3]))
        return DrawnFigure(
            figure: figure, sheets: [("samples/prior_temperatures.png", figure.sheet())],
            caption: "Draws from the prior, colder above and hotter below; trained on \(dataTitle)."
        )
    }

    private func priorNoise(_ count: Int) throws -> [Float] {
        try random().normal(count * view.config.model.latentSize, for: .prior)
    }

    private func priorBatches(
        _ count: Int, default temperatures: [Double]
    ) throws -> [PriorSamples.Batch] {
        let noise = try priorNoise(count)
        return try (options.numbers("temperatures") ?? temperatures).map { temperature in
            PriorSamples.Batch(
                temperature: temperature,
                images: try view.decoded(noise.map { Float(temperature) * $0 }))
        }
    }

    /// The first draws, each beside the training image at the least Euclidean distance.
    private func neighbours(
        of samples: [Float], count: Int
    ) throws -> [PriorSamples.Neighbour] {
        let images = try view.store.trainingImages(view.config)
        let size = images.shape.pixelCount
        let tiles = try view.tiles(Array(samples.prefix(count * size)))
        return try tiles.enumerated().map { index, tile in
            let (nearest, distance) = images.nearest(
                to: samples[index * size..<(index + 1) * size])
            return PriorSamples.Neighbour(
                sample: tile, nearest: try view.tiles(view.images(images, at: [nearest]))[0],
                distance: distance)
        }
    }
}
