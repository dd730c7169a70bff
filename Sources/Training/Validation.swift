import Datasets
import Tensors
import VAEModels

extension ObjectiveTerms {
    /// Both terms of a Bernoulli VAE on `images`, one posterior draw an image, mean over images.
    ///
    /// The noise depends on the source's seed alone, so that epochs are compared on equal terms.
    static func measured(
        _ model: any VAEInference, on images: ImageSet, source: RandomSource, binarized: Bool
    ) throws -> ObjectiveTerms {
        var targets = images.pixels.map { Float($0) / 255 }
        if binarized {
            targets = Kernels.binarized(
                targets, source: source, purpose: .validation, step: 1)
        }
        let posterior = try model.encode(targets)
        let noise = source.normal(posterior.mean.count, for: .validation)
        let codes = posterior.draw(noise)
        let logLikelihood = try model.logLikelihood(of: targets, codes: codes, perImage: 1)
        let count = Double(images.count)
        return ObjectiveTerms(
            reconstruction: -logLikelihood.reduce(0.0) { $0 + Double($1) } / count,
            kl: posterior.kl.reduce(0.0) { $0 + Double($1) } / count)
    }
}
