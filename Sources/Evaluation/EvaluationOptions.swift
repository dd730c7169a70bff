import Datasets
import VAEModels

/// What to compute and how; part of the cache key of an `eval` cell.
public struct EvaluationOptions: Sendable, Hashable, Codable {
    /// Prefix of the scores' names, and the split they are over.
    public var split: String
    /// Name of the data set for protocol sentences: "MNIST".
    public var dataTitle: String
    /// What the targets are.
    public var binarization: Binarization
    /// Posterior draws an image for the reconstruction term of the ELBO.
    public var draws: Int
    /// Values of K for the importance-weighted bound; empty for none.
    public var importanceSamples: [Int]
    /// Whether identity, mean image and PCA are fitted and scored.
    public var includesBaselines: Bool
    /// What p(x|z) is, which says what the bounds may be called.
    public var pixels: PixelModel
    /// The scale that the likelihood learned, for labels; nil without one.
    public var pixelScale: Double?
    /// Whether LPIPS of the reconstructions is scored, or said not to be.
    public var includesPerceptual: Bool
    /// Whether Fréchet and kernel distances are scored, or said not to be.
    public var includesDistribution: Bool
    /// Draws for the mutual information and total correlation of the codes; 0 leaves them out.
    public var aggregateDraws: Int
    /// Training images, the first ones, on whose codes the probes are fitted; 0 leaves the probes out.
    public var probeTrainingCount: Int
    /// Gaussians in a mixture that is fitted to codes and stands beside the prior; 0 leaves it out.
    public var mixtureComponents: Int
    /// Images whose posteriors are refined to measure the amortisation gap; 0 leaves it out.
    public var refinedImages: Int
    /// Whether codes are compared with the factors that the images were drawn from, or said not to be.
    public var includesDisentanglement: Bool
    /// The run's seed, from which the posterior draws come.
    public var seed: UInt64

    /// Options; the defaults are those of an `eval` cell.
    public init(
        split: String = "test", dataTitle: String, binarization: Binarization = .none,
        draws: Int = 1, importanceSamples: [Int] = [1, 64], includesBaselines: Bool = true,
        pixels: PixelModel = PixelModel(), includesPerceptual: Bool = false,
        includesDistribution: Bool = false, aggregateDraws: Int = 0,
        probeTrainingCount: Int = 0, mixtureComponents: Int = 0,
        refinedImages: Int = 0, includesDisentanglement: Bool = false, seed: UInt64
    ) {
        self.split = split
        self.dataTitle = dataTitle
        self.binarization = binarization
        self.draws = draws
        self.importanceSamples = importanceSamples
        self.includesBaselines = includesBaselines
        self.pixels = pixels
        self.includesPerceptual = includesPerceptual
        self.includesDistribution = includesDistribution
        self.aggregateDraws = aggregateDraws
        self.probeTrainingCount = probeTrainingCount
        self.mixtureComponents = mixtureComponents
        self.refinedImages = refinedImages
        self.includesDisentanglement = includesDisentanglement
        self.seed = seed
    }

    /// Refuses what no evaluation can do.
    func validate() throws {
        guard draws > 0 else {
            throw EvaluationError.badOption(
                name: "draws", found: "\(draws)", expected: "a whole number of at least 1")
        }
        let counts = [
            ("aggregate draws", aggregateDraws), ("probe images", probeTrainingCount),
            ("mixture", mixtureComponents), ("refined images", refinedImages),
        ]
        for (name, found) in counts where found < 0 {
            throw EvaluationError.badOption(
                name: name, found: "\(found)", expected: "a whole number of at least 0")
        }
        if let bad = importanceSamples.first(where: { $0 < 1 }) {
            throw EvaluationError.badOption(
                name: "iwae", found: "\(bad)", expected: "whole numbers of at least 1")
        }
    }
}
