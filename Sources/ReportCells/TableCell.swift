import Datasets
import Evaluation
import Experiments
import Literate
import Networks
import VAEModels

extension ExperimentCells {
    func table(_ cell: Cell, in context: CellContext) throws -> CellResult {
        let kind = try TableKind.of(cell)
        let table =
            kind.subject == .comparison
            ? try comparisonTable(kind, cell, in: context) : try runTable(kind, cell, in: context)
        return CellResult(outputs: [.table(table)])
    }

    private func runTable(
        _ kind: TableKind, _ cell: Cell, in context: CellContext
    ) throws -> TableOutput {
        let run = try cell.run()
        let view = try view(ofRun: run, in: context.outputFolder)
        let title = context.values["\(run).data.title"].map { ValueFormat.natural.write($0) } ?? ""
        switch kind {
        case .baselines:
            return Self.baselinesTable(run: run, values: context.values, config: view.config)
        case .distances:
            return DistanceTable(run: run, values: context.values, title: title).output
        case .gaps:
            return GapTable(run: run, values: context.values, title: title).output
        case .architecture:
            return Self.architectureTable(
                view.config.modelDescription(image: try store.dataset(view.config).train.shape))
        case .config: return Self.configTable(view.config)
        case .latent: return try LatentTable(view, title: title).output
        case .factors: return try FactorTable(view, title: title).output
        case .samplings: return try SamplingTable(view, title: title).output
        case .scores, .denoising, .abilities, .probes:
            let others = try cell.scoreTablesLeftOut()
            let shown = try view.evaluation.scores.entries.filter { score in
                !score.isBaseline && !others.contains { $0.shows(score.name) }
            }
            return Self.scoresTable(
                shown, run: run, values: context.values, title: title,
                meaning: view.config.pixels.meaning(view.config.data.binarization))
        }
    }

    private func comparisonTable(
        _ kind: TableKind, _ cell: Cell, in context: CellContext
    ) throws -> TableOutput {
        let compare = try self.cell("compare", labelled: try cell.comparison())
        let view = try comparison(compare, in: context.outputFolder)
        let result = try view.result()
        switch kind {
        case .abilities:
            return DenoisingTables.abilities(
                DenoisingAbility.table(result, facts: try view.facts()))
        case .probes: return DenoisingTables.probes(result)
        default:
            return DenoisingTables.scores(result, metric: try cell.denoisingMetric())
        }
    }

    /// Rows: scores in the evaluation's order; columns: score, value, standard error, unit, images.
    private static func scoresTable(
        _ scores: [Score], run: String, values: [String: PublishedValue], title: String,
        meaning: String
    ) -> TableOutput {
        let rows = scores.map { score -> [TableCell] in
            let value = values["\(run).\(score.name)"] ?? PublishedValue(score)
            return [
                TableCell(.text(score.title), note: score.protocolText),
                .value(value, score.format),
                score.standardError.map { .number($0, score.format) } ?? TableCell(.empty),
                score.unit.isEmpty ? TableCell(.empty) : .text(score.unit),
                .number(Double(score.count), ".0f"),
            ]
        }
        return TableOutput(
            columns: ["Score", "Value", "Standard error", "Unit", "Images"], rows: rows,
            defaultCaption:
                "Scores on the test images of \(title). \(meaning) Hover over or focus a name for its "
                + "protocol."
        )
    }

    /// Rows: the model and what it has to beat; columns: PSNR and SSIM.
    private static func baselinesTable(
        run: String, values: [String: PublishedValue], config: ExperimentConfig
    ) -> TableOutput {
        let rows = [
            ("The VAE, \(config.model.latentSize) numbers", ""),
            ("PCA, \(config.model.latentSize) numbers", "_pca"),
            ("The mean training image", "_mean_image"), ("The image itself", "_identity"),
        ]
        func cell(_ name: String, _ format: String) -> TableCell {
            values["\(run).test.\(name)"].map { .value($0, format) } ?? TableCell(.empty)
        }
        return TableOutput(
            columns: ["Reconstruction by", "PSNR, dB", "SSIM"],
            rows: rows.map { title, suffix in
                [
                    TableCell.text(title), cell("psnr\(suffix)", ".2f±"),
                    cell("ssim\(suffix)", ".4f±"),
                ]
            },
            defaultCaption: "Reconstructions of the test images, ± one standard error.")
    }

    private static func architectureTable(_ model: VAEDescription) -> TableOutput {
        let stages = (model.encoder.stages + model.decoder.stages).filter { $0.layer != .relu }
        let rows = stages.map { stage in
            [
                TableCell.text(stage.name), .text(stage.layer.spoken),
                .text(stage.output.description),
                .number(
                    Double(
                        stage.parameters.filter(\.isTrained).reduce(0) { $0 + $1.shape.count }),
                    ".0f"),
            ]
        }
        let total: [TableCell] = [
            TableCell(.text("total"), isEmphasised: true), TableCell(.empty), TableCell(.empty),
            TableCell(.number(Double(model.trainedCount), format: ".0f"), isEmphasised: true),
        ]
        return TableOutput(
            columns: ["Layer", "Computes", "Output", "Parameters"], rows: rows + [total],
            defaultCaption: "The layers of \(model.name), ReLUs left out."
        )
    }

    /// Rows: the keys that somebody set, then all others in one. Columns: key, value.
    private static func configTable(_ config: ExperimentConfig) -> TableOutput {
        let keys = config.resolved
        let rows = keys.filter(\.isSet).map { key in
            [
                TableCell(.text(key.name), note: KeyTable.key(key.name)?.documentation),
                .text(key.value.canonicalText),
            ]
        }
        let others = keys.filter { !$0.isSet }.map { "\($0.name):\u{A0}\($0.value.canonicalText)" }
        let last: [[TableCell]] =
            others.isEmpty
            ? [] : [[.text("left at defaults"), .text(others.joined(separator: " · "))]]
        return TableOutput(
            columns: ["Key", "Value"], rows: rows + last,
            defaultCaption: "The configuration of this run.")
    }
}

extension Score {
    /// Whether it belongs to something that the model is compared with.
    fileprivate var isBaseline: Bool {
        ["_identity", "_mean_image", "_pca"].contains { name.hasSuffix($0) }
    }

    /// How tables write it.
    fileprivate var format: String {
        switch unit {
        case "": ".4f"
        case "draws": ".1f"
        case "dimensions": ".0f"
        default: ".2f"
        }
    }
}
