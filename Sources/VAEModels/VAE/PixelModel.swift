/// p(x|z) of one pixel: what the decoder's output means and what a reconstruction costs.
///
/// The decoder gives one number o a pixel; the mean image in 0 … 1 is sigmoid(o), and sigmoid(2·o) for
/// pixels in −1 … 1, whose mean is tanh(o).
public struct PixelModel: Sendable, Hashable, Codable {
    /// The distribution, or the loss that stands for one.
    public let likelihood: Likelihood
    /// The numbers that the network sees and the loss compares.
    public let range: Range

    /// A likelihood on a range; `bernoulli` needs `zeroOne`.
    public init(_ likelihood: Likelihood = .bernoulli, range: Range = .zeroOne) {
        precondition(
            likelihood != .bernoulli || range == .zeroOne, "Bernoulli pixels lie in 0 … 1")
        self.likelihood = likelihood
        self.range = range
    }

    /// How a pixel's reconstruction is scored; raw values are a config's `train.recon_loss`.
    public enum Likelihood: String, Sendable, Hashable, Codable, CaseIterable {
        /// Bernoulli with the output as logit; on grey pixels a score, not a density.
        case bernoulli = "bce"
        /// (x − mean)² + ½ log π: a Gaussian density of variance ½.
        case gaussian = "l2"
        /// √((x − mean)² + ε²) + log(2ε·K₁(ε)), ε = 1e-3 (Charbonnier et al. 1994): a smoothed Laplace
        /// density of scale 1.
        case charbonnier
    }

    /// The range of the pixels; raw values are a config's `data.normalize`.
    public enum Range: String, Sendable, Hashable, Codable, CaseIterable {
        /// 0 … 1.
        case zeroOne = "zero_one"
        /// −1 … 1: images are mapped by 2x − 1 on their way into the network and the loss.
        case minusOneOne = "minus_one_one"
    }
}
