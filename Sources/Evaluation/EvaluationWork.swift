import Tensors
import VAEModels
import Words

/// The parts of one evaluation, on posteriors that were encoded once.
struct EvaluationWork {
    /// What was asked for.
    let options: EvaluationOptions
    /// The scored images.
    let images: EvaluationImages
    /// What is scored.
    let model: any VAEInference
    /// Of all images.
    let posterior: Posterior
    /// Is told of each block.
    let progress: EvaluationProgress.Report

    var source: RandomSource { RandomSource(seed: options.seed) }

    /// The bound's two terms.
    func elbo() throws -> ElboEvaluation {
        try ElboEvaluation(
            model: model, images: images, posterior: posterior, draws: options.draws,
            source: source, progress: progress)
    }

    /// The importance-weighted bound for each K.
    func bound() throws -> ImportanceWeightedBound {
        try ImportanceWeightedBound(
            model: model, images: images, posterior: posterior, samples: options.importanceSamples,
            source: source, progress: progress)
    }

    /// How close reconstructions come.
    func reconstruction() throws -> ReconstructionScores {
        try ReconstructionScores(
            of: images, stage: "reconstruction", progress: progress
        ) { block, _ in try reconstructed(block) }
    }

    private func reconstructed(_ block: Range<Int>) throws -> [Float] {
        try model.reconstruct(posterior.block(block, latentSize: model.latentSize).mean)
    }

    /// Scores LPIPS or says why not; one number an image.
    func addPerceptual(
        _ tool: EvaluationTool<PerceptualDistance>, to sheet: inout ScoreSheet
    ) throws -> [Double]? {
        guard options.includesPerceptual else { return nil }
        switch tool {
        case .missing(let reason):
            sheet.addMissingPerceptual(because: reason)
            return nil
        case .given(let distance):
            var all: [Double] = []
            for block in images.blocks {
                all += try distance.distances(images.values(of: block), try reconstructed(block))
                progress(
                    EvaluationProgress(
                        stage: distance.title, completed: block.upperBound, total: images.count))
            }
            guard all.allSatisfy(\.isFinite) else {
                throw EvaluationError.notFinite(what: "reconstructions")
            }
            sheet.add(distance, all)
            return all
        }
    }

    /// Takes the KL term apart.
    func addAggregate(to sheet: inout ScoreSheet) -> AggregatePosterior? {
        guard options.aggregateDraws > 0 else { return nil }
        let aggregate = AggregatePosterior(
            posterior, count: images.count, latentSize: model.latentSize,
            draws: options.aggregateDraws, source: source, progress: progress)
        sheet.add(aggregate)
        return aggregate
    }

    /// Scores distances of sets or says why not.
    func addDistribution(
        _ tool: EvaluationTool<any FeatureExtractor>, mixture: MixturePrior?,
        to sheet: inout ScoreSheet
    ) throws -> DistributionScores? {
        guard options.includesDistribution else { return nil }
        switch tool {
        case .missing(let reason):
            sheet.addMissingDistribution(because: reason)
            return nil
        case .given(let features):
            guard DistributionScores.isEnough(images.count, featureSize: features.featureSize)
            else {
                let needed = 2 * DistributionScores.imagesPerFeature * features.featureSize
                sheet.addMissingDistribution(
                    because:
                        "\(Quantity.text(images.count)) images are too few for \(Quantity.text(features.featureSize)) "
                        + "features; it takes \(Quantity.text(needed))")
                return nil
            }
            let scores = try DistributionScores(
                model: model, real: images, posterior: posterior, features: features,
                mixture: mixture, source: source, progress: progress)
            sheet.add(scores)
            return scores
        }
    }
}
