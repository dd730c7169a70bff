import Datasets
import Evaluation
import Experiments
import Literate
import Networks
import VAEModels

/// What a table cell may show.
enum TableKind: String, CaseIterable {
    /// A run's scores with their protocols.
    case scores
    /// PSNR and SSIM of the model beside PCA, the mean image and the image itself.
    case baselines
    /// Layers with shapes and numbers of parameters.
    case architecture
    /// Every key of the run's config.
    case config

    /// Whether it shows what an eval cell computed.
    var needsEvaluation: Bool { self == .scores || self == .baselines }

    static func of(_ cell: Cell) throws -> TableKind { try cell.choice("kind", of: TableKind.self) }
}

extension ExperimentCells {
    func table(_ cell: Cell, in context: CellContext) throws -> CellResult {
        let run = try cell.run()
        let config = try config(ofRun: run)
        let title = context.values["\(run).data.title"].map { ValueFormat.natural.write($0) } ?? ""
        let table =
            switch try TableKind.of(cell) {
            case .scores: Self.scoresTable(run: run, values: context.values, title: title)
            case .baselines: Self.baselinesTable(run: run, values: context.values, config: config)
            case .architecture:
                Self.architectureTable(
                    config.modelDescription(image: try store.dataset(config).train.shape))
            case .config: Self.configTable(config)
            }
        return CellResult(outputs: [.table(table)])
    }

    /// Rows: the model, then baselines beside it; columns: score, value, standard error, images.
    private static func scoresTable(
        run: String, values: [String: PublishedValue], title: String
    ) -> TableOutput {
        let rows = ScoreRow.all(in: values, run: run).map { row in
            [
                TableCell(.text(row.title), note: row.value.protocolNote),
                .value(row.value, row.format),
                row.value.standardError.map { .number($0, row.format) } ?? TableCell(.empty),
                row.value.unit.map { $0.isEmpty ? TableCell(.empty) : .text($0) }
                    ?? TableCell(.empty),
                row.value.count.map { .number(Double($0), ".0f") } ?? TableCell(.empty),
            ]
        }
        return TableOutput(
            columns: ["Score", "Value", "Standard error", "Unit", "Images"], rows: rows,
            defaultCaption:
                "Scores on the test images of \(title). Hover over or focus a name for its protocol."
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

    private static func configTable(_ config: ExperimentConfig) -> TableOutput {
        let rows = config.resolved.map { key in
            [
                TableCell(
                    .text(key.name), note: KeyTable.key(key.name)?.documentation),
                TableCell(.text(key.value.canonicalText), isEmphasised: key.isSet),
                .text(key.isSet ? "set" : "default"),
            ]
        }
        return TableOutput(
            columns: ["Key", "Value", "From"], rows: rows,
            defaultCaption: "The configuration of this run.")
    }
}

/// A score with the name and the number of decimals that a table gives it.
private struct ScoreRow {
    let title: String
    let value: PublishedValue
    let format: String

    private static let known: [(name: String, title: String, format: String)] = [
        ("elbo", "ELBO", ".2f"), ("reconstruction", "Reconstruction term", ".2f"),
        ("kl", "KL term", ".2f"), ("active_units", "Active units", ".0f"),
        ("psnr", "PSNR", ".2f"), ("psnr_pooled", "PSNR, pooled over pixels", ".2f"),
        ("ssim", "SSIM", ".4f"),
    ]

    /// The run's test scores in reading order, importance-weighted bounds after the ELBO.
    static func all(in values: [String: PublishedValue], run: String) -> [ScoreRow] {
        let prefix = "\(run).test."
        let bounds = values.keys.compactMap { name -> Int? in
            guard name.hasPrefix(prefix + "iwae_") else { return nil }
            return Int(name.dropFirst(prefix.count + 5))
        }.sorted()
        let weighted = bounds.flatMap { samples in
            [
                ("iwae_\(samples)", "IWAE-\(samples)", ".2f"),
                ("ess_\(samples)", "Effective sample size of IWAE-\(samples), median", ".1f"),
            ]
        }
        return (known.prefix(3) + weighted + known.dropFirst(3)).compactMap { entry in
            values[prefix + entry.0].map { ScoreRow(title: entry.1, value: $0, format: entry.2) }
        }
    }
}

extension Layer {
    /// What a reader calls the layer.
    var spoken: String {
        switch self {
        case .convolution(let c): "convolution \(c.kernel)×\(c.kernel), stride \(c.stride)"
        case .transposedConvolution(let c):
            "transposed convolution \(c.kernel)×\(c.kernel), stride \(c.stride)"
        case .linear(let linear):
            linear.parts.count > 1
                ? "linear: " + linear.parts.map(\.name).joined(separator: ", ") : "linear"
        case .batchNormalization: "batch normalisation"
        case .groupNormalization(let groups): "group normalisation, \(groups) groups"
        case .relu: "ReLU"
        case .sigmoid: "sigmoid"
        case .dropout(let dropout):
            "dropout \(dropout.rate)" + (dropout.dropsChannels ? ", whole channels" : "")
        case .bilinearResize(let height, let width): "bilinear resize to \(height)×\(width)"
        case .residual(let residual):
            "residual: "
                + residual.branch.filter { $0.layer != .relu }.map(\.layer.spoken)
                .joined(separator: "; ")
        }
    }
}
