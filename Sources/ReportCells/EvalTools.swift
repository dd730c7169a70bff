import Datasets
import Evaluation
import Experiments
import Files
import Foundation
import Literate
import Networks
import VAEModels

/// What an evaluation needs beyond model and images: weights for LPIPS, features for distances of sets.
struct EvalTools {
    let config: ExperimentConfig
    let dataset: ImageDataset
    /// The user's cache, where feature classifiers are kept; nil when there is none.
    let cacheFolder: String?

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
                because: "\(dataset.test.count) images are too few for \(model.featureSize) "
                    + "features; it takes \(needed)")
        }
        return .given(
            try FeatureClassifier(dataset, folder: folder, progress: progress))
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
        guard let value = self["frechet"] else { return standard }
        guard let flag = value.boolean else {
            throw error("'frechet' is true or false, found \(value.spoken)", at: value.location)
        }
        return flag
    }
}

extension EvaluationOptions {
    /// Draws that take the KL term apart.
    static let usualAggregateDraws = 500

    /// What an eval cell with these bounds computes, for the names of its scores.
    static func ofCell(_ samples: [Int]) -> EvaluationOptions {
        EvaluationOptions(
            dataTitle: "", importanceSamples: samples, includesPerceptual: true,
            includesDistribution: true, aggregateDraws: usualAggregateDraws, seed: 0)
    }
}
