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
    /// Whether LPIPS of the reconstructions is scored, or said not to be.
    public var includesPerceptual: Bool
    /// Whether Fréchet and kernel distances are scored, or said not to be.
    public var includesDistribution: Bool
    /// Draws for the mutual information and total correlation of the codes; 0 leaves them out.
    public var aggregateDraws: Int
    /// The run's seed, from which the posterior draws come.
    public var seed: UInt64

    /// Options; the defaults are those of an `eval` cell.
    public init(
        split: String = "test", dataTitle: String, binarization: Binarization = .none,
        draws: Int = 1, importanceSamples: [Int] = [1, 64], includesBaselines: Bool = true,
        pixels: PixelModel = PixelModel(), includesPerceptual: Bool = false,
        includesDistribution: Bool = false, aggregateDraws: Int = 0, seed: UInt64
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
        self.seed = seed
    }

    /// Refuses what no evaluation can do.
    func validate() throws {
        guard draws > 0 else {
            throw EvaluationError.badOption(
                name: "draws", found: "\(draws)", expected: "a whole number of at least 1")
        }
        guard aggregateDraws >= 0 else {
            throw EvaluationError.badOption(
                name: "aggregate draws", found: "\(aggregateDraws)",
                expected: "a whole number of at least 0")
        }
        if let bad = importanceSamples.first(where: { $0 < 1 }) {
            throw EvaluationError.badOption(
                name: "iwae", found: "\(bad)", expected: "whole numbers of at least 1")
        }
    }
}
