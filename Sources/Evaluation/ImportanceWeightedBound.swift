import Tensors
import VAEModels

/// The importance-weighted bound of Burda et al. 2016, eq. 8, for several K from one pass.
///
/// log w = log p(x|z) + log p(z) − log q(z|x) with z from q(z|x); the bound is log((1/K) Σ w), nats per
/// image. The bound for K uses the first K draws. Codes are decoded a chunk at a time, so memory grows
/// with neither K nor the number of images.
public struct ImportanceWeightedBound: Sendable {
    /// The bound for one K.
    public struct Estimate: Sendable {
        /// K.
        public let samples: Int
        /// log((1/K) Σ w) of each image.
        public fileprivate(set) var bounds: [Double] = []
        /// (Σ w)² / Σ w² of each image, between 1 and K.
        public fileprivate(set) var effectiveSampleSizes: [Double] = []
    }

    /// One estimate for each K, ascending.
    public private(set) var estimates: [Estimate]
    /// The estimate from the first half of the draws of the largest K: what doubling K changed. Nil
    /// where the largest K is 1.
    public private(set) var half: Estimate?

    /// Scores all images. `codesAtOnce` bounds how many codes the model is handed in one call and
    /// changes no number.
    public init(
        model: any VAEInference, images: EvaluationImages, posterior: Posterior, samples: [Int],
        source: RandomSource, codesAtOnce: Int = 4_000,
        progress: EvaluationProgress.Report = { _ in }
    ) throws {
        let sizes = Set(samples).sorted()
        precondition(sizes.allSatisfy { $0 > 0 }, "\(samples) weights an image")
        guard let most = sizes.last else {
            estimates = []
            return
        }
        let halves = most > 1 ? [most / 2] : []
        estimates = Set(sizes + halves).sorted().map { Estimate(samples: $0) }
        let noise = EvaluationNoise(source: source, latentSize: model.latentSize)
        for block in images.blocks {
            let part = posterior.block(block, latentSize: model.latentSize)
            let targets = images.values(of: block)
            var sums = [LogWeightSum](repeating: LogWeightSum(), count: block.count)
            let drawsAtOnce = max(1, codesAtOnce / block.count)
            for first in stride(from: 0, to: most, by: drawsAtOnce) {
                let draws = first..<min(most, first + drawsAtOnce)
                let sample = PosteriorDraws(part, draws: draws, block: block, noise: noise)
                let logs = try sample.logLikelihoods(
                    model, targets: targets, perImage: draws.count)
                add(zip(logs, sample.logPriorRatios).map(+), draws: draws, to: &sums)
                // Thousands of draws of one block take minutes: a block in parts.
                let done = block.lowerBound + block.count * draws.upperBound / most
                progress(
                    EvaluationProgress(
                        stage: "IWAE-\(most)", completed: done, total: images.count))
            }
        }
        half = halves.first.flatMap { size in estimates.first { $0.samples == size } }
        estimates.removeAll { !sizes.contains($0.samples) }
    }

    /// Adds weights draw by draw and notes the bounds whose K has been reached.
    private mutating func add(
        _ logWeights: [Double], draws: Range<Int>, to sums: inout [LogWeightSum]
    ) {
        for (offset, draw) in draws.enumerated() {
            for image in sums.indices {
                sums[image].add(logWeights[image * draws.count + offset])
            }
            guard let index = estimates.firstIndex(where: { $0.samples == draw + 1 }) else {
                continue
            }
            estimates[index].bounds.append(contentsOf: sums.map(\.logMean))
            estimates[index].effectiveSampleSizes.append(
                contentsOf: sums.map(\.effectiveSampleSize))
        }
    }
}
