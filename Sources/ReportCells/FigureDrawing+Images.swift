import Evaluation
import Figures

extension FigureDrawing {
    /// The best, the median and the worst test images by PSNR.
    func reconstructions() throws -> DrawnFigure {
        let evaluation = try view.evaluation
        let count = try options.integer("count") ?? 4
        let examples = evaluation.perImage.examples(count)
        func pairs(_ indices: [Int]) throws -> [Reconstructions.Pair] {
            let originals = try view.testImages(indices)
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

    /// Chosen test images with their scores, or the first of each class.
    func reconstructionBrowser() throws -> DrawnFigure {
        let scores = try view.evaluation.perImage
        let indices = try chosenImages(default: 10)
        let originals = try view.testImages(indices)
        let decoded = try view.decoded(try view.codes(of: originals).flatMap { $0 })
        let tiles = try view.tiles(originals)
        let entries = try indices.enumerated().map { place, index in
            ReconstructionBrowser.Entry(
                index: index, className: try view.className(ofTestImage: index),
                original: tiles[place], decoded: decoded[place],
                reconstruction: Double(scores.reconstruction.values[index]),
                kl: Double(scores.divergence.values[index]),
                psnr: Double(scores.peakSignalToNoise.values[index]))
        }
        let figure = ReconstructionBrowser(entries: entries)
        return DrawnFigure(
            figure: figure, sheets: [("grids/reconstruction_browser.png", figure.sheet())],
            caption: "Test images of \(dataTitle), what they decode to and the terms of their ELBO."
        )
    }

    /// The images that the figure names, or the first of each class.
    func chosenImages(default count: Int) throws -> [Int] {
        let available = try view.dataset.test.count
        if let images = try options.images("images", count: available) { return images }
        return try view.examples(min(try options.integer("count") ?? count, available))
    }

    /// How the terms are spread over the test images.
    func elboTerms() throws -> DrawnFigure {
        let scores = try view.evaluation.perImage
        let reconstruction = scores.reconstruction.values.map(Double.init)
        let dataset = try view.dataset
        let figure = ELBOTerms(
            negativeELBO: scores.elbo.values.map { -Double($0) }, reconstruction: reconstruction,
            kl: scores.divergence.values.map(Double.init),
            labels: dataset.test.labels.prefix(reconstruction.count).map { Int($0) },
            classNames: dataset.classNames)
        return DrawnFigure(
            figure: figure, copyName: "grids/elbo_terms.png",
            caption: "−ELBO and its two terms for each test image of \(dataTitle).")
    }

    /// What several draws from each image's posterior decode to.
    func posteriorSamples() throws -> DrawnFigure {
        let indices = try chosenImages(default: try view.isColored ? 4 : 5)
        let count = try view.count(grey: 7, colour: 6, options.integer("draws"))
        let originals = try view.testImages(indices)
        let posterior = try view.model.encode(originals)
        let means = try view.decoded(posterior.mean)
        let size = view.config.model.latentSize
        let source = try random()
        let draws = try indices.enumerated().map { place, index in
            let row = place * size..<(place + 1) * size
            let noise = source.normal(count * size, for: .evaluation, step: UInt64(index))
            return try view.decoded(
                noise.indices.map { number in
                    let position = row.lowerBound + number % size
                    return posterior.mean[position] + posterior.deviation(position) * noise[number]
                })
        }
        let tiles = try view.tiles(originals)
        let figure = PosteriorSamples(
            lines: try indices.enumerated().map { place, index in
                let name = try view.className(ofTestImage: index).map { "\($0) " } ?? ""
                return PosteriorSamples.Line(
                    original: tiles[place], reconstruction: means[place], draws: draws[place],
                    label: "\(name)#\(index)")
            })
        return DrawnFigure(
            figure: figure, sheets: [("samples/posterior_samples.png", figure.sheet())],
            caption: "Draws from the posteriors of test images of \(dataTitle), decoded.")
    }
}
