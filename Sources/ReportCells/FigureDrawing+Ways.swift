import Figures
import VAEModels

extension FigureDrawing {
    /// One latent dimension moved at a time.
    func traversals() throws -> DrawnFigure {
        let kl = try view.evaluation.klPerDimension
        let size = view.config.model.latentSize
        let range = try options.number("range") ?? 3
        let count = try view.count(grey: 11, colour: 9, options.integer("steps"))
        let steps = (0..<count).map { range * (2 * Double($0) / Double(count - 1) - 1) }
        let start = try startCode()
        let chosen = try options.dimensions("dims", size: size)
        let most = try view.count(grey: 10, colour: 6, options.integer("count"))
        let dimensions = chosen ?? Array(kl.order.prefix(most))
        let lines = try dimensions.map { dimension in
            Traversals.Line(
                dimension: dimension, kl: kl.values[dimension],
                images: try view.decoded(
                    LatentPath.traversal(of: start, dimension: dimension, values: steps)))
        }
        let figure = Traversals(
            lines: lines, steps: steps, latentSize: size, isChosen: chosen != nil)
        let sheets = dimensions.compactMap { dimension in
            figure.sheet(dimension: dimension).map { ("grids/traverse_dim_\(dimension).png", $0) }
        }
        return DrawnFigure(
            figure: figure, sheets: sheets,
            caption: "One latent dimension moved at a time; model trained on \(dataTitle).")
    }

    /// The prior's mean, or the code of the test image that the figure names.
    func startCode() throws -> [Float] {
        let available = try view.dataset.test.count
        guard let image = try options.image("image", count: available) else {
            return Array(repeating: 0, count: view.config.model.latentSize)
        }
        return try view.codes(of: try view.testImages([image]))[0]
    }

    /// From one test image to another.
    func interpolations() throws -> DrawnFigure {
        let stepCount = try view.count(grey: 9, colour: 7, options.integer("steps"))
        let steps = (0..<stepCount).map { Double($0) / Double(stepCount - 1) }
        let mode = try options.word("mode") ?? "both"
        let ends = try chosenPairs()
        let images = try view.testImages(ends.flatMap { [$0.0, $0.1] })
        let (tiles, codes) = (try view.tiles(images), try view.codes(of: images))
        let pairs = try ends.indices.map { index in
            let (a, b) = (codes[2 * index], codes[2 * index + 1])
            func way(_ path: ([Float], [Float], Double) -> [Float], _ name: String) throws
                -> [ImageTile]
            {
                guard mode == name || mode == "both" else { return [] }
                return try view.decoded(steps.flatMap { path(a, b, $0) })
            }
            return Interpolations.Pair(
                start: tiles[2 * index], end: tiles[2 * index + 1],
                linear: try way({ LatentPath.linear($0, $1, at: $2) }, "linear"),
                spherical: try way({ LatentPath.spherical($0, $1, at: $2) }, "spherical"))
        }
        let figure = Interpolations(pairs: pairs, steps: steps)
        return DrawnFigure(
            figure: figure, sheets: [("grids/interpolations.png", figure.sheet())],
            caption: "From one test image of \(dataTitle) to another through the latent space.")
    }

    private func chosenPairs() throws -> [(Int, Int)] {
        let available = try view.dataset.test.count
        if let pairs = try options.pairs("pairs", count: available) { return pairs }
        let chosen = try view.examples(
            2 * view.count(grey: 4, colour: 3, options.integer("count")))
        return stride(from: 0, to: chosen.count - 1, by: 2).map { (chosen[$0], chosen[$0 + 1]) }
    }
}
