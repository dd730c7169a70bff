/// What a VAE's training minimises besides the weight of its KL.
public struct VAEObjective: Sendable, Hashable {
    /// λ in Σ_j max(λ, mean KL_j), nats per dimension (Kingma et al. 2016, appendix C.8); 0 for none.
    public var freeBits: Float
    /// K of the importance-weighted objective (Burda et al. 2016, eq. 8); 1 is the ELBO with its
    /// closed-form KL.
    public var importanceSamples: Int
    /// What stands beside the reconstruction.
    public var rate: Rate

    /// What stands beside the reconstruction.
    public enum Rate: Sendable, Hashable {
        /// β·KL.
        case divergence
        /// β·γ·|KL − C|.
        case capacity(Capacity)
        /// KL + (`weight` − 1)·TC: mutual information and dimension-wise KL once, the total correlation
        /// `weight` times (β-TCVAE with α = γ = 1, Chen et al. 2018, eq. 4). A step's β is that weight;
        /// while it is still less, all of the rate is less in proportion.
        case totalCorrelation(weight: Double)
    }

    /// γ·|KL − C| with a C that rises linearly from 0 (Burgess et al. 2018, eq. 8).
    public struct Capacity: Sendable, Hashable {
        /// γ.
        public var weight: Double
        /// The last C, nats per image.
        public var limit: Double
        /// Epochs until then; fractions count.
        public var epochs: Double

        /// A weight and the way of C.
        public init(weight: Double, limit: Double, epochs: Double) {
            self.weight = weight
            self.limit = limit
            self.epochs = epochs
        }

        /// C of a step, counted from 0.
        public func nats(at step: Int, stepsPerEpoch: Int) -> Double {
            let rise = epochs * Double(stepsPerEpoch)
            return rise > 0 ? limit * min(1, Double(step) / rise) : limit
        }
    }

    /// The ELBO unless said otherwise. `freeBits` and every other rate than the divergence need
    /// `importanceSamples` 1, and one excludes the other.
    public init(freeBits: Float = 0, importanceSamples: Int = 1, rate: Rate = .divergence) {
        precondition(importanceSamples >= 1 && freeBits >= 0, "no such objective")
        precondition(freeBits == 0 || importanceSamples == 1, "free bits need the closed-form KL")
        if case .totalCorrelation(let weight) = rate {
            precondition(weight > 0, "a total correlation with the weight \(weight)")
        }
        precondition(
            rate == .divergence || (freeBits == 0 && importanceSamples == 1),
            "\(rate) needs the closed-form KL alone")
        self.freeBits = freeBits
        self.importanceSamples = importanceSamples
        self.rate = rate
    }
}
