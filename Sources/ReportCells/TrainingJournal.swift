import Experiments
import Files
import Foundation
import Training

/// Writes down a training as it happens: checkpoints, `train.log`, `history.csv`, event files; and
/// tells the terminal.
final class TrainingJournal: TrainingObserver {
    private let run: String
    private let folder: RunFolder
    private let fingerprint: String
    private let config: [String: String]
    private let title: String
    private let saveEvery: Int?
    private let keepsAverage: Bool
    private let events: TrainingEvents?
    private let progress: any CellProgress
    private var log: AppendingFile?
    private var totalEpochs = 0
    private var bestDigests: [String: String] = [:]
    /// Epochs that an interrupted training had done.
    private(set) var epochsBefore = 0
    /// Speed of the last epoch; nil when no epoch was trained.
    private(set) var imagesPerSecond: Double?

    init(
        run: String, folder: RunFolder, fingerprint: String, config: ExperimentConfig,
        title: String, events: TrainingEvents?, progress: any CellProgress
    ) throws {
        self.run = run
        self.folder = folder
        self.fingerprint = fingerprint
        self.config = Dictionary(
            uniqueKeysWithValues: config.resolved.map { ($0.name, $0.value.canonicalText) })
        self.title = title
        saveEvery = config.log.saveEvery
        keepsAverage = config.train.averageDecay != nil
        self.events = events
        self.progress = progress
    }

    /// Runs a training; why it was stopped stands in `train.log` then.
    func observing(
        _ training: (TrainingJournal) throws -> TrainingHistory
    ) throws -> TrainingHistory {
        do {
            return try training(self)
        } catch let error as TrainingError {
            try log?.append(line: "stopped: \(error)")
            throw error
        }
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
        try events?.start(
            totalEpochs: totalEpochs, stepsPerEpoch: stepsPerEpoch, startEpoch: startEpoch)
        progress.trainingStarts(
            run: run, measure: .evidenceLowerBound, totalEpochs: totalEpochs,
            startEpoch: startEpoch)
    }

    func stepEnds(_ step: StepProgress) throws {
        try events?.stepEnds(step)
        progress.trainingSteps(run: run, step, totalEpochs: totalEpochs)
    }

    func stepIsSkipped(_ step: SkippedStep) throws {
        let line = TrainingLog.line(step)
        try log?.append(line: line)
        if step.count == 1 { progress.notice("\(run): \(line)") }
    }

    func epochEnds(
        _ record: EpochRecord, timing: EpochTiming, isBest: Bool, state: TrainingState
    ) throws {
        imagesPerSecond = timing.imagesPerSecond
        try events?.epochEnds(record, state: state)
        try save(record, isBest: isBest, state: state)
        try AtomicFile(folder.history).write(HistoryCSV.text(state.history))
        try log?.append(line: TrainingLog.line(record, timing, isBest: isBest))
        progress.epochEnds(run: run, record, timing: timing, isBest: isBest)
    }

    func trainingEnds(_ history: TrainingHistory, patience: Int?) throws {
        if let patience {
            try log?.append(
                line:
                    "stopped after epoch \(history.epochs.count): no better validation than that of "
                    + "epoch \(history.selectedEpoch) for \(patience) epochs")
        }
        try log?.flush()
    }

    /// Files of the run, relative to the report's folder.
    var files: [String] {
        let names = [
            "ckpts/best.safetensors", "ckpts/last.safetensors", "logs/train.log",
            "logs/history.csv", "run.json",
        ]
        return (names + (keepsAverage ? ["ckpts/best-raw.safetensors"] : [])).map {
            "runs/\(run)/\($0)"
        }
    }
}

extension TrainingJournal {
    /// The state that an interrupted training of the same config, data and engine left; nil without one,
    /// when a best checkpoint that belongs to it is lost, and when its weights are no numbers: a training
    /// stops before it saves such.
    func interruptedState() throws -> TrainingState? {
        guard let bytes = try? WholeFile.bytes(at: folder.lastCheckpoint),
            let checkpoint = try? Checkpoint(Data(bytes), name: folder.lastCheckpoint),
            checkpoint.fingerprint == fingerprint, checkpoint.state.tensors.firstNotFinite == nil,
            try restoreBest(checkpoint)
        else { return nil }
        bestDigests = checkpoint.bestDigests
        try keep(checkpoint, epoch: checkpoint.state.history.epochs.count)
        try AtomicFile(folder.history).write(HistoryCSV.text(checkpoint.state.history))
        return checkpoint.state
    }

    /// Writes the checkpoints of an epoch: first the state to resume from, then the best ones, which
    /// can be made again from it.
    private func save(_ record: EpochRecord, isBest: Bool, state: TrainingState) throws {
        var checkpoint = Checkpoint(state: state, fingerprint: fingerprint, config: config)
        let models = isBest ? try bestFiles(checkpoint, epoch: record.epoch) : []
        for model in models { bestDigests[model.name] = try Digest.sha256(of: model.bytes) }
        checkpoint.bestDigests = bestDigests
        try AtomicFile(folder.lastCheckpoint).write(try checkpoint.encodedStateBytes())
        for model in models { try AtomicFile(model.path).write(model.bytes) }
        try keep(checkpoint, epoch: record.epoch)
    }

    /// Writes the checkpoint that `log.save_every` asks for after this epoch, if it does. A resume asks
    /// again: the training may have been stopped before it.
    private func keep(_ checkpoint: Checkpoint, epoch: Int) throws {
        guard let saveEvery, epoch % saveEvery == 0 else { return }
        let path = FilePath.join(folder.checkpoints, "epoch-\(epoch).safetensors")
        try AtomicFile(path).writeIfChanged([UInt8](try checkpoint.encodedModel(epoch: epoch)))
    }

    /// Whether the best checkpoints are those that `last` knows of. They are written anew when the last
    /// epoch is the best one: the training may have been stopped between the files.
    private func restoreBest(_ last: Checkpoint) throws -> Bool {
        for model in try bestFiles(last, epoch: last.state.history.epochs.count) {
            let expected = last.bestDigests[model.name]
            if let found = try? WholeFile.bytes(at: model.path),
                try Digest.sha256(of: found) == expected
            {
                continue
            }
            guard try Digest.sha256(of: model.bytes) == expected else { return false }
            try AtomicFile(model.path).write(model.bytes)
        }
        return true
    }

    /// The weights of a checkpoint as the files that evaluation reads.
    private func bestFiles(
        _ checkpoint: Checkpoint, epoch: Int
    ) throws -> [(name: String, path: String, bytes: [UInt8])] {
        let sets: [(String, Checkpoint.Weights)] =
            [(folder.bestCheckpoint, .evaluated)]
            + (keepsAverage ? [(folder.bestRawCheckpoint, .raw)] : [])
        return try sets.map { path, weights in
            let bytes = try checkpoint.encodedModel(epoch: epoch, weights: weights)
            return (FilePath.name(of: path), path, [UInt8](bytes))
        }
    }
}
