import Datasets
import VAEModels

extension EvaluationWork {
    /// Refines the posteriors of some images and scores what that gains, or says why not.
    func addGaps(
        _ tool: EvaluationTool<any CodeGradients>, to sheet: inout ScoreSheet
    ) throws -> InferenceGaps? {
        guard options.refinedImages > 0 else { return nil }
        let chosen = images.spread(options.refinedImages)
        var own = ScoreSheet(options: options, count: chosen.images.count)
        defer { for score in own.scores.entries { sheet.insert(score) } }
        switch tool {
        case .missing(let reason):
            own.addMissingGaps(because: reason)
            return nil
        case .given(let decoder):
            let size = model.latentSize
            var encoded = Posterior(mean: [], logVariance: [])
            for place in chosen.places {
                let part = posterior.block(place..<place + 1, latentSize: size)
                encoded.mean += part.mean
                encoded.logVariance += part.logVariance
            }
            let gaps = try InferenceGaps(
                images: chosen.images, encoded: encoded, model: model, decoder: decoder,
                source: source, progress: progress)
            own.add(gaps)
            return gaps
        }
    }
}

extension EvaluationImages {
    /// At most `most` images spread evenly, with the targets that they have among all, and their places.
    func spread(_ most: Int) -> (images: EvaluationImages, places: [Int]) {
        let wanted = min(most, count)
        let places = (0..<wanted).map { $0 * count / wanted }
        var pixels: [UInt8] = []
        for block in blocks {
            let inside = places.filter(block.contains)
            guard !inside.isEmpty else { continue }
            let targets = values(of: block)
            for place in inside {
                let start = (place - block.lowerBound) * pixelCount
                pixels += targets[start..<start + pixelCount].map { UInt8(($0 * 255).rounded()) }
            }
        }
        return (EvaluationImages(ImageSet(pixels: pixels, labels: [], shape: shape)), places)
    }
}
