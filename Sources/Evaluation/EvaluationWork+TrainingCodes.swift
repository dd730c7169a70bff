import VAEModels

/// Posteriors of the first training images, on which probes and the mixture are fitted.
struct TrainingCodes {
    /// The images, of which the probes may take fewer.
    let images: EvaluationImages
    /// Of each of them.
    let posterior: Posterior
}

extension EvaluationWork {
    /// Neighbours that vote in the probe of nearest neighbours.
    private static let neighbours = 5

    /// The codes that the options need; nil when they need none or there are no training images.
    func trainingCodes(_ training: EvaluationImages?) throws -> TrainingCodes? {
        let mixture = options.mixtureComponents > 0 ? MixturePrior.mostFitted : 0
        let needed = max(options.probeTrainingCount, mixture)
        guard needed > 0, let images = training?.first(needed), images.count > 0 else { return nil }
        let posterior = try Posterior.encoding(images, with: model) {
            progress(
                EvaluationProgress(
                    stage: "encoding training images", completed: $0.completed, total: $0.total))
        }
        return TrainingCodes(images: images, posterior: posterior)
    }

    /// Fits probes on the training images' posterior means and scores them, or says why not.
    func addProbes(_ codes: TrainingCodes?, to sheet: inout ScoreSheet) {
        guard options.probeTrainingCount > 0 else { return }
        guard let codes else {
            return sheet.addMissingProbes(
                because: "there are no training images to fit them on")
        }
        let labels = Array(codes.images.images.labels.prefix(options.probeTrainingCount))
        guard !labels.isEmpty, !images.images.labels.isEmpty else {
            return sheet.addMissingProbes(because: "the data have no classes")
        }
        guard Set(labels).count > 1 else {
            return sheet.addMissingProbes(
                because: "the first \(labels.count) training images are all of one class")
        }
        let result = ProbeResult(
            name: "posterior", title: "posterior means",
            fitted: Array(codes.posterior.mean.prefix(labels.count * model.latentSize)),
            fittedLabels: labels, scored: posterior.mean, scoredLabels: images.images.labels,
            neighbours: Self.neighbours, progress: progress)
        result.add(to: &sheet)
    }

    /// Fits a mixture to draws from the training images' posteriors and scores it as a prior.
    func addMixture(
        _ codes: TrainingCodes?, elbo: ElboEvaluation, to sheet: inout ScoreSheet
    ) throws -> MixturePrior? {
        guard options.mixtureComponents > 0 else { return nil }
        let count = min(codes?.images.count ?? 0, MixturePrior.mostFitted)
        guard let codes, count >= MixturePrior.leastFitted(options.mixtureComponents) else {
            sheet.addMissingMixture(
                because: "\(options.mixtureComponents) Gaussians need at least "
                    + "\(MixturePrior.leastFitted(options.mixtureComponents)) training images, found "
                    + "\(count)")
            return nil
        }
        let size = model.latentSize
        let noise = EvaluationNoise(source: source, latentSize: size)
        let fitted = codes.posterior.block(0..<count, latentSize: size)
        var fit = MixtureFit(
            fitted.draw(noise.training(count: count)), size: size,
            components: options.mixtureComponents, source: source)
        try fit.run(progress: progress)
        let mixture = try fit.prior()
        // Draw 0 of the ELBO's own noise: the two differ in the prior alone.
        let draws = posterior.draw(
            images.blocks.flatMap { noise.values(draw: 0, block: $0) })
        let gains = zip(try mixture.logDensities(draws), draws.standardNormalLogs(size: size))
            .map(-)
        sheet.add(mixture, gains: gains, elbo: elbo.bound)
        return mixture
    }
}

extension MixturePrior {
    /// Training images that a mixture is fitted on at most.
    static let mostFitted = 20_000

    /// Fewest codes for so many components.
    static func leastFitted(_ components: Int) -> Int { 10 * components }
}

extension EvaluationNoise {
    /// ε of one draw for each of `count` training images, `[count, latentSize]`; no test image's stream.
    fileprivate func training(count: Int) -> [Float] {
        source.normal(count * latentSize, for: .evaluation, step: 1 << 63)
    }
}

extension [Float] {
    /// log N(z; 0, I) of each row of `size` numbers, nats.
    fileprivate func standardNormalLogs(size: Int) -> [Double] {
        let constant = Double(size) * 1.837_877_066_409_345_3
        return stride(from: 0, to: count, by: size).map { start in
            let square = self[start..<start + size].reduce(0.0) { $0 + Double($1) * Double($1) }
            return -(square + constant) / 2
        }
    }
}

extension EvaluationImages {
    /// The first `most` images, with the targets that they have among all.
    func first(_ most: Int) -> EvaluationImages {
        most < count
            ? EvaluationImages(images.slice(0..<most), binarization: binarization, role: role)
            : self
    }
}
