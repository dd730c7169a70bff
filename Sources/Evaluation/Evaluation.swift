import Datasets
import Tensors
import VAEModels

/// Runs the scores of PROTOCOLS on every image of a split.
///
/// The result depends on the model, the images and the options alone: neither on the model's batch nor
/// on the order in which scores are asked for. Memory grows with the number of images only by their
/// codes and one number a score.
public struct Evaluation: Sendable {
    /// What to compute.
    public let options: EvaluationOptions
    private let training: EvaluationImages?
    private let images: EvaluationImages

    /// Scores `images`; baselines are fitted on `training`, the images the model was trained on.
    /// Without `training` they are not computed and say so.
    public init(images: ImageSet, training: ImageSet?, options: EvaluationOptions) {
        self.options = options
        self.images = EvaluationImages(images, binarization: options.binarization)
        self.training = training.map {
            EvaluationImages($0, binarization: options.binarization, role: .fitted)
        }
    }

    /// Computes everything. Throws what the model throws and `EvaluationError`.
    public func run(
        _ model: any VAEInference, progress: EvaluationProgress.Report = { _ in }
    ) throws -> EvaluationResult {
        try validate(model)
        let source = RandomSource(seed: options.seed)
        let posterior = try Posterior.encoding(images, with: model, progress: progress)
        let elbo = try ElboEvaluation(
            model: model, images: images, posterior: posterior, draws: options.draws,
            source: source, progress: progress)
        let reconstruction = try ReconstructionScores(
            of: images, stage: "reconstruction", progress: progress
        ) { block, _ in
            try model.reconstruct(posterior.block(block, latentSize: model.latentSize).mean)
        }
        let bound = try ImportanceWeightedBound(
            model: model, images: images, posterior: posterior, samples: options.importanceSamples,
            source: source, progress: progress)
        let units = ActiveUnits(posterior, count: images.count, latentSize: model.latentSize)
        var sheet = ScoreSheet(options: options, count: images.count)
        sheet.add(elbo)
        sheet.add(bound)
        sheet.add(units)
        sheet.add(reconstruction)
        try addBaselines(to: &sheet, latentSize: model.latentSize, progress: progress)
        return try result(
            model: model, posterior: posterior, scores: sheet.scores, units: units,
            bound: bound, perImage: PerImageScores(elbo, reconstruction, bound.estimates.last))
    }

    private func addBaselines(
        to sheet: inout ScoreSheet, latentSize: Int, progress: EvaluationProgress.Report
    ) throws {
        guard options.includesBaselines else { return }
        guard let training, training.count > 1 else {
            return sheet.addMissingBaselines(
                componentCount: latentSize, because: "there are no training images to fit it on")
        }
        sheet.add(
            try BaselineScores(
                training: training, images: images, componentCount: latentSize, progress: progress))
    }

    private func result(
        model: any VAEInference, posterior: Posterior, scores: Scores, units: ActiveUnits,
        bound: ImportanceWeightedBound, perImage: PerImageScores
    ) throws -> EvaluationResult {
        let count = images.count
        let size = model.latentSize
        return EvaluationResult(
            options: options, count: count, scores: scores,
            klPerDimension: KLPerDimension(posterior, count: count, latentSize: size),
            activeUnits: units,
            codes: LatentCodes(posterior, totalCount: count, latentSize: size),
            codeDirections: count > 1
                ? try CodeDirections(posterior, count: count, latentSize: size) : nil,
            perImage: perImage, importanceCurve: bound.estimates.map(ImportanceCurvePoint.init))
    }

    private func validate(_ model: any VAEInference) throws {
        try options.validate()
        guard images.count > 0 else { throw EvaluationError.noImages(split: options.split) }
        for found in [images.pixelCount, training?.pixelCount ?? images.pixelCount]
        where found != model.pixelCount {
            throw EvaluationError.wrongImageSize(found: found, expected: model.pixelCount)
        }
    }
}

extension PerImageScores {
    fileprivate init(
        _ elbo: ElboEvaluation, _ reconstruction: ReconstructionScores,
        _ bound: ImportanceWeightedBound.Estimate?
    ) {
        self.init(
            elbo: CompactFloats(elbo.bound),
            reconstruction: CompactFloats(elbo.reconstruction),
            divergence: CompactFloats(elbo.divergence),
            peakSignalToNoise: CompactFloats(reconstruction.peakSignalToNoise),
            similarity: reconstruction.similarities.map(CompactFloats.init),
            importanceWeighted: bound.map { CompactFloats($0.bounds) },
            effectiveSampleSize: bound.map { CompactFloats($0.effectiveSampleSizes) })
    }
}
