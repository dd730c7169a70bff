import Evaluation
import Files
import Networks
import Tensors
import VAEModels

extension BenchCommand {
    /// Scores test images with a model that has not been trained: the encoder once for each image, the
    /// decoder once for each of its `samples` draws.
    func timedBound(samples: Int) throws -> BoundResult {
        let (name, set) = try testImages()
        let images = EvaluationImages(set)
        let description = chosenModel.vae(
            image: FeatureShape(set.shape), base: base, latent: latent)
        let begin = ContinuousClock.now
        let compiled = try CompiledVAE(
            description, tensors: description.initialParameters(seed: 0),
            precision: chosenPrecision)
        let posterior = try Posterior.encoding(images, with: compiled)
        let bound = try ImportanceWeightedBound(
            model: compiled, images: images, posterior: posterior, samples: [samples],
            source: RandomSource(seed: 0))
        let seconds = begin.duration(to: .now) / .seconds(1)
        let values = bound.estimates.flatMap(\.bounds)
        return BoundResult(
            model: model, base: base, latent: latent, iwae: samples, images: set.count,
            precision: precision, engine: Plans.kernelsDescription, dataset: name,
            threads: Kernels.threadCount, seconds: seconds,
            images_per_s: Double(set.count) / seconds,
            iwae_nats: values.reduce(0, +) / Double(values.count),
            peak_rss_mb: ProcessMemory.peakBytes / 1_048_576)
    }

    /// The line that is printed; names are those of the PyTorch peer.
    struct BoundResult: Encodable {
        let model: String
        let base, latent, iwae, images: Int
        let precision, engine, dataset: String
        let threads: Int
        let seconds, images_per_s, iwae_nats: Double
        let peak_rss_mb: Int
    }
}
