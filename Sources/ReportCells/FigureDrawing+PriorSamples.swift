import Datasets
import Evaluation
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
        let draws = try priorDraws(count)
        let neighbours = try neighbours(
            of: try view.model.reconstruct(draws.codes(temperature: 1)), count: min(6, count))
        let figure = PriorSamples(
            batches: try batches(draws, default: [0.5, 0.7, 1]), neighbours: neighbours,
            isFitted: draws.mixture != nil)
        let name = draws.mixture == nil ? "prior_samples" : "mixture_samples"
        return DrawnFigure(
            figure: figure, sheets: [("samples/\(name).png", figure.sheet())],
            caption: "Images decoded from draws of \(draws.title), uncurated; trained on "
                + "\(dataTitle).")
    }

    /// The same draws at rising temperatures, one row each.
    func priorTemperatures() throws -> DrawnFigure {
        let draws = try priorDraws(try options.integer("count") ?? 10)
        let figure = TemperatureGrid(
            batches: try batches(draws, default: [0.3, 0.5, 0.7, 1, 1.3]))
        let name = draws.mixture == nil ? "prior_temperatures" : "mixture_temperatures"
        return DrawnFigure(
            figure: figure, sheets: [("samples/\(name).png", figure.sheet())],
            caption: "Draws from \(draws.title), colder above and hotter below; trained on "
                + "\(dataTitle).")
    }

    /// Noise for so many codes, and where it leads.
    private func priorDraws(_ count: Int) throws -> PriorDraws {
        let source = try random()
        return PriorDraws(
            noise: source.normal(count * view.config.model.latentSize, for: .prior),
            chances: source.uniform(count, for: .prior, step: 1 << 32),
            mixture: try options.usesMixture ? try mixture() : nil)
    }

    private func mixture() throws -> MixturePrior {
        guard let mixture = try view.evaluation.mixture else {
            throw CellError(
                "the evaluation of '\(view.run)' fitted no mixture: there are too few training images"
            )
        }
        return mixture
    }

    private func batches(
        _ draws: PriorDraws, default temperatures: [Double]
    ) throws -> [PriorSamples.Batch] {
        try (options.numbers("temperatures") ?? temperatures).map { temperature in
            PriorSamples.Batch(
                temperature: temperature,
                images: try view.decoded(draws.codes(temperature: Float(temperature))))
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

/// Random numbers that become codes of the prior, or of a mixture in its place.
private struct PriorDraws {
    let noise: [Float]
    let chances: [Float]
    let mixture: MixturePrior?

    var title: String {
        mixture.map { "a mixture of \($0.count) Gaussians fitted to codes" } ?? "the prior"
    }

    func codes(temperature: Float) -> [Float] {
        mixture?.draw(uniform: chances, noise: noise, temperature: temperature)
            ?? noise.map { temperature * $0 }
    }
}
