import CKernels
import Foundation
import Tensors

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2), as `torch.optim.AdamW`.
///
/// Works on flat buffers in whatever layout the plan chose; its moments lie in the same layout.
public struct AdamW {
    /// Decay of the gradient's running mean.
    public var beta1: Double
    /// Decay of the squared gradient's running mean.
    public var beta2: Double
    /// Added to the root, so that nothing is divided by zero.
    public var epsilon: Double
    /// λ; a step multiplies the parameters by 1 − learning rate · λ.
    public var weightDecay: Double
    /// Steps taken, t.
    public internal(set) var step = 0
    /// m, the running mean of the gradient.
    public let firstMoments: Buffer
    /// v, the running mean of the squared gradient.
    public let secondMoments: Buffer

    /// An optimiser for `count` numbers with moments at zero.
    public init(
        count: Int, weightDecay: Double = 1e-4, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8
    ) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        firstMoments = Buffer(count: count)
        secondMoments = Buffer(count: count)
    }

    /// Starts the next step t; the bias corrections belong to it.
    public mutating func beginStep() {
        step += 1
    }

    /// Moves `parameters` against `gradients`; both are as long as the moments.
    public func update(_ parameters: Buffer, gradients: Buffer, learningRate: Double) {
        precondition(
            parameters.count == firstMoments.count && gradients.count == firstMoments.count,
            "\(parameters.count) parameters for an optimiser of \(firstMoments.count)")
        precondition(step > 0, "beginStep() comes before update()")
        let correction1 = 1 - pow(beta1, Double(step))
        let correction2 = 1 - pow(beta2, Double(step))
        let constants = vk_adamw_step(
            step_size: Float(learningRate / correction1),
            root_scale: Float(1 / correction2.squareRoot()),
            decay: Float(1 - learningRate * weightDecay),
            beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon))
        vk_adamw(
            constants, parameters.pointer, gradients.pointer, firstMoments.pointer,
            secondMoments.pointer, parameters.count)
    }

    /// Continues after `step` steps with moments that were copied in.
    public mutating func resume(after step: Int) {
        self.step = step
    }
}
