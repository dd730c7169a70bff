import Tensors

/// Moves a plan's parameters against their gradients, one step after the other.
///
/// Works on flat buffers in whatever layout the plan chose; its moments lie in the same layout.
public protocol Optimizer {
    /// Steps taken, t.
    var step: Int { get }
    /// What it remembers from step to step, under names for a checkpoint; as long as the parameters.
    var moments: [(name: String, values: Buffer)] { get }
    /// Starts the next step t.
    mutating func beginStep()
    /// Moves `parameters` against `gradientScale` · `gradients`; both are as long as the moments.
    func update(
        _ parameters: Buffer, gradients: Buffer, learningRate: Double, gradientScale: Double)
    /// Continues after `step` steps with moments that were copied in.
    mutating func resume(after step: Int)
}

extension Optimizer {
    /// Moves `parameters` against `gradients` as they are.
    public func update(_ parameters: Buffer, gradients: Buffer, learningRate: Double) {
        update(parameters, gradients: gradients, learningRate: learningRate, gradientScale: 1)
    }
}
