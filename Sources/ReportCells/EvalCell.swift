import Datasets
import Evaluation
import Experiments
import Files
import Foundation
import Literate
import Tensors

extension ExperimentCells {
    /// What scores depend on besides the cell and its run.
    func evalInputs(_ cell: Cell) throws -> [String: String] {
        let config = try config(ofRun: cell.run(), overrides: cell.configOverrides)
        var inputs = config.cacheInputs(for: .evaluation).merging([
            "the data set": try store.provenance(config).digest,
            "the engine":
                "\(settings.engineVersion) float32, classifier \(FeatureClassifier.version)",
            "the scores": "\(Evaluation.version)",
            "presentation": Self.presentationVersion,
        ]) { $1 }
        if let named = config.eval.perceptual {
            inputs["the LPIPS weights"] = try PerceptualWeights.paths(named.path)
                .map { try Digest.sha256(of: WholeFile.bytes(at: $0)) }.joined(separator: " ")
        }
        return inputs
    }

    /// Scores the best checkpoint of a run on the test images and writes the verdict.
    func evaluate(_ cell: Cell, in context: CellContext) throws -> CellResult {
        let run = try cell.run()
        let config = try config(ofRun: run, overrides: cell.configOverrides)
        let folder = try RunFolder(output: context.outputFolder, label: run)
        let dataset = try store.dataset(config)
        var options = try EvaluationOptions(ofCell: cell, config: config.eval)
        options.dataTitle = dataset.fullTitle
        options.binarization = config.data.binarization
        options.pixels = config.pixels
        options.draws = try cell.draws(default: config.eval.draws)
        options.seed = config.seed
        let model = try store.model(config, in: folder)
        options.pixelScale = model.pixelScale
        let evaluation = Evaluation(
            images: dataset.test, training: try store.trainingImages(config),
            factors: dataset.factors, options: options)
        let tools = EvalTools(
            config: config, dataset: dataset, cacheFolder: settings.loader.cacheFolder)
        let report: EvaluationProgress.Report = { [progress] in progress.evaluates(run: run, $0) }
        let result = try evaluation.run(
            model, perceptual: try tools.perceptual(),
            features: try tools.features(
                isWanted: cell.includesDistribution(default: config.eval.includesFrechet),
                progress: report),
            gradients: try tools.gradients { try store.tensors(config, in: folder) },
            progress: report)
        try write(result, to: folder)
        store.forget(folder)
        try writeCodes(
            RunView(run: run, config: config, folder: folder, store: store), result, to: folder)
        let record = try RunRecord.read(from: folder)
        let verdict = Verdict(record, result, dataset: dataset, config: config)
        return CellResult(
            // The cell that gathers a matrix shows one table instead of a verdict for each run.
            outputs: cell.point == nil
                ? [.verdict(verdict.output)] : [],
            values: RunValues.all(result.scores, run: run, config: config)
                .merging(["\(run).test.diagnoses": PublishedValue(text: verdict.found)]) { $1 },
            files: [
                "runs/\(run)/logs/metrics.csv", "runs/\(run)/logs/evaluation.json",
                "runs/\(run)/logs/codes.csv",
            ])
    }

    private func write(_ result: EvaluationResult, to folder: RunFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try AtomicFile(folder.evaluation).write([UInt8](try encoder.encode(result)))
        try AtomicFile(folder.metrics).write(result.scores.csv())
    }

    /// Writes `codes.csv`: class, means and σ of every test image's code.
    private func writeCodes(
        _ view: RunView, _ result: EvaluationResult, to folder: RunFolder
    ) throws {
        let table = CodeTable(
            try view.posterior(), latentSize: view.config.model.latentSize,
            labels: try view.dataset.test.labels)
        try AtomicFile(folder.codes).write(table.csv())
    }

    /// Writes `scores.json` of a built report: every run's and every comparison's scores by name.
    public static func writeScores(of report: BuiltReport, to folder: String) throws {
        var runs: [String: [String: PublishedValue]] = [:]
        for (cell, outcome) in zip(report.document.cells, report.outcomes) {
            guard let result = outcome.result else { continue }
            if cell.kind == "compare" {
                for (name, value) in result.values where value.number != nil {
                    runs[cell.id, default: [:]][String(name.dropFirst(cell.id.count + 1))] = value
                }
            }
            guard cell.kind == "eval", let run = try? cell.run() else { continue }
            for (name, value) in result.values where !RunValues.isAlias(name, of: value, run: run) {
                let end = name.firstRange(of: ".test.")?.lowerBound ?? name.startIndex
                let score = name[end...].dropFirst()
                runs[String(name[..<end]), default: [:]][String(score)] = value
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(runs), as: UTF8.self) + "\n"
        try AtomicFile(FilePath.join(folder, "scores.json")).writeIfChanged(Array(text.utf8))
    }
}
