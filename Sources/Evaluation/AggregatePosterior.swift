import Dispatch
import Files
import Glibc
import Tensors
import VAEModels

/// The KL term taken apart (Hoffman & Johnson 2016; Chen et al. 2018, eq. 2): mutual information of image
/// and code, total correlation of the code's dimensions, and each dimension's KL to the prior.
///
/// q(z) is the mixture of the posteriors of *all* images, so the mutual information is capped by ln N of
/// the split and not by a batch. Each term is a mean over draws z ~ q(z|x) from images spread evenly over
/// the split; time grows with draws × images × dimensions, memory with images × dimensions.
public struct AggregatePosterior: Sendable, Hashable, Codable {
    /// A mean over draws.
    public struct Estimate: Sendable, Hashable, Codable {
        /// Nats.
        public let value: Double
        /// Standard error over draws; nil for one draw.
        public let standardError: Double?
    }

    /// E[log q(z|x) − log q(z)], between 0 and `ceiling`.
    public let mutualInformation: Estimate
    /// E[log q(z) − Σ_j log q(z_j)].
    public let totalCorrelation: Estimate
    /// E[Σ_j log q(z_j) − log p(z)].
    public let dimensionwiseDivergence: Estimate
    /// E[log q(z_j) − log p(z_j)] of each dimension.
    public let divergences: [Double]
    /// ln N, the largest mutual information that N images can show.
    public let ceiling: Double
    /// Draws that were averaged.
    public let draws: Int

    /// Draws between two reports of progress.
    private static let drawsAtOnce = 100

    /// From the posteriors of `count` images, with one draw from each of `draws` of them.
    public init(
        _ posterior: Posterior, count: Int, latentSize: Int, draws: Int = 500,
        source: RandomSource, progress: EvaluationProgress.Report = { _ in }
    ) {
        precondition(
            count > 0 && posterior.mean.count == count * latentSize,
            "\(posterior.mean.count) numbers are no \(count) codes of \(latentSize)")
        let used = min(draws, count)
        precondition(used > 0, "\(draws) draws")
        let mixture = GaussianMixture(posterior, count: count, latentSize: latentSize)
        let noise = EvaluationNoise(source: source, latentSize: latentSize)
            .values(draw: 0, block: 0..<used)
        let densities = Guarded(
            [LogDensities](repeating: LogDensities(size: latentSize), count: used))
        for first in stride(from: 0, to: used, by: Self.drawsAtOnce) {
            progress(
                EvaluationProgress(
                    stage: "mutual information", completed: first, total: used, unit: "draws"))
            let some = min(Self.drawsAtOnce, used - first)
            DispatchQueue.concurrentPerform(iterations: some) { offset in
                let draw = first + offset
                let image = draw * count / used
                let range = image * latentSize..<(image + 1) * latentSize
                let code = zip(range, noise[draw * latentSize..<(draw + 1) * latentSize]).map {
                    Double(posterior.mean[$0] + posterior.deviation($0) * $1)
                }
                let found = mixture.logDensities(at: code, from: image)
                densities.withLock { $0[draw] = found }
            }
        }
        self.init(densities.withLock { $0 }, ceiling: log(Double(count)), latentSize: latentSize)
    }

    private init(_ densities: [LogDensities], ceiling: Double, latentSize: Int) {
        func mean(_ term: (LogDensities) -> Double) -> Estimate {
            let statistics = SampleStatistics(densities.map(term))
            return Estimate(value: statistics.mean, standardError: statistics.standardError)
        }
        mutualInformation = mean { $0.conditional - $0.joint }
        totalCorrelation = mean { $0.joint - $0.marginals.reduce(0, +) }
        dimensionwiseDivergence = mean {
            $0.marginals.reduce(0, +) - $0.priors.reduce(0, +)
        }
        divergences = (0..<latentSize).map { dimension in
            densities.reduce(0) { $0 + $1.marginals[dimension] - $1.priors[dimension] }
                / Double(densities.count)
        }
        self.ceiling = ceiling
        draws = densities.count
    }
}

/// Logarithms of the densities that meet in one draw, nats.
private struct LogDensities: Sendable {
    /// log q(z|x) of the image that z was drawn from.
    var conditional = 0.0
    /// log q(z).
    var joint = 0.0
    /// log q(z_j).
    var marginals: [Double]
    /// log p(z_j).
    var priors: [Double]

    init(size: Int) {
        marginals = Array(repeating: 0, count: size)
        priors = marginals
    }
}

/// The mixture of all posteriors, dimension by dimension so that loops run along images.
private struct GaussianMixture: Sendable {
    private let count: Int
    private let latentSize: Int
    // [latentSize, count] each.
    private var means: [Double] = []
    private var precisions: [Double] = []
    private var logNormalisers: [Double] = []

    init(_ posterior: Posterior, count: Int, latentSize: Int) {
        self.count = count
        self.latentSize = latentSize
        for dimension in 0..<latentSize {
            for image in 0..<count {
                let logVariance = Double(posterior.logVariance[image * latentSize + dimension])
                means.append(Double(posterior.mean[image * latentSize + dimension]))
                precisions.append(exp(-logVariance))
                logNormalisers.append(-(logVariance + log(2 * .pi)) / 2)
            }
        }
    }

    func logDensities(at code: [Double], from image: Int) -> LogDensities {
        var result = LogDensities(size: latentSize)
        var joint = [Double](repeating: 0, count: count)
        var logs = joint
        for dimension in 0..<latentSize {
            for component in 0..<count {
                let index = dimension * count + component
                let distance = code[dimension] - means[index]
                let value = logNormalisers[index] - distance * distance * precisions[index] / 2
                logs[component] = value
                joint[component] += value
            }
            result.marginals[dimension] = logMeanExponential(logs)
            result.priors[dimension] = -(code[dimension] * code[dimension] + log(2 * .pi)) / 2
        }
        result.conditional = joint[image]
        result.joint = logMeanExponential(joint)
        return result
    }

    private func logMeanExponential(_ values: [Double]) -> Double {
        let largest = values.max() ?? 0
        let sum = values.reduce(0) { $0 + exp($1 - largest) }
        return largest + log(sum / Double(values.count))
    }
}
