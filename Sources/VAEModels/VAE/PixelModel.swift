/// p(x|z) of one pixel: what the decoder's output means and what a reconstruction costs.
///
/// The decoder gives one number o a pixel. The mean image in 0 … 1 is sigmoid(o), and sigmoid(2·o) for
/// pixels in −1 … 1, whose mean is tanh(o), unless a likelihood says otherwise.
public struct PixelModel: Sendable, Hashable, Codable {
    /// The distribution, or the loss that stands for one.
    public let likelihood: Likelihood
    /// The numbers that the network sees and the loss compares.
    public let range: Range

    /// A likelihood on a range that it allows.
    public init(_ likelihood: Likelihood = .bernoulli, range: Range = .zeroOne) {
        precondition(
            !likelihood.needsZeroOne || range == .zeroOne,
            "\(likelihood.rawValue) pixels lie in 0 … 1")
        self.likelihood = likelihood
        self.range = range
    }

    /// How a pixel's reconstruction is scored; raw values are a config's `train.recon_loss`.
    public enum Likelihood: String, Sendable, Hashable, Codable, CaseIterable {
        /// Bernoulli with the output as logit; on grey pixels a score, not a density.
        case bernoulli = "bce"
        /// (x − mean)² + ½ log π: a Gaussian density of variance ½.
        case fixedGaussian = "l2"
        /// √((x − mean)² + ε²) + log(2ε·K₁(ε)), ε = 1e-3 (Charbonnier et al. 1994): a smoothed Laplace
        /// density of scale 1.
        case charbonnier
        /// A Gaussian density whose σ is learned, one for all pixels (Rybkin et al. 2021).
        case gaussian
        /// A Laplace density whose scale b is learned in the same way.
        case laplace
        /// The continuous Bernoulli with the output as logit (Loaiza-Ganem & Cunningham 2019); its mean
        /// is 1 / (1 − e⁻ᵒ) − 1/o, not sigmoid(o).
        case continuousBernoulli = "continuous_bernoulli"
        /// A logistic distribution collected in the 256 levels of a pixel (Salimans et al. 2017, eq. 2),
        /// the scale s learned, one for all pixels (Kingma et al. 2016): a probability.
        ///
        /// Its location is ½ + o/4, or o for pixels in −1 … 1, and may leave the range, so that black
        /// and white can be certain; its mean cannot.
        case discretizedLogistic = "discretized_logistic"

        /// Whether pixels can only be numbers in 0 … 1.
        public var needsZeroOne: Bool { self == .bernoulli || self == .continuousBernoulli }

        /// Whether a scale is learned with the weights.
        public var learnsScale: Bool {
            switch self {
            case .gaussian, .laplace, .discretizedLogistic: true
            case .bernoulli, .fixedGaussian, .charbonnier, .continuousBernoulli: false
            }
        }
    }

    /// The range of the pixels; raw values are a config's `data.normalize`.
    public enum Range: String, Sendable, Hashable, Codable, CaseIterable {
        /// 0 … 1.
        case zeroOne = "zero_one"
        /// −1 … 1: images are mapped by 2x − 1 on their way into the network and the loss.
        case minusOneOne = "minus_one_one"
    }
}
