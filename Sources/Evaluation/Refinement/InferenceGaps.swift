import Datasets
import Tensors
import VAEModels

/// What the ELBO loses, taken apart (Cremer et al. 2018, eq. 4): log p(x) − ELBO is an approximation gap,
/// for no upright Gaussian is the true posterior, plus an amortisation gap, for the encoder answers for
/// all images with one network.
public struct InferenceGaps: Sendable, Hashable, Codable {
    /// Draws for the reconstruction term of each ELBO, the same ε for both posteriors.
    public static let draws = 64
    /// Codes of each image in a step of the refinement.
    public static let codesPerImage = 2 * PosteriorRefinement.pairs
    /// Draws of the bound that stands for log p(x), from the refined posterior.
    public static let samples = 500

    /// Images whose posteriors were refined.
    public let count: Int
    /// ELBO with the encoder's posterior, nats per image.
    public let encoded: MeanEstimate
    /// ELBO with the refined posterior.
    public let refined: MeanEstimate
    /// Importance-weighted bound with the refined posterior.
    public let bound: MeanEstimate
    /// Refined minus encoded ELBO, image by image.
    public let amortisation: MeanEstimate
    /// Bound minus refined ELBO, image by image: at least this much.
    public let approximation: MeanEstimate
    /// The amortisation gap of each image, in the split's order.
    public let perImage: CompactFloats

    /// Refines the posteriors `encoded` of `images` and scores both. Throws what model and decoder throw.
    init(
        images: EvaluationImages, encoded: Posterior, model: any VAEInference,
        decoder: any CodeGradients, source: RandomSource, progress: EvaluationProgress.Report
    ) throws {
        let latent = model.latentSize
        var refinement = PosteriorRefinement(encoded, latentSize: latent)
        try refinement.run(
            images.blocks.flatMap(images.values), decoder: decoder, source: source,
            progress: progress)
        let refined = refinement.posterior
        func elbo(_ posterior: Posterior) throws -> [Double] {
            try ElboEvaluation(
                model: model, images: images, posterior: posterior, draws: Self.draws,
                source: source
            ) { progress($0.within("refined posteriors")) }.bound
        }
        let (before, after) = (try elbo(encoded), try elbo(refined))
        let bounds = try ImportanceWeightedBound(
            model: model, images: images, posterior: refined, samples: [Self.samples],
            source: source
        ) { progress($0.within("refined posteriors")) }.estimates.flatMap(\.bounds)
        let gains = zip(after, before).map(-)
        guard let encoded = MeanEstimate(before), let refined = MeanEstimate(after),
            let bound = MeanEstimate(bounds), let amortisation = MeanEstimate(gains),
            let approximation = MeanEstimate(zip(bounds, after).map(-))
        else { throw EvaluationError.noImages(split: "refined") }
        count = images.count
        self.encoded = encoded
        self.refined = refined
        self.bound = bound
        self.amortisation = amortisation
        self.approximation = approximation
        perImage = CompactFloats(gains)
    }
}
