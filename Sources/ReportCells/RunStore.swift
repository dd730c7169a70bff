import Datasets
import Evaluation
import Experiments
import Files
import Foundation
import Networks
import Tensors
import Training
import VAEModels

/// What several cells of a build need: data sets, trained models and evaluations, each loaded once.
final class RunStore {
    private let settings: ReportSettings
    private var datasets: [String: ImageDataset] = [:]
    private var models: [String: CompiledVAE] = [:]
    private var evaluations: [String: EvaluationResult] = [:]

    init(settings: ReportSettings) {
        self.settings = settings
    }

    private func request(_ config: ExperimentConfig) -> DatasetRequest {
        config.data.request(
            folder: settings.dataFolder, strict: settings.isStrict,
            rereadsFiles: settings.rereadsData)
    }

    /// Where the config's data come from, without reading them when they are remembered.
    func provenance(_ config: ExperimentConfig) throws -> DatasetProvenance {
        try settings.loader.provenance(request(config))
    }

    /// The config's data set in memory.
    func dataset(_ config: ExperimentConfig) throws -> ImageDataset {
        let request = request(config)
        let key = "\(request.name) \(request.limits)"
        if let known = datasets[key] { return known }
        let dataset = try settings.loader.load(request)
        datasets[key] = dataset
        return dataset
    }

    /// The images that trained the run, without those that validated it.
    func trainingImages(_ config: ExperimentConfig) throws -> ImageSet {
        let images = try dataset(config).train
        return images.slice(0..<max(images.count - config.data.validationCount, 0))
    }

    /// The best checkpoint of a run, compiled for inference.
    func model(_ config: ExperimentConfig, in folder: RunFolder) throws -> CompiledVAE {
        if let known = models[folder.path] { return known }
        let bytes = Data(try WholeFile.bytes(at: folder.bestCheckpoint))
        let file = try Safetensors(bytes, name: folder.bestCheckpoint)
        let model = try CompiledVAE(
            config.modelDescription(image: try dataset(config).train.shape),
            tensors: file.tensors)
        models[folder.path] = model
        return model
    }

    /// The evaluation that the run's eval cell left behind.
    func evaluation(in folder: RunFolder) throws -> EvaluationResult {
        if let known = evaluations[folder.path] { return known }
        let bytes = Data(try WholeFile.bytes(at: folder.evaluation))
        let result = try JSONDecoder().decode(EvaluationResult.self, from: bytes)
        evaluations[folder.path] = result
        return result
    }

    /// A run was trained or evaluated anew: what was loaded from its folder is out of date.
    func forget(_ folder: RunFolder) {
        models[folder.path] = nil
        evaluations[folder.path] = nil
    }
}

extension RunFolder {
    /// Arrays that figures are drawn from.
    var evaluation: String { FilePath.join(logs, "evaluation.json") }
}

extension ExperimentConfig {
    /// The model that the config describes, for images of a shape.
    package func modelDescription(image: ImageShape) -> VAEDescription {
        .convolutional(
            image: FeatureShape(
                channels: image.channels, height: image.height, width: image.width),
            base: model.baseChannels, latentSize: model.latentSize)
    }

    /// The training that the config describes.
    package var trainingOptions: TrainingOptions {
        TrainingOptions(
            epochs: train.epochs, batchSize: data.batchSize, learningRate: train.learningRate,
            usesOneCycle: train.learningRateSchedule == .oneCycle,
            weightDecay: train.weightDecay, beta: train.beta, warmupEpochs: train.warmUpEpochs,
            binarizesDynamically: data.isBinarized, validationCount: data.validationCount,
            seed: seed, precision: precision)
    }

    /// What training computes its products in on this CPU.
    package var precision: Precision {
        train.mixedPrecision != .off && Plans.hasGatherGEMM(in: .bfloat16) ? .bfloat16 : .float32
    }

    /// What the user should hear once about this config on this CPU.
    package var allNotices: [String] {
        guard train.mixedPrecision == .on, precision == .float32 else { return notices }
        return notices + [
            "train.amp is true, but this CPU has no AVX-512 BF16: training in float32"
        ]
    }
}
