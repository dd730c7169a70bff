import Evaluation
import Figures

extension FigureDrawing {
    /// What each dimension has to do with each known factor.
    func factorMap() throws -> DrawnFigure {
        guard let scores = try view.evaluation.disentanglement else {
            throw options.error(
                "the evaluation could not compare codes with factors", about: "run",
                suggestion: "use a data set whose factors are known: sprites or drawn-digits")
        }
        let measure = try options.word("measure") ?? "both"
        var maps: [FactorMap.Panel] = []
        if measure != "importance" {
            maps.append(
                FactorMap.Panel(.information, values: scores.information, score: scores.gap.mean))
        }
        if measure != "information" {
            maps.append(
                FactorMap.Panel(
                    .importance, values: scores.importance, score: scores.disentanglement))
        }
        let figure = FactorMap(
            factors: scores.factors.map(\.name), panels: maps,
            kl: try view.evaluation.klPerDimension.values,
            mostDimensions: try options.integer("count") ?? 32)
        return DrawnFigure(
            figure: figure, copyName: "grids/factor_map.png",
            caption: "Latent dimensions and the factors that the test images of \(dataTitle) were "
                + "drawn from.")
    }
}
