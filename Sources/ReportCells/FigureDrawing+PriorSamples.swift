import Datasets
import Figures
import Literate

extension FigureDrawing {
    /// Uncurated draws at each temperature, the same ε at all of them, and nearest training images.
    func priorSamples() throws -> DrawnFigure {
        let temperatures = try cell.numbers("temperatures", in: 0.01...10) ?? [0.5, 0.7, 1]
        let count = try cell.integer("count", in: 1...64) ?? 20
        let noise = view.random.normal(count * view.config.model.latentSize, for: .prior)
        let batches = try temperatures.map { temperature in
            PriorSamples.Batch(
                temperature: temperature,
                images: try view.decoded(noise.map { Float(temperature) * $0 }))
        }
        let neighbours = try neighbours(
            of: try view.model.reconstruct(noise), count: min(6, count))
        let figure = PriorSamples(batches: batches, neighbours: neighbours)
        return DrawnFigure(
            figure: figure, sheets: [("samples/prior_samples.png", figure.sheet())],
            caption: "Images decoded from draws of the prior, uncurated; trained on \(dataTitle).")
    }

    /// The first draws, each beside the training image at the least Euclidean distance.
    private func neighbours(
        of samples: [Float], count: Int
    ) throws -> [PriorSamples.Neighbour] {
        let images = try view.store.trainingImages(view.config)
        let size = images.shape.pixelCount
        let tiles = try view.tiles(Array(samples.prefix(count * size)))
        return try tiles.enumerated().map { index, tile in
            let sample = samples[index * size..<(index + 1) * size].map {
                Int32(($0 * 255).rounded())
            }
            let (nearest, squared) = images.nearest(to: sample)
            return PriorSamples.Neighbour(
                sample: tile, nearest: try view.tiles(view.images(images, at: [nearest]))[0],
                distance: Double(squared).squareRoot() / 255)
        }
    }
}

extension ImageSet {
    /// The image at the least squared distance from `sample`, in squared bytes summed over pixels.
    fileprivate func nearest(to sample: [Int32]) -> (index: Int, squared: Int64) {
        var best = (index: 0, squared: Int64.max)
        pixels.withUnsafeBufferPointer { bytes in
            for image in 0..<count {
                let start = image * sample.count
                var sum: Int64 = 0
                for place in sample.indices {
                    let difference = sample[place] - Int32(bytes[start + place])
                    sum += Int64(difference * difference)
                }
                if sum < best.squared { best = (image, sum) }
            }
        }
        return best
    }
}
