import Files
import Literate
import Words

extension ExperimentCells {
    /// `export`: a run's model, codes and scores for other programs.
    static var exportKind: CellKind {
        CellKind(
            "export",
            keys: [
                CellKey("run", refersTo: ["train"], isRequired: true), CellKey("what"),
                CellKey("split"),
            ],
            needs: { cell in
                try cell.exportedParts().contains(.scores) ? ["\(try cell.run()).test.elbo"] : []
            },
            validate: { cell in
                _ = try cell.exportedParts()
                _ = try cell.exportedSplit()
            })
    }

    /// What files depend on besides the cells that the cell names.
    func exportInputs(_ cell: Cell) throws -> [String: String] {
        let config = try view(ofRun: cell.run(), in: "").config
        return try figureInputs(cell).merging([
            "the exporter": "\(RunExport.version) of vae-report \(settings.toolVersion)",
            "the binarisation": config.data.binarization.rawValue,
        ]) { $1 }
    }

    /// Writes the files and lists them.
    func export(_ cell: Cell, in context: CellContext) throws -> CellResult {
        let view = try view(ofRun: cell.run(), in: context.outputFolder)
        var export = RunExport(view, toolVersion: settings.toolVersion)
        for part in try cell.exportedParts() {
            try export.write(part, split: try cell.exportedSplit())
        }
        let table = TableOutput(
            columns: ["File", "Bytes", "Content"],
            rows: export.files.map { file in
                [
                    TableCell(.text(FilePath.name(of: file.path))),
                    TableCell(.text(Quantity.text(file.size))), TableCell(.text(file.content)),
                ]
            },
            defaultCaption: "Files for other programs, in \(view.run)'s folder `export/`.")
        return CellResult(
            outputs: [.table(table)],
            files: export.files.map { "runs/\(view.run)/" + $0.path })
    }
}

/// What of a run is written for other programs; raw values are the words of a cell's `what`.
public enum ExportedPart: String, CaseIterable, Sendable {
    /// Encoder and decoder as ONNX, with an example to check against.
    case onnx
    /// The weights under PyTorch's names.
    case safetensors
    /// Mean and log-variance of each image's code, with its class.
    case codes
    /// Scores, and those of each image.
    case scores

    /// What a cell writes that does not say.
    static let standard: [ExportedPart] = [.onnx, .safetensors]
}

/// Whose codes are written.
public enum ExportedSplit: String, CaseIterable, Sendable {
    /// The images that are scored.
    case test
    /// The images that trained the run, without those that validated it.
    case train
}

extension Cell {
    /// The parts of `what`, each once; the standard ones when the cell does not say.
    func exportedParts() throws -> [ExportedPart] {
        guard let value = self["what"] else { return ExportedPart.standard }
        let parts = try value.items.map { item in
            guard let part = ExportedPart(rawValue: item.scalarText ?? "") else {
                let names = ExportedPart.allCases.map(\.rawValue)
                throw error(
                    "'what' lists \(names.joined(separator: ", ")); found \(item.spoken)",
                    at: item.location,
                    suggestion: names.nearest(to: item.scalarText ?? "").map {
                        "did you mean '\($0)'?"
                    } ?? "write it like what: [onnx, codes]")
            }
            return part
        }
        guard !parts.isEmpty else {
            throw error("'what' names nothing to export", at: value.location)
        }
        return ExportedPart.allCases.filter(parts.contains)
    }

    /// Whose codes are written; those of the test images when the cell does not say.
    func exportedSplit() throws -> ExportedSplit {
        self["split"] == nil ? .test : try choice("split", of: ExportedSplit.self)
    }
}
