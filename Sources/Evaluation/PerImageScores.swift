/// One number an image for histograms, scatters and the choice of examples, in the split's order.
public struct PerImageScores: Sendable, Hashable, Codable {
    /// ELBO, negative nats.
    public let elbo: CompactFloats
    /// Reconstruction term, positive nats.
    public let reconstruction: CompactFloats
    /// KL term, positive nats.
    public let divergence: CompactFloats
    /// PSNR, dB.
    public let peakSignalToNoise: CompactFloats
    /// SSIM; nil for images too small for it.
    public let similarity: CompactFloats?
    /// Importance-weighted bound with the largest K, negative nats; nil when none was asked for.
    public let importanceWeighted: CompactFloats?
    /// Effective number of weights for the largest K; nil when none was asked for.
    public let effectiveSampleSize: CompactFloats?
    /// LPIPS of the reconstruction; nil when it was not computed.
    public let perceptual: CompactFloats?

    /// Indices of images by PSNR, lowest first; equal ones in the split's order.
    public var orderByPeakSignalToNoise: [Int] {
        let values = peakSignalToNoise.values
        return values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    }

    /// The indices of the `count` best, middle and worst images by PSNR: best first, middle ones in
    /// descending order, worst last. No more than there are images.
    public func examples(_ count: Int) -> (best: [Int], median: [Int], worst: [Int]) {
        let descending = Array(orderByPeakSignalToNoise.reversed())
        let taken = min(count, descending.count)
        let middle = (descending.count - taken) / 2
        return (
            best: Array(descending.prefix(taken)),
            median: Array(descending[middle..<middle + taken]),
            worst: Array(descending.suffix(taken))
        )
    }
}
