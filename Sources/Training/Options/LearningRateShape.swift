import Networks

/// How the learning rate moves over a run, whatever its length.
public enum LearningRateShape: Sendable, Hashable {
    /// Up over 30 % of the steps, then down to almost nothing (Smith & Topin 2019).
    case oneCycle
    /// Down a cosine arc, again and again from the top: `restarts` + 1 arcs of equal length (SGDR,
    /// Loshchilov & Hutter 2017).
    case cosineRestarts(restarts: Int)
    /// The same all along.
    case constant

    /// The schedule of a run of `totalSteps` steps.
    func schedule(peak: Double, totalSteps: Int) -> LearningRateSchedule {
        switch self {
        case .oneCycle: .oneCycle(peak: peak, totalSteps: totalSteps + 1)
        case .cosineRestarts(let restarts):
            .cosineRestarts(
                peak: peak, firstCycle: max(1, (totalSteps + restarts) / (restarts + 1)))
        case .constant: .constant(rate: peak)
        }
    }
}
