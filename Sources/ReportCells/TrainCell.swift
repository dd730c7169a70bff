import Datasets
import Experiments
import Files
import Foundation
import Literate
import Networks
import Tensors
import Training
import Words

extension ExperimentCells {
    /// What a trained model depends on besides the cell: config, data and engine.
    func trainInputs(_ cell: Cell) throws -> [String: String] {
        let config = try config(of: cell)
        var inputs = config.cacheInputs(for: .training).merging([
            "the data set": try store.provenance(config).digest,
            "the engine": "\(settings.engineVersion) \(config.precision.rawValue)",
        ]) { $1 }
        inputs["the weights to start from"] = try InitialWeights(config)?.digest
        return inputs
    }

    /// Trains a run, or goes on with one that was interrupted.
    func train(_ cell: Cell, in context: CellContext) throws -> CellResult {
        switch settings.models {
        case .training: break
        case .cache: throw NotTrained()
        case .adopted(let model): return try adopt(model, cell, in: context)
        }
        let config = try config(of: cell)
        store.newNotices(config).forEach(progress.notice)
        let folder = try RunFolder(output: context.outputFolder, label: cell.id)
        try folder.make()
        folder.removeLeftovers()
        store.forget(folder)
        let dataset = try store.dataset(config)
        let fingerprint = try Digest.sha256(
            of: try trainInputs(cell).sorted { $0.key < $1.key }.map { "\($0.key)\n\($0.value)" }
                .joined(separator: "\n"))
        let model = config.modelDescription(image: dataset.train.shape)
        let journal = try TrainingJournal(
            run: cell.id, folder: folder, fingerprint: fingerprint, config: config,
            title: dataset.title, events: try events(config, dataset, folder), progress: progress)
        let trainer = try Trainer(
            model, images: dataset.train, options: config.trainingOptions,
            initial: try InitialWeights(config)?.tensors(of: model))
        let begin = ContinuousClock.now
        let history = try journal.observing {
            try trainer.run(from: try $0.interruptedState(), observer: $0)
        }
        let seconds = begin.duration(to: .now) / .seconds(1)
        let record = RunRecord(
            label: cell.id, config: config, dataset: dataset,
            parameterCount: model.trainedCount, history: history,
            stamp: try EnvironmentStamp.current(
                tool: "vae-report \(settings.toolVersion)",
                engine: Self.engineDescription(config.precision),
                threads: Kernels.threadCount, seconds: seconds,
                environment: settings.environment))
        try record.write(to: folder)
        return try result(record, cell, dataset: dataset, config: config, journal: journal)
    }

    /// The event files of a run; nil when its config wants none.
    private func events(
        _ config: ExperimentConfig, _ dataset: ImageDataset, _ folder: RunFolder
    ) throws -> TrainingEvents? {
        guard config.log.writesEvents else {
            try EventFileWriter.removeFiles(in: folder.logs)
            return nil
        }
        let count = dataset.train.count
        let probe = TrainingProbe(
            model: config.modelDescription(image: dataset.train.shape),
            images: dataset.train.slice(max(0, count - config.data.validationCount)..<count),
            source: RandomSource(seed: config.seed))
        return TrainingEvents(folder: folder.logs, probe: probe) { [settings] in
            let now = try EnvironmentStamp.date(environment: settings.environment, now: Date())
            return now.timeIntervalSince1970
        }
    }

    /// What computes, for stamps.
    static func engineDescription(_ precision: Precision) -> String {
        "\(Plans.kernelsDescription), training in \(precision.rawValue), scoring in float32"
    }

    private func result(
        _ record: RunRecord, _ cell: Cell, dataset: ImageDataset, config: ExperimentConfig,
        journal: TrainingJournal
    ) throws -> CellResult {
        CellResult(
            values: RunValues(record, dataset: dataset, config: config).all,
            files: journal.files,
            banners: dataset.banners
                + (InitialWeights(config).map { [$0.banner(run: cell.id)] } ?? []),
            stamp: record.stamp.facts(
                run: cell.id, speed: journal.imagesPerSecond, epochsBefore: journal.epochsBefore),
            record: try record.json())
    }
}

extension ImageDataset {
    /// The name of the data set that this one stands in for; nil when it is the real one.
    private var absentTitle: String? {
        provenance.standsInFor.map { name in
            (try? DatasetCatalogue.standard.entry(named: name))?.title ?? name
        }
    }

    /// The name for titles and captions; says so when the data stand in for others.
    var fullTitle: String { absentTitle.map { "\(title) (standing in for \($0))" } ?? title }

    /// Sentences for the top of the page: what the data stand in for, which files were left out.
    var banners: [String] {
        let standIn = absentTitle.map {
            "This report was made on \(title.lowercased()), drawn by vae-report, because \($0) was "
                + "nowhere to be had: every number and figure is about the stand-in."
        }
        return [standIn].compactMap(\.self) + notes
    }
}

extension EnvironmentStamp {
    /// Facts for the page's footer; none about speed when every epoch was there already.
    func facts(run: String, speed: Double?, epochsBefore: Int) -> [Fact] {
        let facts = [
            Fact("Made with", tool), Fact("Engine", engine),
            Fact("Processor", "\(processor), \(threads) threads"), Fact("System", system),
            Fact("Compiler", swift), Fact("Trained", date),
        ]
        guard let speed else { return facts }
        let stop = epochsBefore > 0 ? ", going on after epoch \(epochsBefore)" : ""
        return facts + [
            Fact("Training time, \(run)", "\(String(format: "%.0f", seconds)) s\(stop)"),
            Fact("Training speed, \(run)", "\(Quantity.text(Int(speed))) images/s"),
        ]
    }
}
