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
    private var provenances: [(request: DatasetRequest, provenance: DatasetProvenance)] = []
    private var datasets: [String: ImageDataset] = [:]
    private var models: [String: CompiledVAE] = [:]
    private var evaluations: [String: EvaluationResult] = [:]
    private var notices: Set<String> = []

    init(settings: ReportSettings) {
        self.settings = settings
    }

    /// The data sets there are, with what was found of the user's own.
    var catalogue: DatasetCatalogue { settings.loader.catalogue }

    private func request(_ config: ExperimentConfig) -> DatasetRequest {
        config.data.request(
            folder: settings.dataFolder, strict: settings.isStrict,
            rereadsFiles: settings.rereadsData)
    }

    /// The config's notices that no other run of the build has given yet.
    func newNotices(_ config: ExperimentConfig) -> [String] {
        config.allNotices.filter { notices.insert($0).inserted }
    }

    /// Where the config's data come from, without reading them when they are remembered.
    func provenance(_ config: ExperimentConfig) throws -> DatasetProvenance {
        var request = request(config)
        request.limits = SplitLimits()
        if let known = provenances.first(where: { $0.request == request }) {
            return known.provenance
        }
        let provenance = try settings.loader.provenance(request)
        provenances.append((request, provenance))
        return provenance
    }

    /// The config's data set in memory; pixels that are binarised once and for all are 0 and 255.
    func dataset(_ config: ExperimentConfig) throws -> ImageDataset {
        let request = request(config)
        let key =
            "\(request.name) \(request.limits) \(request.grid) \(request.own) "
            + config.data.fixedBinarization.rawValue
        if let known = datasets[key] { return known }
        let dataset = try settings.loader.load(request).binarized(config.data.fixedBinarization)
        datasets[key] = dataset
        return dataset
    }

    /// The images that trained the run, without those that validated it.
    func trainingImages(_ config: ExperimentConfig) throws -> ImageSet {
        let images = try dataset(config).train
        return images.slice(0..<max(images.count - config.data.validationCount, 0))
    }

    /// The best checkpoint of a run, compiled for inference, with the weights that `eval.weights` names.
    func model(_ config: ExperimentConfig, in folder: RunFolder) throws -> CompiledVAE {
        let path = folder.checkpoint(of: config)
        if let known = models[path] { return known }
        let model = try CompiledVAE(
            config.modelDescription(image: try dataset(config).train.shape),
            tensors: try tensors(config, in: folder))
        models[path] = model
        return model
    }

    /// The numbers of the best checkpoint of a run, read anew.
    func tensors(_ config: ExperimentConfig, in folder: RunFolder) throws -> NamedTensors {
        let path = folder.checkpoint(of: config)
        return try Safetensors(Data(try WholeFile.bytes(at: path)), name: path).tensors
    }

    /// The evaluation that the run's eval cell left behind.
    func evaluation(in folder: RunFolder) throws -> EvaluationResult {
        if let known = evaluations[folder.path] { return known }
        let result = try Self.evaluation(at: folder)
        evaluations[folder.path] = result
        return result
    }

    /// The evaluation that lies in a run's folder.
    static func evaluation(at folder: RunFolder) throws -> EvaluationResult {
        try CellError.decoded(EvaluationResult.self, at: folder.evaluation)
    }

    /// A run was trained or evaluated anew: what was loaded from its folder is out of date.
    func forget(_ folder: RunFolder) {
        models[folder.bestCheckpoint] = nil
        models[folder.bestRawCheckpoint] = nil
        evaluations[folder.path] = nil
    }
}

extension RunFolder {
    /// Arrays that figures are drawn from.
    var evaluation: String { FilePath.join(logs, "evaluation.json") }

    /// The file with the weights that `eval.weights` names.
    package func checkpoint(of config: ExperimentConfig) -> String {
        config.eval.weights == .raw && config.train.averageDecay != nil
            ? bestRawCheckpoint : bestCheckpoint
    }
}

extension ExperimentConfig.DataSection {
    /// What is done to the pixels before anything sees them: a binarisation that never changes.
    package var fixedBinarization: Binarization {
        binarization == .static || binarization == .threshold ? binarization : .none
    }
}

extension ImageDataset {
    /// The data set with both splits binarised once and for all.
    package func binarized(_ binarization: Binarization) -> ImageDataset {
        guard binarization != .none else { return self }
        return ImageDataset(
            name: name, title: title, train: train.binarized(binarization, split: .train),
            test: test.binarized(binarization, split: .test), classNames: classNames,
            provenance: provenance, factors: factors, notes: notes)
    }
}

extension ExperimentConfig {
    /// The model that the config describes, for images of a shape.
    package func modelDescription(image: ImageShape) -> VAEDescription {
        let image = FeatureShape(
            channels: image.channels, height: image.height, width: image.width)
        let (base, latentSize) = (model.baseChannels, model.latentSize)
        var description: VAEDescription =
            switch model.architecture {
            case .convolutional: .convolutional(image: image, base: base, latentSize: latentSize)
            case .residual: .residual(image: image, base: base, latentSize: latentSize)
            case .multilayerPerceptron: .multilayerPerceptron(image: image, latentSize: latentSize)
            }
        description.pixels = pixels
        return description
    }

    /// The training that the config describes.
    package var trainingOptions: TrainingOptions {
        TrainingOptions(
            fitting: FittingOptions(
                epochs: train.epochs, learningRate: train.learningRate,
                learningRateShape: train.learningRateShape, optimizer: train.optimizer,
                weightDecay: train.weightDecay, klSchedule: train.klSchedule,
                gradientClip: train.gradientClip, averageDecay: train.averageDecay,
                patience: train.patience, seed: seed),
            batchSize: data.batchSize, objective: train.objective,
            binarization: data.binarization, validationCount: data.validationCount,
            precision: precision)
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
