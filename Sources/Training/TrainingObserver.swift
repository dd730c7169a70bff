import Tensors

/// Told what a training does as it happens: progress bars, logs and checkpoints listen here.
///
/// An error that an observer throws ends the training and goes to its caller.
public protocol TrainingObserver: AnyObject {
    /// Before the first step; `startEpoch` counts epochs that a resumed run already has.
    func trainingStarts(totalEpochs: Int, stepsPerEpoch: Int, startEpoch: Int) throws
    /// After each optimiser step.
    func stepEnds(_ progress: StepProgress) throws
    /// In place of `stepEnds` after a step that was not applied.
    func stepIsSkipped(_ step: SkippedStep) throws
    /// After each epoch with the state that a checkpoint needs; `isBest` when it is the best so far.
    func epochEnds(
        _ record: EpochRecord, timing: EpochTiming, isBest: Bool, state: TrainingState) throws
    /// After the last epoch; `patience` is set when validation stopped the training before its end.
    func trainingEnds(_ history: TrainingHistory, patience: Int?) throws
}

extension TrainingObserver {
    /// Does nothing.
    public func trainingStarts(totalEpochs: Int, stepsPerEpoch: Int, startEpoch: Int) throws {}
    /// Does nothing.
    public func stepEnds(_ progress: StepProgress) throws {}
    /// Does nothing.
    public func stepIsSkipped(_ step: SkippedStep) throws {}
    /// Does nothing.
    public func epochEnds(
        _ record: EpochRecord, timing: EpochTiming, isBest: Bool, state: TrainingState
    ) throws {}
    /// Does nothing.
    public func trainingEnds(_ history: TrainingHistory, patience: Int?) throws {}
}

/// Where a training stands after a step.
public struct StepProgress: Sendable {
    /// Epoch, from 1.
    public var epoch: Int
    /// Step in the epoch, from 1.
    public var step: Int
    /// Steps in an epoch.
    public var stepsPerEpoch: Int
    /// Mean terms of the epoch so far.
    public var terms: ObjectiveTerms
    /// Mean of what is minimised in the epoch so far.
    public var objective: Double
    /// β of this step.
    public var beta: Double
    /// Learning rate of this step.
    public var learningRate: Double
    /// Training images a second in this epoch so far.
    public var imagesPerSecond: Double

    /// Steps since the run began, this one included.
    public var globalStep: Int { (epoch - 1) * stepsPerEpoch + step }
}

/// A step whose loss or gradient was not finite.
public struct SkippedStep: Sendable, Hashable {
    /// Epoch, from 1.
    public var epoch: Int
    /// Step in the epoch, from 1.
    public var step: Int
    /// Learning rate that the step would have had.
    public var learningRate: Double
    /// Such steps in the run so far, this one included.
    public var count: Int
    /// The first parameter whose gradient is not finite; nil when only the loss is not.
    public var parameter: String?
    /// Largest finite number in the gradients by absolute value; nil when there is none.
    public var largestGradient: Double?
}

/// Listens and does nothing, for trainings that nobody watches.
public final class SilentObserver: TrainingObserver {
    /// An observer without any state.
    public init() {}
}
