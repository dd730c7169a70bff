import Experiments
import Files
import Foundation
import Training

/// Writes down a training as it happens: checkpoints, `train.log`, `history.csv`; and tells the terminal.
final class TrainingJournal: TrainingObserver {
    private let run: String
    private let folder: RunFolder
    private let fingerprint: String
    private let config: [String: String]
    private let title: String
    private let saveEvery: Int?
    private let progress: any CellProgress
    private var log: AppendingFile?
    private var totalEpochs = 0
    private var bestDigest: String?
    /// Epochs that an interrupted training had done.
    private(set) var epochsBefore = 0
    /// Speed of the last epoch; nil when no epoch was trained.
    private(set) var imagesPerSecond: Double?

    init(
        run: String, folder: RunFolder, fingerprint: String, config: ExperimentConfig,
        title: String, progress: any CellProgress
    ) throws {
        self.run = run
        self.folder = folder
        self.fingerprint = fingerprint
        self.config = Dictionary(
            uniqueKeysWithValues: config.resolved.map { ($0.name, $0.value.canonicalText) })
        self.title = title
        saveEvery = config.log.saveEvery
        self.progress = progress
    }

    /// The state that an interrupted training of the same config, data and engine left; nil without one,
    /// and when the best checkpoint that belongs to it is lost.
    func interruptedState() throws -> TrainingState? {
        guard let bytes = try? WholeFile.bytes(at: folder.lastCheckpoint),
            let checkpoint = try? Checkpoint(Data(bytes), name: folder.lastCheckpoint),
            checkpoint.fingerprint == fingerprint, try restoreBest(checkpoint)
        else { return nil }
        bestDigest = checkpoint.bestDigest
        try AtomicFile(folder.history).write(HistoryCSV.text(checkpoint.state.history))
        return checkpoint.state
    }

    /// Whether the best checkpoint is the one that `last` knows of. It is written anew when the last
    /// epoch is the best one: the training may have been stopped between the two files.
    private func restoreBest(_ last: Checkpoint) throws -> Bool {
        let best = try? WholeFile.bytes(at: folder.bestCheckpoint)
        if let best, try Digest.sha256(of: best) == last.bestDigest { return true }
        let model = [UInt8](try last.encodedModel(epoch: last.state.history.epochs.count))
        guard try Digest.sha256(of: model) == last.bestDigest else { return false }
        try AtomicFile(folder.bestCheckpoint).write(model)
        return true
    }

    func trainingStarts(totalEpochs: Int, stepsPerEpoch: Int, startEpoch: Int) throws {
        self.totalEpochs = totalEpochs
        epochsBefore = startEpoch
        let log = try AppendingFile(at: folder.trainLog, fresh: startEpoch == 0)
        let what =
            startEpoch == 0
            ? "training on \(title): \(totalEpochs) epochs of \(stepsPerEpoch) steps"
            : "going on after epoch \(startEpoch) of \(totalEpochs)"
        try log.append(line: what)
        self.log = log
        progress.trainingStarts(run: run, totalEpochs: totalEpochs, startEpoch: startEpoch)
    }

    func stepEnds(_ step: StepProgress) throws {
        progress.trainingSteps(run: run, step, totalEpochs: totalEpochs)
    }

    func epochEnds(
        _ record: EpochRecord, timing: EpochTiming, isBest: Bool, state: TrainingState
    ) throws {
        imagesPerSecond = timing.imagesPerSecond
        var checkpoint = Checkpoint(state: state, fingerprint: fingerprint, config: config)
        let model = [UInt8](try checkpoint.encodedModel(epoch: record.epoch))
        if isBest { bestDigest = try Digest.sha256(of: model) }
        checkpoint.bestDigest = bestDigest
        try AtomicFile(folder.lastCheckpoint).write([UInt8](try checkpoint.encodedState()))
        if isBest { try AtomicFile(folder.bestCheckpoint).write(model) }
        if let saveEvery, record.epoch % saveEvery == 0 {
            let name = "epoch-\(record.epoch).safetensors"
            try AtomicFile(FilePath.join(folder.checkpoints, name)).write(model)
        }
        try AtomicFile(folder.history).write(HistoryCSV.text(state.history))
        try log?.append(line: Self.line(record, timing, isBest: isBest))
        progress.epochEnds(run: run, record, timing: timing, isBest: isBest)
    }

    /// Files of the run, relative to the report's folder.
    func files(in label: String) -> [String] {
        [
            "ckpts/best.safetensors", "ckpts/last.safetensors", "logs/train.log",
            "logs/history.csv", "run.json",
        ].map { "runs/\(label)/\($0)" }
    }

    private static func line(_ record: EpochRecord, _ timing: EpochTiming, isBest: Bool) -> String {
        let train = record.train
        var parts = [
            String(
                format: "epoch %d: train -ELBO %.3f (reconstruction %.3f, KL %.3f)", record.epoch,
                train.negativeEvidenceLowerBound, train.reconstruction, train.kl)
        ]
        if let validation = record.validation {
            parts.append(
                String(
                    format: "validation -ELBO %.3f (reconstruction %.3f, KL %.3f)%@",
                    validation.negativeEvidenceLowerBound, validation.reconstruction,
                    validation.kl, isBest ? ", best so far" : ""))
        }
        parts.append(String(format: "beta %.4g, lr %.3g", record.beta, record.learningRate))
        parts.append(
            String(format: "%.1f s, %.0f images/s", timing.seconds, timing.imagesPerSecond))
        return parts.joined(separator: "; ")
    }
}
