import Datasets
import Networks
import Tensors
import VAEModels

/// Trains a VAE: the loop over epochs and steps, with validation after each epoch.
///
/// Given the same inputs it ends with the same bytes; what happened before an epoch enters it only
/// through `TrainingState`.
public final class Trainer {
    private let model: VAEDescription
    private let options: TrainingOptions
    private let train: ImageSet
    private let validation: ImageSet
    private let source: RandomSource
    private let plan: VAETrainingPlan
    private let stepsPerEpoch: Int
    private let schedule: LearningRateSchedule
    private var encoderOptimizer: AdamW
    private var decoderOptimizer: AdamW
    private var history = TrainingHistory()

    /// Compiles the model and splits the training images. Throws `TrainingError`, `PrimitiveError`.
    public init(_ model: VAEDescription, images: ImageSet, options: TrainingOptions) throws {
        let trainCount = images.count - options.validationCount
        guard trainCount >= options.batchSize else {
            throw TrainingError.tooFewImages(
                available: max(trainCount, 0), batchSize: options.batchSize)
        }
        self.model = model
        self.options = options
        train = images.slice(0..<trainCount)
        validation = images.slice(trainCount..<images.count)
        source = RandomSource(seed: options.seed)
        plan = try VAETrainingPlan(
            model, batch: options.batchSize, precision: options.precision)
        stepsPerEpoch = trainCount / options.batchSize
        schedule = options.schedule(totalSteps: stepsPerEpoch * options.epochs + 1)
        encoderOptimizer = AdamW(
            count: plan.encoder.parameters.count, weightDecay: options.weightDecay)
        decoderOptimizer = AdamW(
            count: plan.decoder.parameters.count, weightDecay: options.weightDecay)
        try plan.load(model.initialParameters(seed: options.seed))
    }

    /// Trains to the last epoch, from the beginning or after `state`.
    public func run(from state: TrainingState? = nil, observer: any TrainingObserver) throws
        -> TrainingHistory
    {
        if let state { try restore(state) }
        let done = history.epochs.count
        try observer.trainingStarts(
            totalEpochs: options.epochs, stepsPerEpoch: stepsPerEpoch, startEpoch: done)
        for epoch in done + 1..<max(options.epochs, done) + 1 {
            try runEpoch(epoch, observer: observer)
        }
        return history
    }

    private func runEpoch(_ epoch: Int, observer: any TrainingObserver) throws {
        let clock = ContinuousClock()
        let begin = clock.now
        let order = source.permutation(train.count, for: .shuffle, step: UInt64(epoch))
        var sum = ObjectiveTerms(reconstruction: 0, kl: 0)
        var mean = sum
        var speed = 0.0
        for index in 0..<stepsPerEpoch {
            let terms = try step(order, index: index, epoch: epoch)
            sum.reconstruction += terms.reconstruction
            sum.kl += terms.kl
            let count = Double(index + 1)
            mean = ObjectiveTerms(reconstruction: sum.reconstruction / count, kl: sum.kl / count)
            speed = count * Double(options.batchSize) / begin.duration(to: clock.now).seconds
            try observer.stepEnds(
                StepProgress(
                    epoch: epoch, step: index + 1, stepsPerEpoch: stepsPerEpoch, terms: mean,
                    imagesPerSecond: speed))
        }
        let tensors = try plan.store()
        let record = EpochRecord(
            epoch: epoch, train: mean, validation: try validate(tensors),
            beta: options.beta(at: epoch * stepsPerEpoch - 1, stepsPerEpoch: stepsPerEpoch),
            learningRate: schedule.rate(at: epoch * stepsPerEpoch - 1))
        guard record.validation?.isFinite ?? true else {
            throw TrainingError.diverged(
                epoch: epoch, step: stepsPerEpoch, learningRate: record.learningRate)
        }
        let isBest = add(record)
        let timing = EpochTiming(
            seconds: begin.duration(to: clock.now).seconds, imagesPerSecond: speed)
        try observer.epochEnds(
            record, timing: timing, isBest: isBest, state: try state(tensors))
    }

    /// Forward, backward and optimiser step on batch `index` of the epoch.
    private func step(_ order: [UInt32], index: Int, epoch: Int) throws -> ObjectiveTerms {
        let step = (epoch - 1) * stepsPerEpoch + index
        let batch = options.batchSize
        Kernels.gather(
            train.pixels, at: order[index * batch..<(index + 1) * batch],
            size: train.shape.pixelCount, into: plan.images)
        if options.binarizesDynamically {
            Kernels.binarize(
                plan.images, count: plan.images.count, source: source, purpose: .binarization,
                step: UInt64(step))
        }
        source.fillNormal(
            plan.noise, count: plan.noise.count, for: .latentNoise, step: UInt64(step))
        let beta = options.beta(at: step, stepsPerEpoch: stepsPerEpoch)
        let result = try plan.step(beta: Float(beta))
        let terms = ObjectiveTerms(reconstruction: result.reconstruction, kl: result.kl ?? 0)
        let rate = schedule.rate(at: step)
        guard terms.isFinite else {
            throw TrainingError.diverged(epoch: epoch, step: index + 1, learningRate: rate)
        }
        encoderOptimizer.beginStep()
        encoderOptimizer.update(
            plan.encoder.parameters, gradients: plan.encoder.gradients, learningRate: rate)
        decoderOptimizer.beginStep()
        decoderOptimizer.update(
            plan.decoder.parameters, gradients: plan.decoder.gradients, learningRate: rate)
        return terms
    }

    /// Both terms on the validation images at inference, the same noise after every epoch.
    private func validate(_ tensors: NamedTensors) throws -> ObjectiveTerms? {
        guard validation.count > 0 else { return nil }
        return try ObjectiveTerms.measured(
            CompiledVAE(model, tensors: tensors), on: validation, source: source,
            binarized: options.binarizesDynamically)
    }

    /// Keeps the record; true when its objective at the target β is the lowest so far.
    private func add(_ record: EpochRecord) -> Bool {
        let best = history.epochs.first { $0.epoch == history.selectedEpoch }
        history.epochs.append(record)
        if let now = record.validation, let before = best?.validation,
            now.objective(beta: options.beta) >= before.objective(beta: options.beta)
        {
            return false
        }
        history.selectedEpoch = record.epoch
        return true
    }
}

extension Trainer {
    private func state(_ tensors: NamedTensors) throws -> TrainingState {
        TrainingState(
            tensors: tensors,
            firstMoments: try named(encoderOptimizer.firstMoments, decoderOptimizer.firstMoments),
            secondMoments: try named(
                encoderOptimizer.secondMoments, decoderOptimizer.secondMoments),
            steps: encoderOptimizer.step, history: history)
    }

    private func named(_ encoder: Buffer, _ decoder: Buffer) throws -> NamedTensors {
        var all = try plan.encoder.named(encoder)
        for (name, tensor) in try plan.decoder.named(decoder).entries { all[name] = tensor }
        return all
    }

    private func restore(_ state: TrainingState) throws {
        try plan.load(state.tensors)
        try plan.encoder.load(state.firstMoments, into: encoderOptimizer.firstMoments)
        try plan.decoder.load(state.firstMoments, into: decoderOptimizer.firstMoments)
        try plan.encoder.load(state.secondMoments, into: encoderOptimizer.secondMoments)
        try plan.decoder.load(state.secondMoments, into: decoderOptimizer.secondMoments)
        encoderOptimizer.resume(after: state.steps)
        decoderOptimizer.resume(after: state.steps)
        history = state.history
    }
}

extension Duration {
    /// Seconds with their fraction.
    var seconds: Double { self / .seconds(1) }
}
