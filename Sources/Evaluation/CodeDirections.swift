import VAEModels

/// The two principal directions of the posterior means over the whole split: the axes of a latent
/// scatter with more than two dimensions.
public struct CodeDirections: Sendable, Hashable, Codable {
    /// Mean code, `[latentSize]`.
    public let mean: CompactFloats
    /// Unit directions, `[2, latentSize]`; one row when a code has one number.
    public let directions: CompactFloats
    /// Share of the codes' variance along each direction.
    public let varianceFractions: [Double]
    /// Coordinates of every image's posterior mean, `[images, varianceFractions.count]`.
    public let coordinates: CompactFloats

    /// Fits to the posterior means of `count` ≥ 2 images.
    public init(_ posterior: Posterior, count: Int, latentSize: Int) throws {
        let fit = try PrincipalComponents(
            count: count, size: latentSize, leading: min(2, latentSize),
            ranges: EvaluationImages.blocks(count: count)
        ) { Array(posterior.mean[$0.lowerBound * latentSize..<$0.upperBound * latentSize]) }
        mean = CompactFloats(fit.mean)
        directions = CompactFloats(fit.components.values)
        varianceFractions = fit.varianceFractions
        coordinates = CompactFloats(fit.project(posterior.mean))
    }
}
