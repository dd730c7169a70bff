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
    /// Draws a figure, writes its files and hands it to the page.
    func figure(_ cell: Cell, in context: CellContext) throws -> CellResult {
        let run = try cell.run()
        let view = RunView(
            run: run, config: try config(ofRun: run),
            folder: try RunFolder(output: context.outputFolder, label: run), store: store)
        let title = context.values["\(run).data.title"].map { ValueFormat.natural.write($0) } ?? ""
        let drawn = try FigureDrawing(cell: cell, view: view, dataTitle: title).draw()
        let image = "figures/\(cell.id).png"
        let png = try drawn.figure.png()
        try AtomicFile(FilePath.join(context.outputFolder, image)).write(png)
        var files = [image]
        let svg = try drawn.figure.svg(label: cell.id)
        try AtomicFile(FilePath.join(context.outputFolder, "figures/\(cell.id).svg")).write(svg)
        files.append("figures/\(cell.id).svg")
        if let name = drawn.copyName {
            try AtomicFile(FilePath.join(view.folder.path, name)).write(png)
            files.append("runs/\(run)/\(name)")
        }
        for (name, sheet) in drawn.sheets {
            try AtomicFile(FilePath.join(view.folder.path, name)).write(try sheet.png())
            files.append("runs/\(run)/\(name)")
        }
        let output = FigureOutput(
            svg: svg, imageFile: image, alternativeText: drawn.figure.altText,
            defaultCaption: drawn.caption, data: drawn.figure.dataTable.output,
            width: drawn.isWide ? .wide : .text)
        return CellResult(outputs: [.figure(output)], files: files)
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
