import Figures
import Files
import Foundation
import Literate
import Tensors
import VAEModels

extension ExperimentCells {
    /// Rounds a run's model to eight bits and puts it into the page.
    func playground(_ cell: Cell, in context: CellContext) throws -> CellResult {
        let view = try view(ofRun: cell.run(), in: context.outputFolder)
        let sliders = try cell.integer("dims", in: 1...64) ?? 10
        let count = min(try cell.integer("count", in: 1...100) ?? 12, try view.dataset.test.count)
        let path = view.folder.checkpoint(of: view.config)
        let tensors = try Safetensors(Data(try WholeFile.bytes(at: path)), name: path).tensors
        let model = try view.model.model
        // What the page computes, computed by the engine too: the page is compared with it.
        let encoder = try QuantizedNetwork(model.encoder, tensors)
        let decoder = try QuantizedNetwork(model.decoder, tensors, after: encoder)
        let engine = try CompiledVAE(model, tensors: decoder.rounded, batch: 4)
        let page = try PlaygroundPage(
            view, sliders: sliders, count: count, encoder: encoder, decoder: decoder, engine: engine
        )
        let json = JSONEncoder()
        json.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let (fallback, files) = try fallback(cell, view, in: context)
        let weights = Data(decoder.weights.map { UInt8(bitPattern: $0) }).base64EncodedString()
        let output = PlaygroundOutput(
            description: String(decoding: try json.encode(page), as: UTF8.self), weights: weights,
            fallback: fallback)
        return CellResult(outputs: [.playground(output)], files: files)
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
            defaultCaption: "Codes of the two most used dimensions, decoded.")
        return (output, [image])
    }
}
