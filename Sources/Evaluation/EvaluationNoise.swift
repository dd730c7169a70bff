import Glibc
import Tensors
import VAEModels

/// Standard normal noise of posterior draws: number `draw` of image i is the same whatever else is
/// computed, in blocks of any number of draws.
struct EvaluationNoise {
    /// The run's random numbers.
    let source: RandomSource
    /// Numbers in a code.
    let latentSize: Int

    /// ε of one draw for a block of images, `[block.count, latentSize]`.
    func values(draw: Int, block: Range<Int>) -> [Float] {
        let index = UInt64(block.lowerBound / EvaluationImages.blockSize)
        return source.normal(
            block.count * latentSize, for: .evaluation, step: UInt64(draw) << 32 | index)
    }
}

/// Draws from the posteriors of a block of images, the codes of an image standing together.
struct PosteriorDraws {
    /// z = μ + σ·ε, `[images × draws, latentSize]`.
    private(set) var codes: [Float]
    /// log p(z) − log q(z|x) of each code, nats; the normalisers cancel.
    private(set) var logPriorRatios: [Double]

    /// log p(x|z) of each code, nats, for the block's targets.
    func logLikelihoods(_ model: any VAEInference, targets: [Float], perImage: Int) throws
        -> [Double]
    {
        let logs = try model.logLikelihood(of: targets, codes: codes, perImage: perImage)
        guard logs.allSatisfy(\.isFinite) else {
            throw EvaluationError.notFinite(what: "log-likelihoods")
        }
        return logs.map { Double($0) }
    }

    /// The draws `draws` of the images of a block, whose posteriors are `posterior`.
    init(_ posterior: Posterior, draws: Range<Int>, block: Range<Int>, noise: EvaluationNoise) {
        let size = noise.latentSize
        let epsilons = draws.map { noise.values(draw: $0, block: block) }
        codes = []
        codes.reserveCapacity(block.count * draws.count * size)
        logPriorRatios = []
        logPriorRatios.reserveCapacity(block.count * draws.count)
        for image in 0..<block.count {
            let row = image * size..<(image + 1) * size
            let deviations = posterior.logVariance[row].map { exp($0 / 2) }
            let halfLogVariance = posterior.logVariance[row].reduce(0) { $0 + Double($1) } / 2
            for epsilon in epsilons {
                var ratio = halfLogVariance
                for (offset, index) in row.enumerated() {
                    let code = posterior.mean[index] + deviations[offset] * epsilon[index]
                    codes.append(code)
                    ratio += Double(epsilon[index] * epsilon[index] - code * code) / 2
                }
                logPriorRatios.append(ratio)
            }
        }
    }
}
