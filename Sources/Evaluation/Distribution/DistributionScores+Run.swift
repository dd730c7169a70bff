import Tensors
import VAEModels

extension DistributionScores {
    /// Encodes nothing itself: `posterior` is what the model gives for the images `real`. Samples are
    /// decoded from codes of the prior, and of `mixture` where there is one, drawn with `source`. Where
    /// real pixels are 0 or 1, the pixels of reconstructions and samples are drawn from the decoder's
    /// means, else they are the means.
    init(
        model: any VAEInference, real: EvaluationImages, posterior: Posterior,
        features: any FeatureExtractor, mixture: MixturePrior? = nil, source: RandomSource,
        progress: EvaluationProgress.Report
    ) throws {
        let latent = model.latentSize
        let half = real.count / 2
        var sets = Sets()
        for block in real.blocks {
            let found = try features.features(real.values(of: block))
            let split = Self.split(
                found, size: features.featureSize, first: block.lowerBound, end: half * 2)
            sets.reference += split.even
            sets.others += split.odd
            let index = UInt64(block.lowerBound / EvaluationImages.blockSize)
            func made(_ codes: [Float], stream: UInt64) throws -> [Float] {
                try features.features(
                    real.asTargets(try model.reconstruct(codes), step: stream << 32 | index))
            }
            let part = posterior.block(block, latentSize: latent).mean
            let codes = Self.split(part, size: latent, first: block.lowerBound, end: half * 2).odd
            sets.reconstructions += try made(codes, stream: 2)
            let noise = source.normal(codes.count, for: .prior, step: index)
            sets.samples += try made(noise, stream: 3)
            sets.coolSamples += try made(noise.map { Self.coolTemperature * $0 }, stream: 3)
            if let mixture {
                let chances = source.uniform(
                    codes.count / latent, for: .prior, step: 1 << 32 | index)
                sets.mixture += try made(
                    mixture.draw(uniform: chances, noise: noise), stream: 4)
            }
            progress(
                EvaluationProgress(
                    stage: "Fréchet distance", completed: block.upperBound, total: real.count))
        }
        try self.init(
            sets, title: features.featureTitle, size: features.featureSize, progress: progress)
    }

    /// Rows of even and of odd index; the row at `first` is the first one, those from `end` on are left
    /// out.
    private static func split(
        _ rows: [Float], size: Int, first: Int, end: Int
    ) -> (even: [Float], odd: [Float]) {
        var even: [Float] = []
        var odd: [Float] = []
        for row in 0..<rows.count / size where first + row < end {
            let values = rows[row * size..<(row + 1) * size]
            if (first + row) % 2 == 0 {
                even.append(contentsOf: values)
            } else {
                odd.append(contentsOf: values)
            }
        }
        return (even, odd)
    }
}

extension EvaluationImages {
    /// Mean images as images of the kind that is scored: drawn pixel by pixel where those are 0 or 1.
    fileprivate func asTargets(_ means: [Float], step: UInt64) -> [Float] {
        guard binarization.isBinary else { return means }
        return Kernels.binarized(
            means, source: RandomSource(seed: Binarization.testSeed), purpose: .testBinarization,
            step: step)
    }
}
