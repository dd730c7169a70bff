/// All that one evaluation leaves behind: scores in order and the arrays that figures are drawn from.
///
/// `Codable` in a compact form, about 4 MB for 10,000 images and 32 latent dimensions; a result read
/// back equals the one that was written.
public struct EvaluationResult: Sendable, Hashable, Codable {
    /// The options that made it.
    public let options: EvaluationOptions
    /// Images scored.
    public let count: Int
    /// Scores in the order of a table.
    public let scores: Scores
    /// Use of each latent dimension.
    public let klPerDimension: KLPerDimension
    /// Variance over images of each dimension's posterior mean.
    public let activeUnits: ActiveUnits
    /// Posterior means and deviations of the first images.
    public let codes: LatentCodes
    /// Principal directions of the codes; nil for fewer than two images.
    public let codeDirections: CodeDirections?
    /// One number an image.
    public let perImage: PerImageScores
    /// The bound for each K, ascending.
    public let importanceCurve: [ImportanceCurvePoint]
    /// The bound from the first half of the draws of the largest K; nil where that is 1, and in results
    /// that were stored before it was kept.
    public let halfBound: Double?
    /// The codes of all images against the prior.
    public let latentStatistics: LatentStatistics
    /// The KL term taken apart; nil when it was not asked for.
    public let aggregatePosterior: AggregatePosterior?
    /// Sets of images against real ones; nil when it was not asked for or not computed.
    public let distribution: DistributionScores?
    /// The mixture fitted to codes; nil when it was not asked for or not computed.
    public let mixture: MixturePrior?
    /// What refined posteriors gain; nil when it was not asked for or not computed.
    public let gaps: InferenceGaps?
    /// Codes against known factors; nil when it was not asked for or not computed.
    public let disentanglement: DisentanglementScores?
}

/// The importance-weighted bound for one K.
public struct ImportanceCurvePoint: Sendable, Hashable, Codable {
    /// K.
    public let samples: Int
    /// Mean over images, negative nats.
    public let bound: Double
    /// Standard error over images; nil for a single image.
    public let standardError: Double?
    /// Median over images of (Σw)² / Σw².
    public let medianEffectiveSampleSize: Double
    /// The same at its least, lower quartile, median, upper quartile and most; nil in results that
    /// were stored before it was kept.
    public let effectiveSampleSizeSummary: [Double]?

    init(_ estimate: ImportanceWeightedBound.Estimate) {
        let bounds = SampleStatistics(estimate.bounds)
        samples = estimate.samples
        bound = bounds.mean
        standardError = bounds.standardError
        medianEffectiveSampleSize = SampleStatistics.median(estimate.effectiveSampleSizes)
        effectiveSampleSizeSummary = SampleStatistics.summary(estimate.effectiveSampleSizes)
    }
}
