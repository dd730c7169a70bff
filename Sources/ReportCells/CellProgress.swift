import Evaluation
import Training

/// Receives what cells do while they run; a terminal shows it.
public protocol CellProgress: AnyObject {
    /// A training begins; `startEpoch` epochs are there from an interrupted run.
    func trainingStarts(run: String, totalEpochs: Int, startEpoch: Int)
    /// A training step ended.
    func trainingSteps(run: String, _ progress: StepProgress, totalEpochs: Int)
    /// An epoch ended.
    func epochEnds(run: String, _ record: EpochRecord, timing: EpochTiming, isBest: Bool)
    /// An evaluation went on.
    func evaluates(run: String, _ progress: EvaluationProgress)
    /// Something the user should read once.
    func notice(_ text: String)
}
