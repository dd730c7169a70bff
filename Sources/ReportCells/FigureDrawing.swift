import Evaluation
import Experiments
import Figures
import Training

/// Gathers what a figure about one run shows from the run's files, model and data.
struct FigureDrawing {
    let options: FigureOptions
    let view: RunView
    let dataTitle: String

    func draw() throws -> DrawnFigure {
        switch options.kind {
        case .lossCurves: try lossCurves()
        case .reconstructions: try reconstructions()
        case .reconstructionBrowser: try reconstructionBrowser()
        case .elboTerms: try elboTerms()
        case .klPerDimension: try klPerDimension()
        case .posteriorVariance: try posteriorVariance()
        case .aggregatePosterior: try aggregatePosterior()
        case .rateDecomposition: try rateDecomposition()
        case .likelihoodCurve: try likelihoodCurve()
        case .factorMap: try factorMap()
        case .latentScatter: try latentScatter()
        case .manifold: try manifold()
        case .traversals: try traversals()
        case .interpolations: try interpolations()
        case .latentArithmetic: try latentArithmetic()
        case .priorSamples: try priorSamples()
        case .priorTemperatures: try priorTemperatures()
        case .posteriorSamples: try posteriorSamples()
        case .rateDistortion, .denoisedImages, .denoisingScores:
            throw CellError("'\(options.kind.rawValue)' is not about one run")
        }
    }

    private func lossCurves() throws -> DrawnFigure {
        let history = try RunRecord.read(from: view.folder).history
        let figure = LossCurves(
            epochs: history.epochs.map(\.epoch),
            train: LossCurves.Terms(history.epochs.map(\.train)),
            validation: LossCurves.Terms(history.epochs.map(\.validation)),
            beta: history.epochs.map(\.beta),
            capacity: view.config.capacities(history.epochs.map(\.epoch)),
            learningRate: history.epochs.map(\.learningRate),
            selectedEpoch: history.selectedEpoch,
            warmupEpochs: view.config.train.warmUpEpochs)
        return DrawnFigure(
            figure: figure, copyName: "grids/loss_curves.png",
            caption: "−ELBO and its two terms by epoch, nats per image, on \(dataTitle)."
                + view.config.minimisedNote)
    }

    private func klPerDimension() throws -> DrawnFigure {
        DrawnFigure(
            figure: KLSpectrum(kl: try view.evaluation.klPerDimension.values),
            copyName: "grids/kl_per_dimension.png",
            caption: "KL of each latent dimension, mean over the test images of \(dataTitle).")
    }
}
