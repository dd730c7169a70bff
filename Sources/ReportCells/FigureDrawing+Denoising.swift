import Datasets
import Evaluation
import Figures
import Literate
import Words

extension ExperimentCells {
    /// A figure about a comparison with a denoising autoencoder.
    func drawComparison(
        _ cell: Cell, _ options: FigureOptions, _ context: CellContext
    ) throws -> (DrawnFigure, folder: String) {
        let label = try cell.comparison()
        let view = try comparison(
            try self.cell("compare", labelled: label), in: context.outputFolder)
        let drawing = DenoisingDrawing(view: view, options: options)
        let drawn =
            options.kind == .denoisingScores ? try drawing.scores() : try drawing.images()
        return (drawn, "runs/\(label)")
    }
}

extension Cell {
    /// The label of the compare cell that the cell is about.
    func comparison() throws -> String {
        guard let label = self["compare"]?.scalarText else {
            throw error(
                "this cell does not name its comparison", suggestion: "add a line 'compare: dae'")
        }
        return label
    }
}

/// Gathers what a figure about a denoising comparison shows.
struct DenoisingDrawing {
    let view: ComparisonView
    let options: FigureOptions

    /// Scores of each method by kind and strength of noise.
    func scores() throws -> DrawnFigure {
        let result = try view.result()
        let word = try options.word("metric") ?? "psnr"
        let metric = DenoisingTables.Metric(rawValue: word) ?? .psnr
        let kinds: [ImageNoise.Kind] = [.gaussian, .saltAndPepper, .masking]
        let noises = kinds.compactMap { kind -> DenoisingScores.Noise? in
            let levels = result.levels(of: kind)
            guard !levels.isEmpty else { return nil }
            return DenoisingScores.Noise(
                kind.shortTitle, levelName: kind == .gaussian ? "σ" : "share of pixels",
                series: series(result, levels, metric))
        }
        let figure = DenoisingScores(
            noises: noises, metric: metric.title, unit: metric.unit,
            isHigherBetter: metric.isHigherBetter)
        return DrawnFigure(
            figure: figure, copyName: "grids/denoising_\(word).png",
            caption:
                "\(metric.title) of each method by strength of noise, \(Quantity.text(result.count)) test "
                + "images of \(result.options.dataTitle).")
    }

    private func series(
        _ result: DenoisingResult, _ levels: [DenoisingResult.Level],
        _ metric: DenoisingTables.Metric
    ) -> [DenoisingScores.Series] {
        result.methods.enumerated().map { place, method in
            let points = levels.compactMap { level -> DenoisingScores.Point? in
                guard let estimate = metric.estimate(level.entries[place]) else { return nil }
                return DenoisingScores.Point(
                    level: level.noise.strength, value: estimate.mean,
                    standardError: estimate.standardError)
            }
            return DenoisingScores.Series(
                method.title, points: points, isReference: method.name == "identity")
        }
    }

    /// Noisy images and what each method makes of them, one row per strength of Gaussian noise.
    func images() throws -> DrawnFigure {
        let result = try view.result()
        let denoiser = try view.denoiser()
        let comparison = try view.comparison(denoiser, result.options)
        let shape = try view.run.dataset.test.shape
        let methods: [DenoisingMethod] = [
            .variationalAutoencoder(try view.run.model), try view.method(denoiser),
            .median(shape),
        ]
        let count = min(
            try view.run.count(grey: 2, colour: 1, options.integer("count")), result.count)
        let chosen = try options.images("images", count: result.count) ?? Array(0..<count)
        let levels = try result.levels.filter { $0.noise.kind == .gaussian }.map { level in
            DenoisedImages.Level(
                level.noise.strengthTitle,
                examples: try chosen.map {
                    try example($0, level.noise, comparison, methods, count: result.count)
                })
        }
        let figure = DenoisedImages(
            methods: ["clean", "noisy"] + methods.map { $0.name == "median" ? "median" : $0.title },
            levels: levels)
        return DrawnFigure(
            figure: figure, sheets: [("grids/denoised_rows.png", figure.sheet())],
            caption:
                "Test images of \(result.options.dataTitle) under Gaussian noise, restored; PSNR "
                + "below each.", isWide: chosen.count > 1)
    }

    /// The clean image, the noisy one, and each method's answer.
    private func example(
        _ index: Int, _ noise: ImageNoise, _ comparison: DenoisingComparison,
        _ methods: [DenoisingMethod], count: Int
    ) throws -> [ImageTile] {
        let start = index / EvaluationImages.blockSize * EvaluationImages.blockSize
        let block = start..<min(start + EvaluationImages.blockSize, count)
        let size = try view.run.dataset.test.shape.pixelCount
        let noisy = comparison.noisy(noise, block: block)
        let place = (index - start) * size
        let image = Array(noisy[place..<place + size])
        let restored = try methods.flatMap { try $0.denoise(image) }
        return try view.run.tiles(try view.run.testImages([index]) + image + restored)
    }
}

extension ImageNoise.Kind {
    /// What a panel calls it.
    fileprivate var shortTitle: String {
        switch self {
        case .clean: "None"
        case .gaussian: "Gaussian"
        case .saltAndPepper: "Salt and pepper"
        case .masking: "Masking"
        }
    }
}
