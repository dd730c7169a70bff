import Charts
import Datasets
import Evaluation
import Experiments
import Figures
import Files
import Foundation
import Tensors
import VAEModels

/// One figure of a trained run, drawn outside of a report: what `viz` and `sample` ask for.
public struct FigureRequest {
    /// What to draw.
    public let kind: FigureKind
    private let options: FigureOptions
    private let config: ExperimentConfig
    private let run: RunFolder
    private let checkpoint: String?
    private let settings: ReportSettings

    /// A figure of the run in `run`, which `config` describes.
    ///
    /// `options` are those of ``FigureKind/options``. With a `checkpoint` (safetensors, or PyTorch's .pt)
    /// that model is drawn instead of the run's best, and scored first where the kind needs scores.
    /// Throws an ``OptionError`` for a key or a value that cannot be, and what the data set's loader throws.
    public init(
        _ kind: FigureKind, options: [String: OptionValue] = [:], config: ExperimentConfig,
        run: RunFolder, checkpoint: String? = nil, settings: ReportSettings
    ) throws {
        self.kind = kind
        self.config = config
        self.run = run
        self.checkpoint = checkpoint
        self.settings = settings
        guard kind.subject == .run else {
            throw OptionError(
                option: nil, message: "a '\(kind.rawValue)' figure is not about one run",
                suggestion: "write it as a figure cell of a report")
        }
        self.options = FigureOptions(kind, options)
        try self.options.validateKeys()
        let store = RunStore(settings: settings)
        try self.options.validate(try RunFacts(config, try store.provenance(config)))
    }

    /// Draws it. Throws a ``Files/FileError`` when the run was never trained, and what the model throws.
    public func draw(progress: @escaping (EvaluationProgress) -> Void = { _ in }) throws
        -> FigureFiles
    {
        let store = RunStore(settings: settings)
        var view = RunView(
            run: FilePath.name(of: run.path), config: config, folder: run, store: store)
        view.loaded = try loaded(view, progress)
        let drawing = FigureDrawing(
            options: options, view: view, dataTitle: try view.dataset.fullTitle)
        return try FigureFiles(try drawing.draw(), label: kind.rawValue)
    }

    /// The model of another checkpoint, or the run's own without an evaluation that is about it.
    private func loaded(
        _ view: RunView, _ progress: @escaping (EvaluationProgress) -> Void
    ) throws -> LoadedCheckpoint? {
        guard checkpoint != nil || kind.needsEvaluation && !hasEvaluation else { return nil }
        let model = try checkpoint.map { try view.model(at: $0) } ?? view.model
        let samples = kind == .likelihoodCurve ? [1, 10, view.config.eval.iwaeSamples] : []
        return LoadedCheckpoint(model: model) {
            let options = EvaluationOptions(
                dataTitle: try view.dataset.fullTitle,
                binarization: view.config.data.binarization, draws: view.config.eval.draws,
                importanceSamples: samples, includesBaselines: false, pixels: view.config.pixels,
                seed: view.config.seed)
            return try Evaluation(
                images: try view.dataset.test, training: nil, options: options
            ).run(model, progress: progress)
        }
    }

    /// Whether the run's evaluation is there and no older than its best checkpoint.
    private var hasEvaluation: Bool {
        guard let scores = FileIdentity(of: run.evaluation),
            let model = FileIdentity(of: run.bestCheckpoint)
        else { return false }
        return scores.modified >= model.modified
    }
}

extension RunView {
    /// The model of a checkpoint file, safetensors or PyTorch.
    func model(at path: String) throws -> CompiledVAE {
        try CompiledVAE(
            config.modelDescription(image: try dataset.train.shape),
            tensors: try NamedTensors(modelFile: path))
    }
}

/// A drawn figure as files: the drawing, its words and numbers, and plain image sheets.
public struct FigureFiles: Sendable {
    /// What it is called.
    public let title: String
    /// What one sees, with the numbers.
    public let alternativeText: String
    /// A sentence to stand below it.
    public let caption: String
    /// The drawing as a PNG file.
    public let png: [UInt8]
    /// The drawing as an SVG element.
    public let svg: String
    /// The numbers behind it, as CSV.
    public let table: String
    /// Plain image files by their usual name in a run's folder: "grids/recon_grid.png".
    public let sheets: [(name: String, png: [UInt8])]
    /// The usual name of the drawing in a run's folder.
    public let name: String

    init(_ drawn: DrawnFigure, label: String) throws {
        title = drawn.figure.title
        alternativeText = drawn.figure.altText
        caption = drawn.caption
        png = try drawn.figure.png()
        svg = try drawn.figure.svg(label: label)
        table = drawn.figure.dataTable.csv
        sheets = try drawn.sheets.map { ($0.name, try $0.sheet.png()) }
        name = drawn.copyName ?? "grids/\(label.replacing("-", with: "_"))_figure.png"
    }
}

extension FigureTable {
    /// A header and one line a row, lines ending with a line feed; what was not measured is empty.
    var csv: String {
        let lines = rows.map { row in
            row.map { cell in
                switch cell {
                case .text(let text): text
                case .number(let value, _): "\(value)"
                case .missing: ""
                }
            }
        }
        return ([header] + lines).map { CSV.line($0) + "\n" }.joined()
    }
}

extension PyTorchFile {
    /// The model's tensors: those below `model_state_dict` or `state_dict`, or all of the file's.
    func stateDictionary() throws -> NamedTensors {
        let key = ["model_state_dict", "state_dict", "model"].first { root[$0]?.dictionary != nil }
        return try tensors(under: key.map { [$0] } ?? [])
    }
}
