import Files
import Training

/// Takes the time of each step and stops the training after enough of them.
final class StepTimes: TrainingObserver {
    /// Thrown after the last step.
    struct Enough: Error {}

    /// Seconds of each step but the first.
    private(set) var times: [Double] = []
    /// Seconds from the program's start to the end of the first step; nil where the system does not say.
    private(set) var firstStep: Double?
    let limit: Int
    private var last: ContinuousClock.Instant?

    init(limit: Int) { self.limit = limit }

    func stepEnds(_ progress: StepProgress) throws {
        let now = ContinuousClock.now
        if let last {
            times.append(last.duration(to: now) / .seconds(1))
        } else {
            firstStep = ProcessClock.secondsSinceStart
        }
        last = now
        if times.count >= limit { throw Enough() }
    }
}
