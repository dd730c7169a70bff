import Evaluation
import Experiments
import Files
import Foundation
import Literate
import Tensors
import Training
import VAEModels
import Words

/// What a compare cell may compare.
enum CompareKind: String, CaseIterable {
    /// The VAE with a denoising autoencoder.
    case denoising

    static func of(_ cell: Cell) throws -> CompareKind {
        try cell.choice("kind", of: CompareKind.self)
    }
}

extension ExperimentCells {
    /// The comparison of a compare cell.
    func comparison(_ cell: Cell, in output: String) throws -> ComparisonView {
        let run = try cell.run()
        let overrides = (try evalCell(ofRun: run)?.configOverrides ?? []) + cell.configOverrides
        let folder = try RunFolder(output: output, label: run)
        return ComparisonView(
            label: cell.id,
            run: RunView(
                run: run, config: try config(ofRun: run, overrides: overrides), folder: folder,
                store: store),
            folder: try RunFolder(output: output, label: cell.id), file: try cell.denoiserFile())
    }

    /// What a comparison depends on besides its text and its run.
    func compareInputs(_ cell: Cell) throws -> [String: String] {
        var inputs = try denoiserInputs(cell)
        let config = try comparison(cell, in: "").run.config
        inputs["the config"] = config.cacheText(for: .evaluation) + (inputs["the config"] ?? "")
        inputs["presentation"] = Self.presentationVersion
        if let file = try cell.denoiserFile() {
            inputs["the autoencoder"] = try Digest.sha256(of: WholeFile.bytes(at: file))
        }
        return inputs
    }

    /// What the weights of a trained autoencoder depend on.
    private func denoiserInputs(_ cell: Cell) throws -> [String: String] {
        let config = try comparison(cell, in: "").run.config
        return [
            "the config": config.denoiserText,
            "the data set": try store.provenance(config).digest,
            "the engine": "\(settings.engineVersion) \(config.precision.rawValue)",
        ]
    }

    /// Trains or reads the autoencoder, denoises with everything there is, and writes the conclusion.
    func compare(_ cell: Cell, in context: CellContext) throws -> CellResult {
        let view = try comparison(cell, in: context.outputFolder)
        let history = view.file == nil ? try trainDenoiser(cell, view) : nil
        try view.folder.make()
        let denoiser = try view.denoiser()
        let dataset = try view.run.dataset
        let options = DenoisingOptions(
            dataTitle: dataset.fullTitle, imageCount: try cell.imageCount(),
            componentCount: view.run.config.model.latentSize)
        let result = try view.comparison(denoiser, options).run { [progress] in
            progress.evaluates(run: cell.id, $0)
        }
        try view.write(result)
        let model = DenoiserFacts(
            parameters: denoiser.model.trainedCount, codeSize: denoiser.model.codeSize,
            source: view.file.map { FilePath.name(of: $0) }
                ?? "trained here, \(Quantity.text(view.run.config.denoiser.epochs, "epoch"))")
        return CellResult(
            outputs: [
                .table(DenoisingTables.scores(result, metric: .psnr)),
                .markdown(
                    DenoisingConclusion(result).sentences.map { "- \($0)" }
                        .joined(separator: "\n")),
            ],
            values: DenoisingValues.all(result, view, model),
            files: files(view, isTrained: history != nil))
    }

    private func trainDenoiser(_ cell: Cell, _ view: ComparisonView) throws -> TrainingHistory {
        let inputs = try denoiserInputs(cell).sorted { $0.key < $1.key }
        let fingerprint = try Digest.sha256(
            of: inputs.map { "\($0.key)\n\($0.value)" }.joined(separator: "\n"))
        return try DenoiserTraining(view: view, fingerprint: fingerprint, progress: progress).run()
    }

    private func files(_ view: ComparisonView, isTrained: Bool) -> [String] {
        let trained =
            isTrained
            ? [
                "ckpts/best.safetensors", "ckpts/last.safetensors", "logs/train.log",
                "logs/history.csv",
            ] : []
        return (trained + ["logs/denoising.json", "logs/metrics.csv"]).map {
            "runs/\(view.label)/\($0)"
        }
    }
}

extension Cell {
    /// The file that a compare cell names for its autoencoder; nil when one is to be trained.
    func denoiserFile() throws -> String? {
        guard let value = self["dae"], value.content != .null else { return nil }
        guard let path = value.text, !path.isEmpty else {
            throw error(
                "'dae' is the path of a file with the autoencoder's weights, found \(value.spoken)",
                at: value.location)
        }
        guard FilePath.isFile(path) else {
            throw error(
                "there is no file \(path) with an autoencoder's weights", at: value.location,
                suggestion:
                    "paths are relative to the folder you build in; leave 'dae' out to train "
                    + "one")
        }
        return path
    }

    /// Test images that a compare cell denoises.
    func imageCount() throws -> Int { try integer("count", in: 10...1_000_000) ?? 2_000 }
}

extension ExperimentConfig {
    /// The settings that the weights of a denoising autoencoder depend on, one `key: value` a line.
    fileprivate var denoiserText: String {
        resolved.filter { key in
            key.name.hasPrefix("dae.") || key.name == "seed"
                || key.name.hasPrefix("data.") && KeyTable.key(key.name)?.reach == .training
        }.map { "\($0.name): \($0.value.canonicalText)\n" }.joined()
    }
}
