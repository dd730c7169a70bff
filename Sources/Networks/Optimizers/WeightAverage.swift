import CKernels
import Tensors

/// An exponential moving average of a plan's parameters, often better than the last ones
/// (Polyak & Juditsky 1992): after each step, average = decay · average + (1 − decay) · parameters.
public struct WeightAverage {
    /// Weight of the average so far.
    public let decay: Double
    /// The average, laid out as the plan's parameters; `TrainingPlan.named` gives it names.
    public let values: Buffer

    /// An average that starts at `parameters`.
    public init(of parameters: Buffer, decay: Double) {
        precondition(decay >= 0 && decay < 1, "a decay lies in 0 ..< 1: \(decay)")
        self.decay = decay
        values = Buffer(count: parameters.count)
        start(at: parameters)
    }

    /// Forgets what came before.
    public func start(at parameters: Buffer) {
        precondition(parameters.count == values.count, "\(parameters.count) of \(values.count)")
        values.pointer.update(from: parameters.pointer, count: values.count)
    }

    /// Takes the parameters of one more step in; a warm-up gives its own `decay`.
    public func update(_ parameters: Buffer, decay: Double? = nil) {
        precondition(parameters.count == values.count, "\(parameters.count) of \(values.count)")
        vk_average(
            values.pointer, parameters.pointer, Float(1 - (decay ?? self.decay)), values.count)
    }
}
