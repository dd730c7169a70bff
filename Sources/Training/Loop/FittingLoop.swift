import Datasets
import Tensors
import VAEModels

/// Trains any model: the loop over epochs and steps, with validation after each epoch.
///
/// Given the same inputs it ends with the same bytes; what happened before an epoch enters it only
/// through ``TrainingState``. A step whose loss or gradient is not finite is not applied; after too
/// many the loop throws ``TrainingError``.
public final class FittingLoop {
    /// Scores weights on images that the model is not trained on; nil when there are none.
    public typealias Validator = (NamedTensors) throws -> Validation?

    let model: any TrainableModel
    let options: FittingOptions
    let batches: Batches
    let schedule: StepSchedule
    var update: ParameterUpdate
    var klController: KLController?
    var skipped = SkippedSteps()
    /// Running statistics to fall back on when a skipped step spoilt them.
    var soundTensors: NamedTensors
    private var history = TrainingHistory()
    private let validator: Validator

    /// A loop over `images` for a model whose initial weights are loaded.
    ///
    /// `validate` is called after each epoch with the weights that count: the averaged ones where an
    /// average is kept. With `count` only the first images are trained on, which saves copying them.
    /// Throws ``TrainingError`` for images that the model cannot be trained on.
    public init(
        _ model: any TrainableModel, images: ImageSet, count: Int? = nil, options: FittingOptions,
        validate: @escaping Validator = { _ in nil }
    ) throws {
        self.model = model
        self.options = options
        validator = validate
        batches = try Batches(
            images, count: count ?? images.count, for: model, redrawsPixels: options.redrawsPixels,
            source: RandomSource(seed: options.seed))
        schedule = StepSchedule(options, stepsPerEpoch: batches.perEpoch)
        update = ParameterUpdate(model.plans, options: options)
        klController = options.klSchedule.target.map {
            KLController(target: $0, start: options.klSchedule.beta)
        }
        soundTensors = try model.store()
    }

    /// Trains to the last epoch, from the beginning or after `state`.
    public func run(
        from state: TrainingState? = nil, observer: any TrainingObserver = SilentObserver()
    ) throws -> TrainingHistory {
        if let state { try restore(state) }
        let done = history.epochs.count
        try observer.trainingStarts(
            totalEpochs: options.epochs, stepsPerEpoch: batches.perEpoch, startEpoch: done)
        var epoch = done
        while epoch < options.epochs, !hasWaited {
            epoch += 1
            try runEpoch(epoch, observer: observer)
        }
        try observer.trainingEnds(
            history, patience: epoch < options.epochs ? options.patience : nil)
        return history
    }

    private var hasWaited: Bool { options.patience.map(history.hasWaited) ?? false }

    private func runEpoch(_ epoch: Int, observer: any TrainingObserver) throws {
        let clock = ContinuousClock()
        let begin = clock.now
        var pass = EpochPass(epoch: epoch, batch: model.batch, begin: begin)
        let order = batches.order(ofEpoch: epoch)
        for index in 0..<batches.perEpoch {
            try step(order, index: index, pass: &pass, observer: observer)
        }
        let speed = pass.imagesPerSecond
        let state = try state()
        var record = try record(pass, validation: try validator(state.evaluated))
        record.pixelScale = state.tensors.pixelScale
        let isBest = add(record)
        var complete = state
        complete.history = history
        soundTensors = state.tensors
        let timing = EpochTiming(
            seconds: begin.duration(to: clock.now).seconds, imagesPerSecond: speed)
        try observer.epochEnds(record, timing: timing, isBest: isBest, state: complete)
    }

    private func record(_ pass: EpochPass, validation: Validation?) throws -> EpochRecord {
        let last = pass.epoch * batches.perEpoch - 1
        let rate = schedule.learningRate(at: last)
        guard pass.applied > 0, validation.map({ $0.isFinite }) ?? true else {
            throw TrainingError.diverged(
                Divergence(
                    epoch: pass.epoch, step: batches.perEpoch, learningRate: rate,
                    skippedInARow: pass.applied > 0 ? 0 : skipped.inARow,
                    skippedInAll: pass.applied > 0 ? 0 : skipped.total,
                    parameter: pass.lastSkipped?.parameter,
                    largestGradient: pass.lastSkipped?.largestGradient))
        }
        return EpochRecord(
            epoch: pass.epoch, train: pass.terms, validation: validation?.terms,
            beta: pass.lastBeta, learningRate: rate, objective: pass.objective,
            validationObjective: validation?.objective, skippedSteps: pass.skipped)
    }

    /// Keeps the record; true when its epoch is the one to keep so far.
    ///
    /// Under a controller of β epochs have no objective in common, so the last one is kept.
    private func add(_ record: EpochRecord) -> Bool {
        let best = history.selected
        history.epochs.append(record)
        if klController == nil, let now = record.validationObjective,
            let before = best?.validationObjective, now >= before
        {
            return false
        }
        history.selectedEpoch = record.epoch
        return true
    }
}

extension FittingLoop {
    private func state() throws -> TrainingState {
        TrainingState(
            tensors: try model.store(), average: try update.average(),
            moments: try update.moments(), steps: update.steps, skipped: skipped,
            klController: klController, history: history)
    }

    private func restore(_ state: TrainingState) throws {
        try model.load(state.tensors)
        try update.restore(state)
        soundTensors = state.tensors
        skipped = state.skipped
        klController = state.klController ?? klController
        history = state.history
    }
}

extension Validation {
    fileprivate var isFinite: Bool { terms.isFinite && objective.isFinite }
}

extension Duration {
    /// Seconds with their fraction.
    var seconds: Double { self / .seconds(1) }
}
