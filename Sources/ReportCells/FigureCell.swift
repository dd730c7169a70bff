import Experiments
import Figures
import Files
import Literate

/// A figure with the plain image files that go with it, named relative to the run's folder.
struct DrawnFigure {
    let figure: any Figure
    var sheets: [(name: String, sheet: ImageSheet)] = []
    /// Also keep the drawing itself under this name.
    var copyName: String?
    var caption: String
    var isWide = true
}

extension ExperimentCells {
    /// What a figure depends on besides the cells that it names.
    func figureInputs(_ cell: Cell) throws -> [String: String] {
        var inputs = ["presentation": Self.presentationVersion]
        if cell["run"] != nil {
            let config = try view(ofRun: cell.run(), in: "").config
            inputs["the test images"] = config.data.limits.test.map(String.init) ?? "all"
            inputs["the weights"] = config.eval.weights.rawValue
            if tellsDiagnoses(cell) { inputs["the diagnoses"] = "told beside it" }
        }
        return inputs
    }

    /// A run as figures see it: its config with what its eval cell says above it.
    func view(ofRun run: String, in output: String) throws -> RunView {
        let overrides = try evalCell(ofRun: run)?.configOverrides ?? []
        return RunView(
            run: run, config: try config(ofRun: run, overrides: overrides),
            folder: try RunFolder(output: output, label: run), store: store)
    }

    /// The eval cell of a run; nil when it has none.
    func evalCell(ofRun run: String) throws -> Cell? {
        cellsOfKind("eval").first { $0["run"]?.scalarText == run }
    }

    /// Draws a figure, writes its files and hands it to the page.
    func figure(_ cell: Cell, in context: CellContext) throws -> CellResult {
        let options = try FigureOptions(cell)
        let (drawn, folder) =
            switch options.kind.subject {
            case .run: try drawRun(cell, options, context)
            case .runs: try drawRuns(options, context)
            case .comparison: try drawComparison(cell, options, context)
            }
        var result = try write(drawn, of: cell, beside: folder, in: context)
        result.outputs += try callouts(cell, options.kind, in: context)
        return result
    }

    private func drawRun(
        _ cell: Cell, _ options: FigureOptions, _ context: CellContext
    ) throws -> (DrawnFigure, folder: String) {
        let run = try cell.run()
        let view = try view(ofRun: run, in: context.outputFolder)
        let title = context.values["\(run).data.title"].map { ValueFormat.natural.write($0) } ?? ""
        let drawing = FigureDrawing(options: options, view: view, dataTitle: title)
        return (try drawing.draw(), "runs/\(run)")
    }

    /// "runs/main/grids/recon_grid.png", with the settings' mark before the suffix if there is one.
    private func place(_ name: String, in folder: String) -> String {
        guard let mark = settings.imageMark, let dot = name.lastIndex(of: ".") else {
            return "\(folder)/\(name)"
        }
        return "\(folder)/\(name[..<dot])-\(mark)\(name[dot...])"
    }

    /// Writes the drawing below `figures/` and its image files below `folder`, which is relative to
    /// the report's. `data` stands under it instead of the figure's own table.
    func write(
        _ drawn: DrawnFigure, of cell: Cell, beside folder: String, in context: CellContext,
        data: TableOutput? = nil
    ) throws -> CellResult {
        let image = "figures/\(cell.id).png"
        let png = try drawn.figure.png()
        let svg = try drawn.figure.svg(label: cell.id)
        var files: [(name: String, bytes: [UInt8])] = [
            (image, png), ("figures/\(cell.id).svg", Array(svg.utf8)),
        ]
        if let name = drawn.copyName { files.append((place(name, in: folder), png)) }
        for (name, sheet) in drawn.sheets {
            files.append((place(name, in: folder), try sheet.png()))
        }
        for (name, bytes) in files {
            try AtomicFile(FilePath.join(context.outputFolder, name)).write(bytes)
        }
        let output = FigureOutput(
            svg: svg, imageFile: image, alternativeText: drawn.figure.altText,
            defaultCaption: drawn.caption, data: data ?? drawn.figure.dataTable.output,
            width: drawn.isWide ? .wide : .text)
        return CellResult(outputs: [.figure(output)], files: files.map(\.name))
    }
}

extension FigureTable {
    /// The numbers as the page's table.
    var output: TableOutput {
        TableOutput(
            columns: header,
            rows: rows.map { row in
                row.map { cell in
                    switch cell {
                    case .text(let text): .text(text)
                    case .number(let value, let decimals): .number(value, ".\(decimals)f")
                    case .missing: TableCell(.empty)
                    }
                }
            },
            defaultCaption: note ?? "")
    }
}
