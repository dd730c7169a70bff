import Tensors

/// Told what a training does as it happens: progress bars, logs and checkpoints listen here.
public protocol TrainingObserver: AnyObject {
    /// Before the first step; `startEpoch` counts epochs that a resumed run already has.
    func trainingStarts(totalEpochs: Int, stepsPerEpoch: Int, startEpoch: Int) throws
    /// After each optimiser step.
    func stepEnds(_ progress: StepProgress) throws
    /// After each epoch with the state that a checkpoint needs; `isBest` when it is the best so far.
    func epochEnds(
        _ record: EpochRecord, timing: EpochTiming, isBest: Bool, state: TrainingState) throws
}

extension TrainingObserver {
    /// Does nothing.
    public func trainingStarts(totalEpochs: Int, stepsPerEpoch: Int, startEpoch: Int) throws {}
    /// Does nothing.
    public func stepEnds(_ progress: StepProgress) throws {}
    /// Does nothing.
    public func epochEnds(
        _ record: EpochRecord, timing: EpochTiming, isBest: Bool, state: TrainingState
    ) throws {}
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
    /// Training images a second in this epoch so far.
    public var imagesPerSecond: Double
}

/// Everything that an epoch leaves behind and the next one needs.
public struct TrainingState: Sendable {
    /// Parameters and running statistics, PyTorch's names and layouts.
    public var tensors: NamedTensors
    /// AdamW's m by parameter name.
    public var firstMoments: NamedTensors
    /// AdamW's v by parameter name.
    public var secondMoments: NamedTensors
    /// Optimiser steps taken.
    public var steps: Int
    /// Epochs so far.
    public var history: TrainingHistory
}
