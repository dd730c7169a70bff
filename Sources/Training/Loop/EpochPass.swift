import VAEModels

/// What an epoch's steps add up to; steps that were not applied count nowhere but in `skipped`.
struct EpochPass {
    let epoch: Int
    private let batch: Int
    private let begin: ContinuousClock.Instant
    private var sum = StepTerms(objective: 0, reconstruction: 0, kl: 0)
    /// Steps applied.
    private(set) var applied = 0
    /// Steps not applied.
    private(set) var skipped = 0
    /// The last step that was not applied.
    private(set) var lastSkipped: SkippedStep?
    /// β of the last applied step.
    private(set) var lastBeta = 0.0

    init(epoch: Int, batch: Int, begin: ContinuousClock.Instant) {
        self.epoch = epoch
        self.batch = batch
        self.begin = begin
    }

    mutating func add(_ terms: StepTerms, beta: Double) {
        applied += 1
        sum.objective += terms.objective
        sum.reconstruction += terms.reconstruction
        sum.kl = (sum.kl ?? 0) + (terms.kl ?? 0)
        lastBeta = beta
    }

    mutating func add(_ step: SkippedStep) {
        skipped += 1
        lastSkipped = step
    }

    /// Means over the applied steps.
    var terms: ObjectiveTerms {
        ObjectiveTerms(
            reconstruction: sum.reconstruction / Double(applied),
            kl: (sum.kl ?? 0) / Double(applied))
    }

    /// Mean over the applied steps.
    var objective: Double { sum.objective / Double(applied) }

    /// Since the epoch began, validation not counted.
    var imagesPerSecond: Double {
        Double((applied + skipped) * batch) / begin.duration(to: .now).seconds
    }
}
