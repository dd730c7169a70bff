import Datasets
import Experiments
import Files
import Foundation
import Literate
import ReportCells

/// Does a command's work as `build` would do it: prepares the little report, runs the cells that are
/// wanted, and says what became of them.
struct CommandSession {
    let subject: Subject
    let options: SubjectOptions
    let display: BuildDisplay
    /// The folder for everything, when the user chose it.
    var output: String?
    /// Goes into the names of image files.
    var imageMark: String?

    /// What a command ended with.
    struct Result {
        let subject: Subject
        /// The report's folder.
        let folder: String
        let outcomes: [String: CellOutcome]
        /// Whether the run's model came from a file instead of training or the cache.
        let isAdopted: Bool
        /// Keeps other processes out of the folder until the answer is given.
        let lock: FolderLock

        /// Whether a run is used where it lies.
        var isInPlace: Bool {
            if case .run(let place) = subject.weights { return place.outputFolder == folder }
            return false
        }
    }

    /// Runs the cells called `goals` and what they need; a cell that failed makes this throw.
    func run(_ cells: [CommandCell] = [], goals: [String]) throws -> Result {
        try checkParameters()
        let report = LittleReport(run: subject.label, cells: cells)
        do {
            return try run(report, goals: Set(goals))
        } catch {
            throw report.named(error)
        }
    }

    private func run(_ report: LittleReport, goals: Set<String>) throws -> Result {
        switch subject.weights {
        case .training:
            return try run(report, goals, models: .training, output: output, isAdopted: false)
        case .run(let place):
            if let folder = place.outputFolder, options.parameters.isEmpty {
                return try run(report, goals, inPlace: place, folder)
            }
            return try adopt(weights(of: place), of: place, report, goals, "run")
        case .file(let file, let place):
            return try adopt(file, of: place, report, goals, Subject.stem(of: file.path))
        }
    }

    /// A run where it lies: from the cache when the cache knows it, else as it is, but never retrained.
    private func run(
        _ report: LittleReport, _ goals: Set<String>, inPlace place: RunPlace, _ folder: String
    ) throws -> Result {
        let label = subject.label
        let known = try prepare(report, models: .cache, output: folder)
        let lock = try display.lock(known.outputFolder)
        let outcome = try ReportBuild(
            known.document, runner: known.cells, outputFolder: known.outputFolder
        ).run(only: [label])[label]
        if outcome?.result != nil {
            return try run(
                report, goals, models: .cache, output: folder, isAdopted: false, lock: lock)
        }
        let file = try weights(of: place)
        let model = AdoptedModel(
            tensors: file.tensors, digest: file.digest, path: file.path, record: place.record,
            isInPlace: true)
        return try run(
            report, goals, models: .adopted(model), output: folder, isAdopted: true, lock: lock)
    }

    /// The weights of a run that its config, after `-P`, wants to be scored.
    private func weights(of place: RunPlace) throws -> CheckpointFile {
        let config = try ExperimentConfig.load(
            source: subject.config,
            commandLine: try options.parameters.map { try ConfigSetting(argument: $0) },
            catalogue: options.data.loader(display: display).catalogue)
        let usual = try RunFolder(output: "", label: subject.label).checkpoint(of: config)
        return try CheckpointFile(FilePath.join(place.path, "ckpts/\(FilePath.name(of: usual))"))
    }

    /// Weights from a file, in a folder of their own beside those of other builds.
    private func adopt(
        _ file: CheckpointFile, of place: RunPlace?, _ report: LittleReport, _ goals: Set<String>,
        _ what: String
    ) throws -> Result {
        var model = AdoptedModel(
            tensors: file.tensors, digest: file.digest, path: file.path, record: place?.record,
            isInPlace: false)
        model.names = file.names
        let digest = try Digest()
        let map = file.names == .identity ? [] : [file.names.text]
        for text in [file.digest, subject.config.text] + map + options.parameters.sorted() {
            try digest.add(field: text)
        }
        let key = try digest.hexadecimal().prefix(8)
        let folder = FilePath.join("outputs", "\(subject.name)@\(what)-\(key)")
        return try run(report, goals, models: .adopted(model), output: folder, isAdopted: true)
    }

    private func run(
        _ report: LittleReport, _ goals: Set<String>, models: ReportSettings.ModelSource,
        output: String?, isAdopted: Bool, lock: FolderLock? = nil
    ) throws -> Result {
        let prepared = try prepare(report, models: models, output: output)
        let lock = try lock ?? display.lock(prepared.outputFolder)
        let outcomes = try ReportBuild(
            prepared.document, runner: prepared.cells, outputFolder: prepared.outputFolder,
            observe: display.show
        ).run(only: goals)
        for cell in prepared.document.cells {
            if case .failed(let message)? = outcomes[cell.id] {
                throw CommandFailure(cell: cell, message: message)
            }
        }
        return Result(
            subject: subject, folder: prepared.outputFolder, outcomes: outcomes,
            isAdopted: isAdopted, lock: lock)
    }

    private func prepare(
        _ report: LittleReport, models: ReportSettings.ModelSource, output: String?
    ) throws -> PreparedReport {
        var settings = ReportSettings(
            config: nil, loader: options.data.loader(display: display),
            dataFolder: options.data.folder, isStrict: options.strict,
            rereadsData: options.data.rereads,
            environment: ProcessInfo.processInfo.environment,
            toolVersion: VAEReportCommand.version)
        settings.models = models
        settings.imageMark = imageMark
        return try PreparedReport(
            ReportLocation(name: subject.name, source: report.source, config: subject.config),
            arguments: options.parameters, output: output, settings: settings, progress: display)
    }

    /// A command has no parameters but the config's keys, and a trained run keeps those that trained it.
    private func checkParameters() throws {
        for argument in options.parameters {
            let setting = try ConfigSetting(argument: argument)
            guard let key = KeyTable.key(setting.key) else {
                let near =
                    KeyTable.names.nearest(to: setting.key)
                    ?? KeyTable.names.first { $0.hasSuffix(".\(setting.key)") }
                throw SourceError(
                    "there is no config key '\(setting.key)'", at: setting.keyLocation,
                    in: setting.source,
                    suggestion: near.map { "did you mean '\($0)'?" }
                        ?? "'vae-report config' lists them all")
            }
            if case .run(let place) = subject.weights, key.reach == .training {
                throw SourceError(
                    "the run in \(place.path) is trained already: '\(key.name)' cannot change",
                    at: setting.keyLocation, in: setting.source,
                    suggestion: "give a config instead of the run to train another one")
            }
        }
    }
}

/// A cell of a command failed: exit status 1.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(cell: Cell, message: String) {
        let what =
            switch cell.kind {
            case "train": "there is no model to use"
            case "eval": "scoring failed"
            case "figure": "drawing failed"
            case "export": "exporting failed"
            default: "the comparison failed"
            }
        description = "\(what): \(message)"
    }
}
