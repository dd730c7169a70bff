import Foundation

/// The learning rate of each optimiser step.
public enum LearningRateSchedule: Sendable, Hashable {
    /// The same at every step.
    case constant(rate: Double)
    /// Smith & Topin 2019 with cosine arcs, as `torch.optim.lr_scheduler.OneCycleLR`: of the learning rate alone
    /// (`cycle_momentum=False`): up from
    /// peak / 25 over the first 30 % of the steps, then down to peak / 250,000.
    case oneCycle(peak: Double, totalSteps: Int)
    /// Loshchilov & Hutter 2017, eq. 5, as `torch.optim.lr_scheduler.CosineAnnealingWarmRestarts`: a cosine from
    /// `peak` towards `minimum` over `firstCycle` steps, then again, each cycle `factor` times as long
    /// as the one before.
    case cosineRestarts(peak: Double, firstCycle: Int, factor: Int = 1, minimum: Double = 0)

    /// The rate of step `step`, counted from 0.
    public func rate(at step: Int) -> Double {
        switch self {
        case .constant(let rate):
            return rate
        case .oneCycle(let peak, let totalSteps):
            let start = peak / 25
            let end = start / 1e4
            let top = 0.3 * Double(totalSteps) - 1
            let last = Double(max(totalSteps - 1, 1))
            let now = Double(step)
            if now <= top { return cosine(from: start, to: peak, at: now / max(top, 1)) }
            return cosine(from: peak, to: end, at: min(1, (now - top) / (last - top)))
        case .cosineRestarts(let peak, let firstCycle, let factor, let minimum):
            var (length, now) = (max(firstCycle, 1), step)
            while now >= length {
                now -= length
                length *= max(factor, 1)
            }
            return cosine(from: peak, to: minimum, at: Double(now) / Double(length))
        }
    }

    private func cosine(from: Double, to: Double, at fraction: Double) -> Double {
        to + (from - to) / 2 * (1 + cos(.pi * fraction))
    }
}
