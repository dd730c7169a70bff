import Figures
import Files
import Foundation
import Literate

extension ExperimentCells {
    /// Rounds a run's model to eight bits and puts it into the page.
    func playground(_ cell: Cell, in context: CellContext) throws -> CellResult {
        let view = try view(ofRun: cell.run(), in: context.outputFolder)
        let sliders = try cell.integer("dims", in: 1...64) ?? 10
        let count = min(try cell.integer("count", in: 1...100) ?? 12, try view.dataset.test.count)
        let chosen = try view.examples(count)
        let model = try PlaygroundModel(view)
        let page = try PlaygroundPage(model, view, chosen: chosen, sliders: sliders)
        let json = JSONEncoder()
        json.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let (fallback, files) = try fallback(cell, view, in: context)
        let reference = "figures/\(cell.id).json"
        try AtomicFile(FilePath.join(context.outputFolder, reference)).write(
            Array(try json.encode(PlaygroundReference(model, view, chosen: chosen))))
        let output = PlaygroundOutput(
            description: String(decoding: try json.encode(page), as: UTF8.self),
            weights: model.bytes.base64EncodedString(), fallback: fallback)
        return CellResult(outputs: [.playground(output)], files: files + [reference])
    }

    /// Images decoded over the plane of the two most used dimensions.
    private func fallback(
        _ cell: Cell, _ view: RunView, in context: CellContext
    ) throws -> (FigureOutput, [String]) {
        let size = view.config.model.latentSize
        let order = try view.evaluation.klPerDimension.order
        let (across, up) = (order[0], order[min(1, size - 1)])
        let places: [Float] = [-2, -1.33, -0.67, 0, 0.67, 1.33, 2]
        let codes = places.reversed().flatMap { y in
            places.flatMap { x in
                var code = [Float](repeating: 0, count: size)
                code[up] = y
                code[across] = x
                return code
            }
        }
        let figure = DecodedManifold(
            images: try view.decoded(codes), range: 2, axisNames: ("z\(across)", "z\(up)"))
        let image = "figures/\(cell.id).png"
        try AtomicFile(FilePath.join(context.outputFolder, image)).write(try figure.png())
        let output = FigureOutput(
            svg: try figure.svg(label: cell.id), imageFile: image,
            alternativeText: figure.altText,
            defaultCaption:
                "The trained model to play with. Where no script runs, and on paper: codes of "
                + "its two most used dimensions, decoded.")
        return (output, [image])
    }
}
