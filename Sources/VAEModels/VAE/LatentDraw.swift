import CKernels
import Networks
import Tensors

/// Draws codes from the encoder's posteriors and leads gradients back through them; owns what that
/// takes for one batch.
struct LatentDraw {
    /// Log-variances are clamped to this range; outside it their gradient is zero.
    static let logVarianceRange: ClosedRange<Float> = -30...20

    let images: Int
    let size: Int
    let draws: Int
    /// ε `[images, draws, size]`.
    let noise: Buffer
    private let sigma: Buffer
    /// Nats `[images, size]`.
    private let kl: Buffer
    private let klWeights: Buffer
    /// w / Σw `[images, draws]` of the importance-weighted objective.
    let weights: Buffer
    private let bounds: Buffer

    init(images: Int, size: Int, draws: Int) {
        self.images = images
        self.size = size
        self.draws = draws
        noise = Buffer(count: images * draws * size)
        sigma = Buffer(count: images * size)
        kl = Buffer(count: images * size)
        klWeights = Buffer(count: size)
        weights = Buffer(count: images * draws)
        bounds = Buffer(count: images)
    }

    private func latent(_ heads: Buffer) -> vk_latent {
        vk_latent(
            heads: UnsafePointer(heads.pointer), noise: UnsafePointer(noise.pointer), count: images,
            size: size, draws: draws, low: Self.logVarianceRange.lowerBound,
            high: Self.logVarianceRange.upperBound)
    }

    /// Codes `[images, draws, size]` of the posteriors in `heads`.
    func draw(_ heads: Buffer, into codes: Buffer) {
        var latent = latent(heads)
        vk_reparameterize(&latent, codes.pointer, sigma.pointer, kl.pointer)
    }

    /// Closed-form KL of each dimension, mean over images.
    func klPerDimension() -> [Double] {
        var means = [Double](repeating: 0, count: size)
        for image in 0..<images {
            for index in 0..<size { means[index] += Double(kl.pointer[image * size + index]) }
        }
        return means.map { $0 / Double(images) }
    }

    /// ∂heads from ∂codes of reconstruction + Σ_j `weights`_j · mean KL_j.
    func backward(
        _ heads: Buffer, codesGradient: Buffer, weights: [Double], into headsGradient: Buffer
    ) {
        for (index, weight) in weights.enumerated() {
            klWeights.pointer[index] = Float(weight / Double(images))
        }
        var latent = latent(heads)
        vk_reparameterize_backward(
            &latent, sigma.pointer, codesGradient.pointer, klWeights.pointer,
            headsGradient.pointer)
    }

    /// The total correlation of the codes among `count` images, nats; its gradient times `weight` is
    /// added to ∂heads.
    func totalCorrelation(
        _ heads: Buffer, codes: Buffer, count: Int, weight: Double, work: Buffer,
        into headsGradient: Buffer
    ) -> Double {
        var latent = latent(heads)
        return vk_total_correlation(
            &latent, sigma.pointer, codes.pointer, count, Float(weight), work.pointer,
            headsGradient.pointer)
    }

    /// −log mean w, mean over images, where log w = −`nats` + `beta` · log (p(z) / q(z|x)); keeps the weights
    /// and brings them into the decoder's gradient, `codes` rows of unit scale.
    func importanceObjective(
        _ heads: Buffer, codes: Buffer, nats: Buffer, beta: Float, weighing gradient: Buffer
    ) -> Double {
        var latent = latent(heads)
        vk_importance_weights(
            &latent, codes.pointer, nats.pointer, beta, weights.pointer, bounds.pointer)
        let rows = images * draws
        vk_scale_rows(
            gradient.pointer, weights.pointer, 1 / Float(images), rows, gradient.count / rows)
        return -bounds.sum() / Double(images)
    }

    /// ∂heads of the importance-weighted objective from ∂codes through the decoder.
    func importanceBackward(
        _ heads: Buffer, codes: Buffer, codesGradient: Buffer, beta: Float,
        into headsGradient: Buffer
    ) {
        var latent = latent(heads)
        vk_importance_backward(
            &latent, sigma.pointer, codes.pointer, codesGradient.pointer, weights.pointer,
            beta / Float(images), headsGradient.pointer)
    }
}

extension Buffer {
    /// The sum of all numbers in float64.
    func sum() -> Double {
        var total = 0.0
        for index in 0..<count { total += Double(pointer[index]) }
        return total
    }
}
