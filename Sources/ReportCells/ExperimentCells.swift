import Experiments
import Files
import Foundation
import Literate

/// Runs the cells of reports about variational autoencoders: the bridge between a document, which knows
/// nothing of machine learning, and the rooms that train, score and draw.
public final class ExperimentCells: CellRunner {
    /// Changes whenever the same scores would be drawn or written differently.
    public static let presentationVersion = "8"

    let settings: ReportSettings
    let progress: any CellProgress
    let store: RunStore
    private let document: Document
    private let cellsByKind: [String: [Cell]]

    /// A runner for one document. `kinds(for:)` of the same config made the document.
    public init(_ document: Document, settings: ReportSettings, progress: any CellProgress) {
        self.document = document
        self.settings = settings
        self.progress = progress
        store = RunStore(settings: settings)
        cellsByKind = Dictionary(grouping: document.cells.filter { $0.matrix == nil }, by: \.kind)
    }

    /// The kinds that made the document.
    public var kinds: [CellKind] { document.kinds.values.sorted { $0.name < $1.name } }

    /// The document's cells of a kind; of a matrix those of its points.
    func cellsOfKind(_ kind: String) -> [Cell] { cellsByKind[kind] ?? [] }

    /// The document's cell of that kind and label; the document was checked, so it is there.
    func cell(_ kind: String, labelled label: String) throws -> Cell {
        guard let cell = document.cells.first(where: { $0.kind == kind && $0.label == label })
        else { throw CellError("no \(kind) cell is labelled '\(label)'") }
        return cell
    }

    /// Config, digest of the data set, engine: whatever decides a result beside the cell's own text.
    public func cacheInputs(of cell: Cell, in context: CellContext) throws -> [String: String] {
        if cell.matrix != nil { return ["presentation": Self.presentationVersion] }
        return switch cell.kind {
        case "train": try modelInputs(cell)
        case "eval": try evalInputs(cell)
        case "compare": try compareInputs(cell)
        case "figure", "playground": try figureInputs(cell)
        case "data": try dataInputs(cell)
        case "export": try exportInputs(cell)
        default: ["presentation": Self.presentationVersion]
        }
    }

    /// Trains, scores, draws or tables, as the cell's kind says.
    public func run(_ cell: Cell, in context: CellContext) throws -> CellResult {
        if let matrix = cell.matrix { return gather(matrix, cell, in: context) }
        return switch cell.kind {
        case "train": try train(cell, in: context)
        case "eval": try evaluate(cell, in: context)
        case "compare": try compare(cell, in: context)
        case "figure": try figure(cell, in: context)
        case "playground": try playground(cell, in: context)
        case "table": try table(cell, in: context)
        case "data": try describeData(cell, in: context)
        case "check": try check(cell, in: context)
        case "export": try export(cell, in: context)
        default: throw CellError("nothing runs cells of kind '\(cell.kind)'")
        }
    }

    /// The config of a run: file, then its train cell, then the settings in `overrides`.
    func config(ofRun label: String, overrides: [CellField] = []) throws -> ExperimentConfig {
        try config(of: try cell("train", labelled: label), overrides: overrides)
    }

    /// The config of a train cell with the settings in `overrides` above it.
    func config(of cell: Cell, overrides: [CellField] = []) throws -> ExperimentConfig {
        try ExperimentConfig.load(
            source: settings.config,
            cell: try cell.configOverrides.map { try ConfigSetting($0, in: cell.source) },
            commandLine: try overrides.map { try ConfigSetting($0, in: cell.source) },
            catalogue: store.catalogue)
    }
}

/// A cell that cannot be computed.
struct CellError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// What a cell left in a JSON file. Throws a ``Files/FileError``, or a ``CellError`` for what no cell
    /// of this version writes.
    static func decoded<Value: Decodable>(_ type: Value.Type, at path: String) throws -> Value {
        let bytes = Data(try WholeFile.bytes(at: path))
        do {
            return try JSONDecoder().decode(type, from: bytes)
        } catch {
            throw CellError(
                "\(path) is damaged, or of another version of vae-report: delete it and build again"
            )
        }
    }
}

extension Cell {
    /// The label of the run that the cell is about.
    func run() throws -> String {
        guard let label = self["run"]?.scalarText else {
            throw error(
                self["run"].map { "'run' takes one run, found \($0.spoken)" }
                    ?? "this cell does not name its run",
                at: self["run"]?.location, suggestion: "write a line 'run: main'")
        }
        return label
    }
}

extension ConfigSetting {
    /// A dotted key of a cell, or of `-P`, as a config setting.
    init(_ field: CellField, in source: SourceText) throws {
        let value: ConfigValue
        switch field.value.content {
        case .null: value = .null
        case .boolean(let boolean): value = .flag(boolean)
        case .integer(let integer): value = .integer(integer)
        case .number(let number): value = .number(number)
        case .text(let text): value = .text(text)
        case .list, .mapping:
            throw SourceError(
                "expected a single value for '\(field.key)', found \(field.value.spoken)",
                at: field.value.location, in: source)
        }
        self.init(
            key: field.key, value: value, keyLocation: field.keyLocation,
            valueLocation: field.value.location,
            source: field.keyLocation.file == source.name ? source : nil)
    }
}
