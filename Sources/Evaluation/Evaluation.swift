import Datasets
import Tensors
import VAEModels

/// Runs the scores of PROTOCOLS on every image of a split.
///
/// The result depends on the model, the images and the options alone: neither on the model's batch nor
/// on the order in which scores are asked for. Memory grows with the number of images only by their
/// codes and one number a score.
public struct Evaluation: Sendable {
    /// Changes when the same options give other scores or more of them.
    public static let version = 2

    /// What to compute.
    public let options: EvaluationOptions
    private let training: EvaluationImages?
    private let images: EvaluationImages
    private let factors: [KnownFactor]

    /// Scores `images`; baselines are fitted on `training`, the images the model was trained on.
    /// Without `training` they are not computed and say so. `factors` are what the images were drawn
    /// from, where that is known.
    public init(
        images: ImageSet, training: ImageSet?, factors: [KnownFactor] = [],
        options: EvaluationOptions
    ) {
        self.options = options
        self.factors = factors
        self.images = EvaluationImages(images, binarization: options.binarization)
        self.training = training.map {
            EvaluationImages($0, binarization: options.binarization, role: .fitted)
        }
    }

    /// Computes everything that the options ask for. `perceptual` and `features` are what LPIPS and the
    /// distances of sets need beyond the model, `gradients` what refined posteriors do; without them those scores say why they are missing.
    /// Throws what the model throws and `EvaluationError`.
    public func run(
        _ model: any VAEInference,
        perceptual: EvaluationTool<PerceptualDistance> = .missing(
            because: MissingTool.perceptualWeights),
        features: EvaluationTool<any FeatureExtractor> = .missing(because: MissingTool.features),
        gradients: EvaluationTool<any CodeGradients> = .missing(because: MissingTool.gradients),
        progress: @escaping EvaluationProgress.Report = { _ in }
    ) throws -> EvaluationResult {
        try validate(model)
        let work = EvaluationWork(
            options: options, images: images, model: model,
            posterior: try Posterior.encoding(images, with: model, progress: progress),
            progress: progress)
        let elbo = try work.elbo()
        let bound = try work.bound()
        let reconstruction = try work.reconstruction()
        let units = ActiveUnits(
            work.posterior, count: images.count, latentSize: model.latentSize)
        var sheet = ScoreSheet(options: options, count: images.count)
        sheet.add(elbo)
        sheet.add(bound)
        sheet.addBits(elbo, bound, dimensions: images.pixelCount)
        sheet.add(units)
        sheet.add(reconstruction)
        let distances = try work.addPerceptual(perceptual, to: &sheet)
        try addBaselines(to: &sheet, latentSize: model.latentSize, progress: progress)
        let aggregate = work.addAggregate(to: &sheet)
        let codes = try work.trainingCodes(training)
        let mixture = try work.addMixture(codes, elbo: elbo, to: &sheet)
        let distribution = try work.addDistribution(features, mixture: mixture, to: &sheet)
        work.addProbes(codes, to: &sheet)
        let gaps = try work.addGaps(gradients, to: &sheet)
        let disentanglement = try work.addDisentanglement(factors, training: training, to: &sheet)
        return EvaluationResult(
            options: options, count: images.count, scores: sheet.scores,
            klPerDimension: KLPerDimension(
                work.posterior, count: images.count, latentSize: model.latentSize),
            activeUnits: units,
            codes: LatentCodes(
                work.posterior, totalCount: images.count, latentSize: model.latentSize),
            codeDirections: images.count > 1
                ? try CodeDirections(
                    work.posterior, count: images.count, latentSize: model.latentSize) : nil,
            perImage: PerImageScores(elbo, reconstruction, bound.estimates.last, distances),
            importanceCurve: bound.estimates.map(ImportanceCurvePoint.init),
            halfBound: bound.half.map { SampleStatistics($0.bounds).mean },
            latentStatistics: LatentStatistics(
                work.posterior, count: images.count, latentSize: model.latentSize),
            aggregatePosterior: aggregate, distribution: distribution, mixture: mixture,
            gaps: gaps, disentanglement: disentanglement)
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
        _ bound: ImportanceWeightedBound.Estimate?, _ perceptual: [Double]?
    ) {
        self.init(
            elbo: CompactFloats(elbo.bound),
            reconstruction: CompactFloats(elbo.reconstruction),
            divergence: CompactFloats(elbo.divergence),
            peakSignalToNoise: CompactFloats(reconstruction.peakSignalToNoise),
            similarity: reconstruction.similarities.map(CompactFloats.init),
            importanceWeighted: bound.map { CompactFloats($0.bounds) },
            effectiveSampleSize: bound.map { CompactFloats($0.effectiveSampleSizes) },
            perceptual: perceptual.map(CompactFloats.init))
    }
}
