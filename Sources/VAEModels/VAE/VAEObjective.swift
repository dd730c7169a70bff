/// What a VAE's training minimises besides the weight of its KL.
public struct VAEObjective: Sendable, Hashable {
    /// λ in Σ_j max(λ, mean KL_j), nats per dimension (Kingma et al. 2016, appendix C.8); 0 for none.
    public var freeBits: Float
    /// K of the importance-weighted objective (Burda et al. 2016, eq. 8); 1 is the ELBO with its
    /// closed-form KL.
    public var importanceSamples: Int

    /// The ELBO unless said otherwise. `freeBits` needs `importanceSamples` 1.
    public init(freeBits: Float = 0, importanceSamples: Int = 1) {
        precondition(importanceSamples >= 1 && freeBits >= 0, "no such objective")
        precondition(freeBits == 0 || importanceSamples == 1, "free bits need the closed-form KL")
        self.freeBits = freeBits
        self.importanceSamples = importanceSamples
    }
}
