import Glibc
import Tensors
import VAEModels

/// Fits a diagonal Gaussian posterior to each of some images by gradient ascent of its ELBO through a
/// decoder that stands still, from the encoder's answer on (Cremer et al. 2018, §3).
///
/// What the ELBO gains is the amortisation gap: the price of one network that answers for all images.
/// Adam moves μ and log σ² with a rate that falls to 0 along half a cosine; each step draws new noise,
/// in pairs ±ε.
struct PosteriorRefinement {
    /// Steps, enough for a trained encoder's answers to settle.
    static let steps = 150
    /// Pairs of draws for each image in a step.
    static let pairs = 2
    private static let learningRate = 0.05
    private static let decays = (0.9, 0.99)

    /// Posteriors after the last step, `[count, latentSize]`.
    private(set) var posterior: Posterior
    private let size: Int
    private var moments: (first: [Double], second: [Double])

    /// The posteriors that are to be refined.
    init(_ posterior: Posterior, latentSize: Int) {
        self.posterior = posterior
        size = latentSize
        let zeros = [Double](repeating: 0, count: 2 * posterior.mean.count)
        moments = (zeros, zeros)
    }

    /// Takes all steps for `images` `[count, pixels]`. Throws what the decoder throws, and
    /// `EvaluationError` for a slope that is not finite.
    mutating func run(
        _ images: [Float], decoder: any CodeGradients, source: RandomSource,
        progress: EvaluationProgress.Report
    ) throws {
        for step in 0..<Self.steps {
            progress(
                EvaluationProgress(
                    stage: "refining posteriors", completed: step, total: Self.steps,
                    unit: "steps"))
            let noise = source.normal(
                Self.pairs * posterior.mean.count, for: .evaluation,
                step: 1 << 62 | UInt64(step))
            move(along: try slope(images, decoder: decoder, noise: noise), step: step)
        }
    }

    /// ∂ELBO/∂μ of each number, then ∂ELBO/∂log σ².
    private func slope(
        _ images: [Float], decoder: any CodeGradients, noise: [Float]
    ) throws -> [Double] {
        let count = posterior.mean.count
        let draws = InferenceGaps.codesPerImage
        let deviations = (0..<count).map(posterior.deviation)
        // ε of draw d of number i; the second half of the draws mirrors the first.
        func epsilon(_ draw: Int, _ index: Int) -> Float {
            let value = noise[(draw % Self.pairs) * count + index]
            return draw < Self.pairs ? value : -value
        }
        var codes: [Float] = []
        codes.reserveCapacity(draws * count)
        for start in stride(from: 0, to: count, by: size) {
            for draw in 0..<draws {
                for index in start..<start + size {
                    codes.append(posterior.mean[index] + deviations[index] * epsilon(draw, index))
                }
            }
        }
        let gradient = try decoder.logLikelihood(of: images, codes: codes, perImage: draws)
            .gradient
        guard gradient.allSatisfy(\.isFinite) else {
            throw EvaluationError.notFinite(what: "slopes of log-likelihoods")
        }
        var slope = [Double](repeating: 0, count: 2 * count)
        for index in 0..<count {
            let (image, column) = (index / size, index % size)
            let (mean, deviation) = (Double(posterior.mean[index]), Double(deviations[index]))
            for draw in 0..<draws {
                let along = Double(gradient[(image * draws + draw) * size + column])
                slope[index] += along / Double(draws)
                slope[count + index] +=
                    along * Double(epsilon(draw, index)) * deviation / 2 / Double(draws)
            }
            slope[index] -= mean
            slope[count + index] -= (deviation * deviation - 1) / 2
        }
        return slope
    }

    /// One step of Adam (Kingma & Ba 2015, algorithm 1), uphill.
    private mutating func move(along slope: [Double], step: Int) {
        let rate =
            Self.learningRate * (1 + cos(.pi * Double(step) / Double(Self.steps))) / 2
        let (first, second) = Self.decays
        let corrections = (
            1 - pow(first, Double(step + 1)), 1 - pow(second, Double(step + 1))
        )
        let range = VAETrainingPlan.logVarianceRange
        let count = posterior.mean.count
        for (index, value) in slope.enumerated() {
            moments.first[index] = first * moments.first[index] + (1 - first) * value
            moments.second[index] = second * moments.second[index] + (1 - second) * value * value
            let direction =
                moments.first[index] / corrections.0
                / ((moments.second[index] / corrections.1).squareRoot() + 1e-8)
            let change = Float(rate * direction)
            if index < count {
                posterior.mean[index] += change
            } else {
                let moved = posterior.logVariance[index - count] + change
                posterior.logVariance[index - count] = min(
                    max(moved, range.lowerBound), range.upperBound)
            }
        }
    }
}
