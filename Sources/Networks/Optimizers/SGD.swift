import CKernels
import Tensors

/// Gradient descent with momentum (Sutskever et al. 2013) and an L2 penalty, as `torch.optim.SGD`.
public struct SGD: Optimizer {
    /// Decay of the velocity; 0 for plain descent.
    public let momentum: Double
    /// λ; λ times the parameters is added to the gradient.
    public let weightDecay: Double
    /// Steps taken.
    public private(set) var step = 0
    /// Running sum of the gradients.
    public let velocity: Buffer

    /// An optimiser for `count` numbers at rest.
    public init(count: Int, momentum: Double = 0.9, weightDecay: Double = 0) {
        self.momentum = momentum
        self.weightDecay = weightDecay
        velocity = Buffer(count: count)
    }

    /// The velocity.
    public var moments: [(name: String, values: Buffer)] { [("velocity", velocity)] }

    /// Starts the next step.
    public mutating func beginStep() { step += 1 }

    /// Moves `parameters` against `gradientScale` · `gradients`.
    public func update(
        _ parameters: Buffer, gradients: Buffer, learningRate: Double, gradientScale: Double
    ) {
        precondition(
            parameters.count == velocity.count && gradients.count == velocity.count,
            "\(parameters.count) parameters for an optimiser of \(velocity.count)")
        let constants = vk_descent_step(
            rate: Float(learningRate), momentum: Float(momentum),
            gradient_scale: Float(gradientScale), penalty: Float(weightDecay))
        vk_descent(
            constants, parameters.pointer, gradients.pointer, velocity.pointer, parameters.count)
    }

    /// Continues after `step` steps with a velocity that was copied in.
    public mutating func resume(after step: Int) { self.step = step }
}
