import Datasets
import Tensors
import VAEModels

extension EvaluationWork {
    /// Scores the code against the factors that the images were drawn from, or says why not.
    func addDisentanglement(
        _ factors: [KnownFactor], training: EvaluationImages?, to sheet: inout ScoreSheet
    ) throws -> DisentanglementScores? {
        guard options.includesDisentanglement else { return nil }
        func refuse(_ reason: String) -> DisentanglementScores? {
            sheet.addMissingDisentanglement(because: reason)
            return nil
        }
        guard !factors.isEmpty else {
            return refuse("\(options.dataTitle) has no known factors")
        }
        guard let training, training.count > 1 else {
            return refuse("there are no training images to fit it on")
        }
        let test = codes(posterior, images.images, factors)
        let first = training.images.slice(
            0..<min(training.count, DisentanglementScores.mostFitted))
        let fitted = codes(
            try Posterior.encoding(
                EvaluationImages(first, binarization: options.binarization, role: .fitted),
                with: model, progress: progress),
            first, factors)
        let scored = test.prefix(DisentanglementScores.mostScored)
        if let constant = fitted.constantFactor ?? scored.constantFactor {
            return refuse("'\(constant.name)' is the same in all of the images")
        }
        let scores = DisentanglementScores(
            fitted: fitted, test: test, source: RandomSource(seed: options.seed),
            progress: progress)
        sheet.add(scores)
        return scores
    }

    private func codes(
        _ posterior: Posterior, _ images: ImageSet, _ factors: [KnownFactor]
    ) -> FactorCodes {
        FactorCodes(
            means: posterior.mean, latentSize: model.latentSize, values: images.factorValues,
            factors: factors)
    }
}
