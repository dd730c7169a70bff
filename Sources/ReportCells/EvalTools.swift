import Datasets
import Evaluation
import Experiments
import Files
import Foundation
import Literate
import Networks
import Tensors
import VAEModels
import Words

/// What an evaluation needs beyond model and images: weights for LPIPS, features for distances of sets.
struct EvalTools {
    let config: ExperimentConfig
    let dataset: ImageDataset
    /// The user's cache, where feature classifiers are kept; nil when there is none.
    let cacheFolder: String?

    /// Codes that go through a decoder and back at a time.
    private static let mostCodes = 512

    /// LPIPS with the weights that `eval.lpips` names, or why not.
    func perceptual() throws -> EvaluationTool<PerceptualDistance> {
        guard let named = config.eval.perceptual else {
            return .missing(because: MissingTool.perceptualWeights)
        }
        let weights = try PerceptualWeights(paths: PerceptualWeights.paths(named.path))
        return .given(
            try PerceptualDistance(
                weights, shape: dataset.train.shape, size: named.size,
                expected: PerceptualArchitecture(rawValue: named.network)))
    }

    /// Features of a classifier of this data set, trained on the first need of them, or why not.
    func features(
        isWanted: Bool, progress: @escaping EvaluationProgress.Report
    ) throws -> EvaluationTool<any FeatureExtractor> {
        guard isWanted else { return .missing(because: "frechet is false") }
        guard let folder = classifierFolder else {
            return .missing(
                because: "the feature classifier has no folder to be kept in; set HOME or "
                    + "XDG_CACHE_HOME")
        }
        let classes = Set(dataset.train.labels).count
        guard classes > 1 else { return .missing(because: "the data have no classes") }
        let shape = dataset.train.shape
        let model = ClassifierDescription.convolutional(
            image: FeatureShape(
                channels: shape.channels, height: shape.height, width: shape.width),
            classes: classes)
        let needed = 2 * DistributionScores.imagesPerFeature * model.featureSize
        guard dataset.test.count >= needed else {
            return .missing(
                because:
                    "\(Quantity.text(dataset.test.count)) images are too few for \(Quantity.text(model.featureSize)) "
                    + "features; it takes \(Quantity.text(needed))")
        }
        return .given(
            try FeatureClassifier(dataset, folder: folder, progress: progress))
    }

    /// A way back through the decoder whose weights are `tensors`, or why there is none.
    func gradients(_ tensors: () throws -> NamedTensors) throws -> EvaluationTool<any CodeGradients>
    {
        guard config.eval.refinedImages > 0 else {
            return .missing(because: "eval.refined_images is 0")
        }
        let model = config.modelDescription(image: dataset.train.shape)
        let codes = min(config.eval.refinedImages, dataset.test.count) * InferenceGaps.codesPerImage
        guard
            let decoder = try FrozenDecoder(
                model, tensors: try tensors(), batch: min(codes, Self.mostCodes))
        else {
            return .missing(
                because: "the decoder has a normalisation that no layer with weights can take over")
        }
        return .given(decoder)
    }

    /// Data that are cut short or binarised once and for all have classifiers of their own.
    private var classifierFolder: String? {
        guard let cacheFolder else { return nil }
        let limits = config.data.limits
        let parts = [
            config.data.fixedBinarization == .none ? nil : config.data.fixedBinarization.rawValue,
            limits.train.map { "train-\($0)" }, limits.test.map { "test-\($0)" },
        ]
        let name = (["classifiers"] + parts.compactMap { $0 }).joined(separator: "-")
        return FilePath.join(cacheFolder, name)
    }
}

extension Cell {
    /// Whether an eval cell computes Fréchet and kernel distances.
    func includesDistribution(default standard: Bool) throws -> Bool {
        try flag("frechet", default: standard)
    }

    /// Whether an eval cell compares codes with known factors.
    func includesDisentanglement(default standard: Bool) throws -> Bool {
        try flag("disentanglement", default: standard)
    }

    private func flag(_ key: String, default standard: Bool) throws -> Bool {
        guard let value = self[key] else { return standard }
        guard let flag = value.boolean else {
            throw error("'\(key)' is true or false, found \(value.spoken)", at: value.location)
        }
        return flag
    }
}

extension EvaluationOptions {
    /// Draws that take the KL term apart.
    static let usualAggregateDraws = 500

    /// What an eval cell computes, before its data are known: enough for the names of its scores.
    /// `config` need not hold the cell's own keys yet.
    init(ofCell cell: Cell, config: ExperimentConfig.EvalSection) throws {
        func number(_ key: String, or standard: Int) -> Int {
            cell.configOverrides.first { $0.key == key }?.value.integer ?? standard
        }
        self.init(
            samples: try cell.importanceSamples(
                default: number("eval.iwae_samples", or: config.iwaeSamples)))
        probeTrainingCount = number("eval.probe_images", or: config.probeImages)
        mixtureComponents = number("eval.mixture", or: config.mixtureComponents)
        refinedImages = number("eval.refined_images", or: config.refinedImages)
        let own = cell.configOverrides.first { $0.key == "eval.disentanglement" }
        includesDisentanglement = try cell.includesDisentanglement(
            default: own?.value.boolean ?? config.includesDisentanglement)
    }

    /// Everything that an eval cell can compute of any data, with these bounds.
    init(samples: [Int]) {
        self.init(
            dataTitle: "", importanceSamples: samples, includesPerceptual: true,
            includesDistribution: true, aggregateDraws: Self.usualAggregateDraws,
            probeTrainingCount: 1, mixtureComponents: 1, refinedImages: 1, seed: 0)
    }
}
