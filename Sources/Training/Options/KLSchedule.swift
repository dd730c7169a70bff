/// The weight β of the KL term at each optimiser step.
public struct KLSchedule: Sendable, Hashable {
    /// How the weight reaches its full value.
    public enum Shape: Sendable, Hashable {
        /// Full from the first step.
        case constant
        /// From 0 to full over so many epochs, then full (Bowman et al. 2016); fractions count.
        case linear(epochs: Double)
        /// So many equal cycles, in each of which the weight rises linearly from 0 to full over the
        /// fraction `ramp` and then stays full (Fu et al. 2019, eq. 6 and 7). The run's last step has
        /// the full weight whatever the ramp.
        case cyclical(cycles: Int, ramp: Double)
    }

    /// The full weight; with a target, the weight that the controller starts from.
    public var beta: Double
    /// How it is reached.
    public var shape: Shape
    /// The KL in nats per image that ``KLController`` steers to by moving β; nil for a fixed β.
    public var target: Double?

    /// A schedule; full from the first step unless said otherwise.
    public init(beta: Double = 1, shape: Shape = .constant, target: Double? = nil) {
        self.beta = beta
        self.shape = shape
        self.target = target
    }

    /// What part of β the step has, 0 … 1; steps are counted from 0.
    public func fraction(at step: Int, stepsPerEpoch: Int, totalSteps: Int) -> Double {
        switch shape {
        case .constant: return 1
        case .linear(let epochs):
            let warmUp = epochs * Double(stepsPerEpoch)
            return warmUp > 0 ? min(1, Double(step) / warmUp) : 1
        case .cyclical(let cycles, let ramp):
            guard step < totalSteps - 1, ramp > 0 else { return 1 }
            let place = Double(step * cycles % totalSteps) / Double(totalSteps)
            return min(1, place / ramp)
        }
    }

    /// β of a step as scheduled, without the controller.
    public func weight(at step: Int, stepsPerEpoch: Int, totalSteps: Int) -> Double {
        beta * fraction(at: step, stepsPerEpoch: stepsPerEpoch, totalSteps: totalSteps)
    }
}
