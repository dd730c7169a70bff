import Evaluation
import Foundation
import Training

/// Receives what cells do while they run; a terminal shows it.
public protocol CellProgress: AnyObject {
    /// A training that is watched by `measure` begins; `startEpoch` epochs are there from an
    /// interrupted run.
    func trainingStarts(run: String, measure: TrainedMeasure, totalEpochs: Int, startEpoch: Int)
    /// A training step ended.
    func trainingSteps(run: String, _ progress: StepProgress, totalEpochs: Int)
    /// An epoch ended.
    func epochEnds(run: String, _ record: EpochRecord, timing: EpochTiming, isBest: Bool)
    /// An evaluation went on.
    func evaluates(run: String, _ progress: EvaluationProgress)
    /// Something the user should read once.
    func notice(_ text: String)
}

/// What the numbers of a training mean.
public enum TrainedMeasure: Sendable {
    /// −ELBO in nats per image.
    case evidenceLowerBound
    /// The mean squared error a pixel.
    case squaredError

    /// A training's terms as people read them: "ELBO −95.84", "squared error 0.0123".
    public func text(_ terms: ObjectiveTerms) -> String {
        let value = self == .squaredError ? terms.reconstruction : -terms.negativeEvidenceLowerBound
        guard value.isFinite else { return "\(name) not finite" }
        let number = String(format: self == .squaredError ? "%.4f" : "%.2f", abs(value))
        return "\(name) \(value < 0 ? "−" : "")\(number)"
    }

    private var name: String { self == .squaredError ? "squared error" : "ELBO" }
}
