import Foundation

/// What evaluation asks of a trained model: encode images, decode codes. Reads no files.
///
/// A protocol because scores are also tested on toy models whose answers are known exactly.
public protocol VAEInference: AnyObject {
    /// Numbers in a code.
    var latentSize: Int { get }
    /// Numbers in an image, channels × height × width.
    var pixelCount: Int { get }
    /// Images `[count, pixelCount]` in 0 … 1 to the posterior's mean and log-variance,
    /// `[count, latentSize]` each. Any `count`; the model batches inside.
    func encode(_ images: [Float]) throws -> Posterior
    /// Codes `[count, latentSize]` to the decoder's output `[count, pixelCount]`: logits where pixels are
    /// Bernoulli. Any `count`.
    func decode(_ codes: [Float]) throws -> [Float]
    /// log p(x|z) in nats, one a code, summed over pixels. `images` are `[count, pixelCount]`;
    /// `codes` are `[count × perImage, latentSize]`, the codes of an image standing together.
    func logLikelihood(of images: [Float], codes: [Float], perImage: Int) throws -> [Float]
    /// The mean image of p(x|z) in 0 … 1, `[count, pixelCount]`, from codes `[count, latentSize]`.
    func reconstruct(_ codes: [Float]) throws -> [Float]
}

/// Diagonal Gaussian posteriors q(z|x) of a set of images.
public struct Posterior: Sendable {
    /// `[count, latentSize]`.
    public var mean: [Float]
    /// `[count, latentSize]`, clamped to [−30, 20].
    public var logVariance: [Float]

    /// Posteriors from means and log-variances of the same shape `[count, latentSize]`.
    public init(mean: [Float], logVariance: [Float]) {
        precondition(
            mean.count == logVariance.count,
            "\(mean.count) means but \(logVariance.count) log-variances")
        self.mean = mean
        self.logVariance = logVariance
    }
}

extension Posterior {
    /// z = μ + σ·ε for noise ε of the same shape `[count, latentSize]`.
    public func draw(_ noise: [Float]) -> [Float] {
        precondition(noise.count == mean.count, "\(noise.count) noise for \(mean.count) means")
        return mean.indices.map { mean[$0] + deviation($0) * noise[$0] }
    }

    /// KL(q ‖ N(0, 1)) of every image and dimension in nats, `[count, latentSize]`; closed form,
    /// Kingma & Welling 2014, appendix B.
    public var kl: [Float] {
        mean.indices.map {
            let deviation = deviation($0)
            return (mean[$0] * mean[$0] + deviation * deviation - 1 - logVariance[$0]) / 2
        }
    }

    /// σ at `index` of the flat arrays.
    public func deviation(_ index: Int) -> Float { exp(logVariance[index] / 2) }
}
