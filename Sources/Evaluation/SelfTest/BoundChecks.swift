import Datasets
import Tensors
import VAEModels
import Words

/// The bounds that an evaluation prints, for a model whose log p(x) is known exactly.
///
/// The posterior is too wide on purpose: ELBO ≤ IWAE-K ≤ log p(x), rising with K and arriving. All
/// comparisons are paired, image by image, so their errors are those of the draws alone.
package struct BoundChecks {
    /// By how much σ of the checked posterior is too large.
    static let spread = 1.5
    private static let samples = [1, 10, 100, 1_000]
    private static let imageCount = 400
    private static let draws = 200
    /// Standard errors that chance may explain.
    private static let sigmas = 4.0
    /// Nats that the largest K may be away from the truth.
    private static let arrival = 0.01

    /// log p(x) of each image.
    private let truth: [Double]
    /// ELBO of each image.
    private let elbo: [Double]
    /// Bounds of each image by K.
    private let bounds: [ImportanceWeightedBound.Estimate]
    private let tightness: Double

    /// Scores random images with `model`, which says that it is the linear-Gaussian one; a faulty one
    /// fails some line.
    package init(model: any VAEInference) throws {
        let shape = ImageShape(channels: 1, height: 2, width: 2)
        let words = RandomSource(seed: 0).words(Self.imageCount * 4, for: .drawing)
        let images = EvaluationImages(
            ImageSet(
                pixels: words.map { UInt8(truncatingIfNeeded: $0) }, labels: [], shape: shape))
        let exact = LinearGaussianModel(spread: 1)
        let values = images.blocks.flatMap(images.values)
        truth = (0..<Self.imageCount).map {
            exact.logMarginal(Array(values[$0 * 4..<$0 * 4 + 4]))
        }
        let source = RandomSource(seed: 1)
        let posterior = try Posterior.encoding(images, with: model)
        elbo = try ElboEvaluation(
            model: model, images: images, posterior: posterior, draws: Self.draws, source: source
        ).bound
        bounds = try ImportanceWeightedBound(
            model: model, images: images, posterior: posterior, samples: Self.samples,
            source: source
        ).estimates
        let tight = try ImportanceWeightedBound(
            model: exact, images: images, posterior: exact.encode(values), samples: [1],
            source: source)
        tightness = zip(tight.estimates.flatMap(\.bounds), truth)
            .reduce(0) { max($0, abs($1.0 - $1.1)) }
    }

    /// The table's lines.
    package var lines: [SelfCheck] {
        [gap, order] + bounds.map(below) + [arrived, exactPosterior]
    }

    /// What the ELBO loses is KL(q ‖ p(z|x)), which is known.
    private var gap: SelfCheck {
        let differences = SampleStatistics(zip(truth, elbo).map(-))
        return SelfCheck(
            "log p(x) − ELBO is KL(q(z|x) ‖ p(z|x)), nats", differences.mean,
            near: LinearGaussianModel(spread: Self.spread).posteriorGap,
            within: Self.sigmas * (differences.standardError ?? 0), decimals: 3)
    }

    private var order: SelfCheck {
        let means = ([elbo] + bounds.dropFirst().map(\.bounds)).map { SampleStatistics($0).mean }
        return SelfCheck(
            "ELBO ≤ IWAE-10 ≤ IWAE-100 ≤ IWAE-1,000, nats", expected: "rising",
            found: means.map { SentenceNumber.fixed($0, decimals: 3) }.joined(separator: ", "),
            holds: means == means.sorted())
    }

    private func below(_ estimate: ImportanceWeightedBound.Estimate) -> SelfCheck {
        let excess = SampleStatistics(zip(estimate.bounds, truth).map(-))
        let limit = Self.sigmas * (excess.standardError ?? 0)
        return SelfCheck(
            "IWAE-\(Quantity.text(estimate.samples)) − log p(x), nats", excess.mean,
            atMost: limit)
    }

    private var arrived: SelfCheck {
        let last = bounds.last?.bounds ?? []
        let difference = SampleStatistics(zip(last, truth).map(-))
        return SelfCheck(
            "|IWAE-1,000 − log p(x)|, nats", abs(difference.mean), atMost: Self.arrival)
    }

    private var exactPosterior: SelfCheck {
        SelfCheck(
            "with the exact posterior, |IWAE-1 − log p(x)| of any image, nats", tightness,
            atMost: 1e-4)
    }
}
