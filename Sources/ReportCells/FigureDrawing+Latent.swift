import Charts
import Evaluation
import Figures
import VAEModels

extension FigureDrawing {
    /// The use of each dimension: variance of the means, σ, mean |μ| against mean σ.
    func posteriorVariance() throws -> DrawnFigure {
        let posterior = try view.posterior()
        let figure = PosteriorVariance(
            means: posterior.mean, deviations: posterior.deviations,
            latentSize: view.config.model.latentSize)
        return DrawnFigure(
            figure: figure, copyName: "grids/posterior_variance.png",
            caption: "What the encoder says about the test images of \(dataTitle).")
    }

    /// Marginals of the aggregate posterior, their quantiles and the codes' correlations.
    func aggregatePosterior() throws -> DrawnFigure {
        let size = view.config.model.latentSize
        let posterior = try view.posterior()
        let statistics = try view.evaluation.latentStatistics
        let figure = AggregateMarginals(
            means: posterior.mean, deviations: posterior.deviations, latentSize: size,
            kl: try view.evaluation.klPerDimension.values,
            correlations: statistics.correlations.values,
            mostPanels: try options.integer("count") ?? 12)
        return DrawnFigure(
            figure: figure, copyName: "grids/aggregate_posterior.png",
            caption:
                "The codes of the test images of \(dataTitle), taken together, against the prior.")
    }

    /// The KL term taken apart.
    func rateDecomposition() throws -> DrawnFigure {
        let parts = try aggregate()
        func term(_ estimate: AggregatePosterior.Estimate) -> RateDecomposition.Term {
            RateDecomposition.Term(estimate.value, standardError: estimate.standardError)
        }
        let figure = RateDecomposition(
            mutualInformation: term(parts.mutualInformation),
            totalCorrelation: term(parts.totalCorrelation),
            dimensionwise: term(parts.dimensionwiseDivergence),
            kl: try view.evaluation.klPerDimension.values.reduce(0, +), ceiling: parts.ceiling,
            imageCount: try view.evaluation.count, draws: parts.draws)
        return DrawnFigure(
            figure: figure, copyName: "grids/rate_decomposition.png",
            caption: "What the code's nats are spent on, over the test images of \(dataTitle).")
    }

    /// The evaluation's terms, or fresh ones where the figure asks for another number of draws.
    private func aggregate() throws -> AggregatePosterior {
        let evaluation = try view.evaluation
        let draws = try options.integer("draws")
        if let known = evaluation.aggregatePosterior, draws ?? known.draws == known.draws {
            return known
        }
        let size = view.config.model.latentSize
        let posterior = try view.posterior()
        return AggregatePosterior(
            posterior, count: posterior.mean.count / size, latentSize: size,
            draws: draws ?? EvaluationOptions.usualAggregateDraws, source: view.random)
    }

    /// The bound against K.
    func likelihoodCurve() throws -> DrawnFigure {
        let evaluation = try view.evaluation
        guard let last = evaluation.importanceCurve.last else {
            throw options.error(
                "the evaluation computed no importance-weighted bound", about: "run",
                suggestion: "write 'iwae: [1, 10, 100]' into the eval cell")
        }
        let sizes = evaluation.perImage.effectiveSampleSize?.values.map(Double.init) ?? []
        let points = evaluation.importanceCurve.map { point in
            LikelihoodCurve.Point(
                samples: point.samples, bound: point.bound, standardError: point.standardError,
                effectiveSampleSizes: point.samples == last.samples
                    ? sizes : point.effectiveSampleSizeSummary ?? [point.medianEffectiveSampleSize])
        }
        let figure = LikelihoodCurve(
            points: points, elbo: evaluation.scores.value("test.elbo"),
            scoreName: view.config.boundName, imageCount: evaluation.count)
        return DrawnFigure(
            figure: figure, copyName: "grids/likelihood_curve.png",
            caption: "The bound on the test images of \(dataTitle) by the number of draws.")
    }

    /// Posterior means in a plane, by class.
    func latentScatter() throws -> DrawnFigure {
        let evaluation = try view.evaluation
        let size = view.config.model.latentSize
        let chosen = try options.dimensions("dims", size: size)
        let figure: LatentScatter
        if let chosen {
            figure = try planeScatter(chosen, plane: .dimensions(chosen[0], chosen[1]))
        } else if size == 2 {
            figure = try planeScatter([0, 1], plane: .latent)
        } else {
            figure = try componentScatter(evaluation)
        }
        return DrawnFigure(
            figure: figure, copyName: "grids/latent_scatter.png",
            caption: "Posterior means of the test images of \(dataTitle) by class.")
    }

    private func planeScatter(
        _ dimensions: [Int], plane: LatentScatter.Plane
    ) throws -> LatentScatter {
        let size = view.config.model.latentSize
        let means = try view.posterior().mean
        let points = stride(from: 0, to: means.count, by: size).map {
            Datum(Double(means[$0 + dimensions[0]]), Double(means[$0 + dimensions[1]]))
        }
        let test = try view.dataset.test
        return LatentScatter(
            points: points, labels: test.labels.prefix(points.count).map { Int($0) },
            classNames: try view.dataset.classNames, plane: plane, latentSize: size,
            manifold: size == 2 && dimensions == [0, 1]
                ? try self.plane(of: [0, 1], range: 2, steps: 15).images : [])
    }

    private func componentScatter(_ evaluation: EvaluationResult) throws -> LatentScatter {
        guard let directions = evaluation.codeDirections, directions.varianceFractions.count > 1
        else { throw CellError("one test image has no principal components to draw") }
        let coordinates = directions.coordinates.values
        let points = stride(from: 0, to: coordinates.count - 1, by: 2).map {
            Datum(Double(coordinates[$0]), Double(coordinates[$0 + 1]))
        }
        let size = view.config.model.latentSize
        let mean = directions.mean.values
        let axes = directions.directions.values
        func prior(_ axis: Int) -> Double {
            -(0..<size).reduce(0.0) { $0 + Double(mean[$1]) * Double(axes[axis * size + $1]) }
        }
        return LatentScatter(
            points: points,
            labels: try view.dataset.test.labels.prefix(points.count).map { Int($0) },
            classNames: try view.dataset.classNames,
            plane: .principal(
                first: directions.varianceFractions[0], second: directions.varianceFractions[1]),
            latentSize: size, priorCentre: Datum(prior(0), prior(1)))
    }

    /// Images decoded over a plane of codes.
    func manifold() throws -> DrawnFigure {
        let size = view.config.model.latentSize
        let dimensions =
            try options.dimensions("dims", size: size)
            ?? Array(size == 2 ? [0, 1] : view.evaluation.klPerDimension.order.prefix(2))
        let figure = try plane(
            of: dimensions, range: try options.number("range") ?? 2,
            steps: try view.count(grey: 15, colour: 9, options.integer("steps")))
        let rest =
            size == 2
            ? ""
            : try options.image("image", count: try view.dataset.test.count).map {
                "; the other dimensions stay at the code of test image \($0)"
            } ?? "; the other dimensions stay at 0"
        return DrawnFigure(
            figure: figure, sheets: [("grids/manifold.png", figure.sheet())],
            caption: "Codes decoded where they are\(rest); model trained on \(dataTitle).",
            isWide: false)
    }

    /// Decoded images on a grid over ±`range` along two dimensions, rows from the top.
    private func plane(
        of dimensions: [Int], range: Double, steps: Int
    ) throws -> DecodedManifold {
        let start =
            try options.kind == .manifold
            ? startCode() : [Float](repeating: 0, count: view.config.model.latentSize)
        let places = (0..<steps).map { range * (2 * Double($0) / Double(steps - 1) - 1) }
        let codes = places.reversed().flatMap { up in
            places.flatMap { across in
                var code = start
                code[dimensions[0]] = Float(across)
                code[dimensions[1]] = Float(up)
                return code
            }
        }
        return DecodedManifold(
            images: try view.decoded(codes), range: range,
            axisNames: ("z\(dimensions[0])", "z\(dimensions[1])"))
    }
}

extension Posterior {
    /// σ of every image and dimension, `[count, latentSize]`.
    fileprivate var deviations: [Float] { logVariance.indices.map(deviation) }
}
