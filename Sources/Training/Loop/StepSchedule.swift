import Networks

/// Learning rate and β of every step of a run.
struct StepSchedule {
    private let learningRates: LearningRateSchedule
    private let kl: KLSchedule
    private let stepsPerEpoch: Int
    private let totalSteps: Int

    init(_ options: FittingOptions, stepsPerEpoch: Int) {
        totalSteps = stepsPerEpoch * options.epochs
        self.stepsPerEpoch = stepsPerEpoch
        kl = options.klSchedule
        learningRates = options.learningRateShape.schedule(
            peak: options.learningRate, totalSteps: totalSteps)
    }

    /// Steps are counted from 0.
    func learningRate(at step: Int) -> Double { learningRates.rate(at: step) }

    /// β of a step; a controller's weight takes the place of the config's.
    func beta(at step: Int, controller: KLController?) -> Double {
        (controller?.weight ?? kl.beta) * fraction(at: step)
    }

    /// Whether the step has its full β.
    func isFull(at step: Int) -> Bool { fraction(at: step) >= 1 }

    private func fraction(at step: Int) -> Double {
        kl.fraction(at: step, stepsPerEpoch: stepsPerEpoch, totalSteps: totalSteps)
    }
}
