import Tensors
import VAEModels

extension DistributionScores {
    /// Encodes nothing itself: `posterior` is what the model gives for the images `real`. Samples are
    /// decoded from codes of the prior drawn with `source`. Where real pixels are 0 or 1, the pixels of
    /// reconstructions and samples are drawn from the decoder's means, else they are the means.
    init(
        model: any VAEInference, real: EvaluationImages, posterior: Posterior,
        features: any FeatureExtractor, source: RandomSource,
        progress: EvaluationProgress.Report
    ) throws {
        let latent = model.latentSize
        let half = real.count / 2
        var reference: [Float] = []
        var others: [Float] = []
        var restored: [Float] = []
        var drawn: [Float] = []
        for block in real.blocks {
            let found = try features.features(real.values(of: block))
            let split = Self.split(
                found, size: features.featureSize, first: block.lowerBound, end: half * 2)
            reference += split.even
            others += split.odd
            let part = posterior.block(block, latentSize: latent).mean
            let codes = Self.split(part, size: latent, first: block.lowerBound, end: half * 2).odd
            let index = UInt64(block.lowerBound / EvaluationImages.blockSize)
            let noise = source.normal(codes.count, for: .prior, step: index)
            restored += try features.features(
                real.asTargets(try model.reconstruct(codes), step: 2 << 32 | index))
            drawn += try features.features(
                real.asTargets(try model.reconstruct(noise), step: 3 << 32 | index))
            progress(
                EvaluationProgress(
                    stage: "Fréchet distance", completed: block.upperBound, total: real.count))
        }
        try self.init(
            title: features.featureTitle, size: features.featureSize, reference: reference,
            others: others, reconstructions: restored, samples: drawn)
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
