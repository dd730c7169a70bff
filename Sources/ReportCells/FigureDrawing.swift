import Charts
import Datasets
import Evaluation
import Experiments
import Figures
import Literate
import Training
import VAEModels

/// Gathers what a figure shows from a run's files, model and data.
struct FigureDrawing {
    let cell: Cell
    let view: RunView
    let dataTitle: String

    func draw() throws -> DrawnFigure {
        switch try FigureKind.of(cell) {
        case .lossCurves: try lossCurves()
        case .reconstructions: try reconstructions()
        case .priorSamples: try priorSamples()
        case .klPerDimension: try klPerDimension()
        case .traversals: try traversals()
        case .latentScatter: try latentScatter()
        case .interpolations: try interpolations()
        }
    }

    private func lossCurves() throws -> DrawnFigure {
        let history = try RunRecord.read(from: view.folder).history
        func terms(_ split: (EpochRecord) -> ObjectiveTerms?) -> LossCurves.Terms {
            let series = history.epochs.map(split)
            return LossCurves.Terms(
                negativeELBO: series.map { $0?.negativeEvidenceLowerBound ?? .nan },
                reconstruction: series.map { $0?.reconstruction ?? .nan },
                kl: series.map { $0?.kl ?? .nan })
        }
        let figure = LossCurves(
            epochs: history.epochs.map(\.epoch), train: terms(\.train),
            validation: terms(\.validation), beta: history.epochs.map(\.beta),
            learningRate: history.epochs.map(\.learningRate),
            selectedEpoch: history.selectedEpoch,
            warmupEpochs: view.config.train.warmUpEpochs)
        return DrawnFigure(
            figure: figure,
            caption: "−ELBO and its two terms by epoch, nats per image, on \(dataTitle).")
    }

    private func reconstructions() throws -> DrawnFigure {
        let evaluation = try view.evaluation
        let count = try cell.integer("count", in: 1...64) ?? 4
        let examples = evaluation.perImage.examples(count)
        func pairs(_ indices: [Int]) throws -> [Reconstructions.Pair] {
            let originals = view.images(try view.dataset.test, at: indices)
            let decoded = try view.decoded(try view.codes(of: originals).flatMap { $0 })
            return zip(zip(try view.tiles(originals), decoded), indices).map { pair, index in
                Reconstructions.Pair(
                    original: pair.0, reconstruction: pair.1,
                    psnr: Double(evaluation.perImage.peakSignalToNoise.values[index]))
            }
        }
        let figure = Reconstructions(
            best: try pairs(examples.best), median: try pairs(examples.median),
            worst: try pairs(examples.worst.reversed()), imageCount: evaluation.count)
        return DrawnFigure(
            figure: figure, sheets: [("grids/recon_grid.png", figure.sheet())],
            caption: "Test images of \(dataTitle), their reconstructions and the error.")
    }

    private func klPerDimension() throws -> DrawnFigure {
        DrawnFigure(
            figure: KLSpectrum(kl: try view.evaluation.klPerDimension.values),
            caption: "KL of each latent dimension, mean over the test images of \(dataTitle).")
    }

    private func traversals() throws -> DrawnFigure {
        let kl = try view.evaluation.klPerDimension
        let range = try cell.number("range", in: 0.1...10) ?? 3
        let count = try cell.integer("steps", in: 3...31) ?? 11
        let steps = (0..<count).map { range * (2 * Double($0) / Double(count - 1) - 1) }
        let size = view.config.model.latentSize
        let start = try startCode(size: size)
        let most = try cell.integer("count", in: 1...64) ?? 10
        let dimensions =
            try cell.integers("dims", in: 0...size - 1)?.sorted { kl.values[$0] > kl.values[$1] }
            ?? Array(kl.order.prefix(most))
        let lines = try dimensions.map { dimension in
            Traversals.Line(
                dimension: dimension, kl: kl.values[dimension],
                images: try view.decoded(
                    LatentPath.traversal(of: start, dimension: dimension, values: steps)))
        }
        let figure = Traversals(lines: lines, steps: steps, latentSize: size)
        let sheets = dimensions.compactMap { dimension in
            figure.sheet(dimension: dimension).map { ("grids/traverse_dim_\(dimension).png", $0) }
        }
        return DrawnFigure(
            figure: figure, sheets: sheets,
            caption: "One latent dimension moved at a time; model trained on \(dataTitle).")
    }

    /// The prior's mean, or the code of the test image that the cell names.
    private func startCode(size: Int) throws -> [Float] {
        guard let image = try cell.integer("image", in: 0...Int(Int32.max)) else {
            return Array(repeating: 0, count: size)
        }
        let test = try view.dataset.test
        guard image < test.count else {
            throw cell.error(
                "there is no test image \(image); there are \(test.count)",
                at: cell["image"]?.location, suggestion: "choose one from 0 to \(test.count - 1)")
        }
        return try view.codes(of: view.images(test, at: [image]))[0]
    }

    private func interpolations() throws -> DrawnFigure {
        let count = try cell.integer("count", in: 1...64) ?? 4
        let stepCount = try cell.integer("steps", in: 3...31) ?? 9
        let steps = (0..<stepCount).map { Double($0) / Double(stepCount - 1) }
        let chosen = try view.examples(2 * count)
        let images = view.images(try view.dataset.test, at: chosen)
        let (tiles, codes) = (try view.tiles(images), try view.codes(of: images))
        let pairs = try stride(from: 0, to: chosen.count - 1, by: 2).map { first in
            let (a, b) = (codes[first], codes[first + 1])
            return Interpolations.Pair(
                start: tiles[first], end: tiles[first + 1],
                linear: try view.decoded(steps.flatMap { LatentPath.linear(a, b, at: $0) }),
                spherical: try view.decoded(steps.flatMap { LatentPath.spherical(a, b, at: $0) }))
        }
        let figure = Interpolations(pairs: pairs, steps: steps)
        return DrawnFigure(
            figure: figure, sheets: [("grids/interpolations.png", figure.sheet())],
            caption: "From one test image of \(dataTitle) to another through the latent space.")
    }

    private func latentScatter() throws -> DrawnFigure {
        let evaluation = try view.evaluation
        let size = view.config.model.latentSize
        let test = try view.dataset.test
        let codes = evaluation.codes
        var figure: LatentScatter
        let labels = test.labels.prefix(codes.count).map { Int($0) }
        let names = try view.dataset.classNames
        if size == 2 {
            let means = codes.means.values
            figure = LatentScatter(
                points: (0..<codes.count).map {
                    Datum(Double(means[2 * $0]), Double(means[2 * $0 + 1]))
                },
                labels: labels, classNames: names, plane: .latent, latentSize: size,
                manifold: try manifold())
        } else {
            figure = try componentScatter(evaluation, labels: labels, names: names)
        }
        return DrawnFigure(
            figure: figure, copyName: "grids/latent_scatter.png",
            caption: "Posterior means of the test images of \(dataTitle) by class.", isWide: false)
    }

    private func componentScatter(
        _ evaluation: EvaluationResult, labels: [Int], names: [String]
    ) throws -> LatentScatter {
        guard let directions = evaluation.codeDirections, directions.varianceFractions.count > 1
        else { throw CellError("one test image has no principal components to draw") }
        let coordinates = directions.coordinates.values
        let points = (0..<labels.count.nonZero(or: evaluation.codes.count)).map {
            Datum(Double(coordinates[2 * $0]), Double(coordinates[2 * $0 + 1]))
        }
        let size = view.config.model.latentSize
        let mean = directions.mean.values
        let axes = directions.directions.values
        func prior(_ axis: Int) -> Double {
            -(0..<size).reduce(0.0) { $0 + Double(mean[$1]) * Double(axes[axis * size + $1]) }
        }
        return LatentScatter(
            points: points, labels: labels, classNames: names,
            plane: .principal(
                first: directions.varianceFractions[0], second: directions.varianceFractions[1]),
            latentSize: size, priorCentre: Datum(prior(0), prior(1)))
    }

    /// Decoded images on a 15 × 15 grid over ±2, rows from the top.
    private func manifold() throws -> [ImageTile] {
        let places = (0..<15).map { 2 * (2 * Double($0) / 14 - 1) }
        return try view.decoded(
            places.reversed().flatMap { y in places.flatMap { x in [Float(x), Float(y)] } })
    }
}

extension Int {
    fileprivate func nonZero(or other: Int) -> Int { self == 0 ? other : self }
}
