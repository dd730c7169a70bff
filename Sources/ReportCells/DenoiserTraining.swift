import Datasets
import Evaluation
import Experiments
import Files
import Foundation
import Networks
import Tensors
import Training
import VAEModels

/// Trains the denoising autoencoder of a comparison, or goes on after an interruption.
struct DenoiserTraining {
    let view: ComparisonView
    /// Digest of everything that decides the training.
    let fingerprint: String
    let progress: any CellProgress

    /// Trains and leaves `best.safetensors`, `last.safetensors`, `train.log` and `history.csv`.
    func run() throws -> TrainingHistory {
        let config = view.run.config
        try view.folder.make()
        let images = try view.run.store.trainingImages(config)
        let shape = images.shape
        let model = DenoiserDescription.convolutional(
            image: FeatureShape(
                channels: shape.channels, height: shape.height, width: shape.width),
            base: config.denoiser.baseChannels)
        let corruption = CorruptionChoice.oneOf(
            config.denoiser.sigmas.map { .gaussian(sigma: Float($0)) })
        let plan = try DenoiserTrainingPlan(
            model, batch: config.denoiser.batchSize, corruption: corruption,
            precision: config.precision)
        try plan.load(model.initialParameters(seed: config.seed))
        let options = FittingOptions(
            epochs: config.denoiser.epochs, learningRate: config.denoiser.learningRate,
            learningRateShape: .oneCycle, weightDecay: 0, seed: config.seed)
        let validation = try validation(model)
        let loop = try FittingLoop(plan, images: images, options: options, validate: validation)
        let journal = DenoiserJournal(
            label: view.label, folder: view.folder, fingerprint: fingerprint, progress: progress)
        return try loop.run(from: journal.interruptedState(), observer: journal)
    }

    /// Images that validate an epoch at most.
    private static let mostValidated = 1_000

    /// The mean squared error on validation images under each strength of the training's noise, the
    /// same noise after every epoch.
    private func validation(_ model: DenoiserDescription) throws -> FittingLoop.Validator {
        let config = view.run.config
        let train = try view.run.dataset.train
        let count = min(config.data.validationCount, Self.mostValidated)
        guard count > 0 else { return { _ in nil } }
        let set = train.slice(train.count - config.data.validationCount..<train.count)
        let clean = set.slice(0..<count).bytes.map { Float($0) / 255 }
        let source = RandomSource(seed: config.seed)
        let noisy = config.denoiser.sigmas.enumerated().map { index, sigma in
            Corruption.gaussian(sigma: Float(sigma))
                .applied(to: clean, source: source, purpose: .validation, step: UInt64(index))
        }
        return { tensors in
            let compiled = try CompiledDenoiser(model, tensors: tensors)
            let errors = try noisy.map { images in
                zip(try compiled.denoise(images), clean).reduce(0.0) {
                    $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
                } / Double(clean.count)
            }
            return Validation(loss: errors.reduce(0, +) / Double(errors.count))
        }
    }
}

/// Writes down the training of a denoising autoencoder: checkpoints, `train.log`, `history.csv`.
final class DenoiserJournal: TrainingObserver {
    private let label: String
    private let folder: RunFolder
    private let fingerprint: String
    private let progress: any CellProgress
    private var log: AppendingFile?
    private var totalEpochs = 0

    init(label: String, folder: RunFolder, fingerprint: String, progress: any CellProgress) {
        self.label = label
        self.folder = folder
        self.fingerprint = fingerprint
        self.progress = progress
    }

    /// The state that an interrupted training of the same config, data and engine left; nil without one,
    /// when the best weights that belong to it are lost, and when its weights are no numbers.
    func interruptedState() -> TrainingState? {
        guard FilePath.isFile(folder.bestCheckpoint),
            let bytes = try? WholeFile.bytes(at: folder.lastCheckpoint),
            let checkpoint = try? Checkpoint(Data(bytes), name: folder.lastCheckpoint),
            checkpoint.fingerprint == fingerprint, checkpoint.state.tensors.firstNotFinite == nil
        else { return nil }
        return checkpoint.state
    }

    func trainingStarts(totalEpochs: Int, stepsPerEpoch: Int, startEpoch: Int) throws {
        self.totalEpochs = totalEpochs
        let log = try AppendingFile(at: folder.trainLog, fresh: startEpoch == 0)
        try log.append(
            line: startEpoch == 0
                ? "training a denoising autoencoder: \(totalEpochs) epochs of \(stepsPerEpoch) steps"
                : "going on after epoch \(startEpoch) of \(totalEpochs)")
        self.log = log
        progress.trainingStarts(
            run: label, measure: .squaredError, totalEpochs: totalEpochs, startEpoch: startEpoch)
    }

    func stepEnds(_ step: StepProgress) throws {
        progress.trainingSteps(run: label, step, totalEpochs: totalEpochs)
    }

    func epochEnds(
        _ record: EpochRecord, timing: EpochTiming, isBest: Bool, state: TrainingState
    ) throws {
        let checkpoint = Checkpoint(state: state, fingerprint: fingerprint, config: [:])
        // The best weights first: whoever finds the state finds the weights that belong to it.
        if isBest {
            try AtomicFile(folder.bestCheckpoint).write(
                [UInt8](try checkpoint.encodedModel(epoch: record.epoch)))
        }
        try AtomicFile(folder.lastCheckpoint).write(try checkpoint.encodedStateBytes())
        try AtomicFile(folder.history).write(Self.csv(state.history))
        try log?.append(line: Self.line(record, timing, isBest: isBest))
        progress.epochEnds(run: label, record, timing: timing, isBest: isBest)
    }

    func trainingEnds(_ history: TrainingHistory, patience: Int?) throws { try log?.flush() }

    private static func csv(_ history: TrainingHistory) -> String {
        let lines = history.epochs.map { record in
            [
                "\(record.epoch)", "\(record.train.reconstruction)",
                record.validation.map { "\($0.reconstruction)" } ?? "", "\(record.learningRate)",
            ]
        }
        return ([["epoch", "train.mse", "validation.mse", "lr"]] + lines)
            .map { CSV.line($0) + "\n" }.joined()
    }

    private static func line(
        _ record: EpochRecord, _ timing: EpochTiming, isBest: Bool
    ) -> String {
        let error = String(format: "%.6f", record.train.reconstruction)
        let validation = record.validation.map {
            "; validation MSE \(String(format: "%.6f", $0.reconstruction))"
        }
        let speed = String(
            format: "%.1f s, %.0f images/s", timing.seconds, timing.imagesPerSecond)
        return "epoch \(record.epoch): train MSE \(error)\(validation ?? "")"
            + "\(isBest ? ", best so far" : ""); \(speed)"
    }
}
