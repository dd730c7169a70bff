import Tensors
import VAEModels

/// The evidence lower bound and its two terms, one number an image, β = 1 whatever β trained.
///
/// ELBO = E_q[log p(x|z)] − KL(q(z|x) ‖ p(z)) (Kingma & Welling 2014, eq. 3), the expectation by draws
/// and the KL in closed form. Nats, summed over pixels and dimensions.
public struct ElboEvaluation: Sendable {
    /// −E_q[log p(x|z)] of each image, positive.
    public let reconstruction: [Double]
    /// KL of each image, positive.
    public let divergence: [Double]
    /// Posterior draws for each image.
    public let draws: Int

    /// The bound of each image, negative.
    public var bound: [Double] { zip(reconstruction, divergence).map { -$0 - $1 } }

    /// Scores all images; `posterior` is what the model's encoder gives for them.
    public init(
        model: any VAEInference, images: EvaluationImages, posterior: Posterior, draws: Int,
        source: RandomSource, progress: EvaluationProgress.Report = { _ in }
    ) throws {
        precondition(draws > 0, "\(draws) draws")
        let noise = EvaluationNoise(source: source, latentSize: model.latentSize)
        var reconstruction: [Double] = []
        for block in images.blocks {
            let targets = images.values(of: block)
            let part = posterior.block(block, latentSize: model.latentSize)
            var sums = [Double](repeating: 0, count: block.count)
            for draw in 0..<draws {
                let sample = PosteriorDraws(
                    part, draws: draw..<draw + 1, block: block, noise: noise)
                let logs = try sample.logLikelihoods(model, targets: targets, perImage: 1)
                for (image, log) in logs.enumerated() { sums[image] -= log }
            }
            reconstruction.append(contentsOf: sums.map { $0 / Double(draws) })
            progress(
                EvaluationProgress(stage: "ELBO", completed: block.upperBound, total: images.count))
        }
        self.reconstruction = reconstruction
        self.draws = draws
        divergence = (0..<images.count).map { image in
            (image * model.latentSize..<(image + 1) * model.latentSize).reduce(0) {
                $0 + posterior.divergence(at: $1)
            }
        }
    }
}
