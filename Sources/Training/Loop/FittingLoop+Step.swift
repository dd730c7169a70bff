import Networks
import Tensors
import VAEModels

extension FittingLoop {
    /// Forward, backward and optimiser step on batch `index` of an epoch; not applied when its loss or
    /// gradient is not finite.
    func step(
        _ order: [UInt32], index: Int, pass: inout EpochPass, observer: any TrainingObserver
    ) throws {
        let step = (pass.epoch - 1) * batches.perEpoch + index
        batches.fill(model, order: order, index: index, step: step)
        let beta = schedule.beta(at: step, controller: klController)
        let rate = schedule.learningRate(at: step)
        let terms = try model.step(beta: Float(beta))
        let norm = terms.isFinite ? update.gradientNorm() : .nan
        guard norm.isFinite else {
            return try skip(index: index, rate: rate, pass: &pass, observer: observer)
        }
        update.apply(learningRate: rate, norm: norm)
        skipped.countApplied()
        if let kl = terms.kl, schedule.isFull(at: step) { klController?.observe(kl: kl) }
        pass.add(terms, beta: beta)
        try observer.stepEnds(
            StepProgress(
                epoch: pass.epoch, step: index + 1, stepsPerEpoch: batches.perEpoch,
                terms: pass.terms, objective: pass.objective, beta: beta, learningRate: rate,
                imagesPerSecond: pass.imagesPerSecond))
    }

    private func skip(
        index: Int, rate: Double, pass: inout EpochPass, observer: any TrainingObserver
    ) throws {
        let diagnosis = try GradientDiagnosis(model)
        skipped.countSkipped()
        try mendStatistics()
        let step = SkippedStep(
            epoch: pass.epoch, step: index + 1, learningRate: rate, count: skipped.total,
            parameter: diagnosis.parameter, largestGradient: diagnosis.largest)
        pass.add(step)
        try observer.stepIsSkipped(step)
        guard skipped.isTooMany else { return }
        throw TrainingError.diverged(
            Divergence(
                epoch: pass.epoch, step: index + 1, learningRate: rate,
                skippedInARow: skipped.inARow, skippedInAll: skipped.total,
                parameter: diagnosis.parameter, largestGradient: diagnosis.largest))
    }

    /// The forward pass of a skipped step may have left running statistics that are no numbers, which
    /// no later step could mend: those of the last epoch's end take their place.
    private func mendStatistics() throws {
        var tensors = try model.store()
        var isSpoilt = false
        let statistics = model.plans.flatMap { $0.network.parameters.filter { !$0.isTrained } }
        for statistic in statistics {
            guard let found = tensors[statistic.name], let sound = soundTensors[statistic.name],
                !found.values.allSatisfy(\.isFinite)
            else { continue }
            tensors[statistic.name] = sound
            isSpoilt = true
        }
        if isSpoilt { try model.load(tensors) }
    }
}

extension StepTerms {
    var isFinite: Bool { objective.isFinite && reconstruction.isFinite && (kl ?? 0).isFinite }
}
