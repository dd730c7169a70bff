import CKernels
import Foundation
import Tensors

/// The running means that Adam and AdamW share (Kingma & Ba 2015, algorithm 1).
struct MomentEstimates {
    let beta1: Double
    let beta2: Double
    let epsilon: Double
    /// Steps taken, t.
    var step = 0
    let first: Buffer
    let second: Buffer

    init(count: Int, beta1: Double, beta2: Double, epsilon: Double) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        first = Buffer(count: count)
        second = Buffer(count: count)
    }

    /// `decay` multiplies the parameters; `penalty` times the parameters is added to the gradient.
    func update(
        _ parameters: Buffer, gradients: Buffer, learningRate: Double, gradientScale: Double,
        decay: Double, penalty: Double
    ) {
        precondition(
            parameters.count == first.count && gradients.count == first.count,
            "\(parameters.count) parameters for an optimiser of \(first.count)")
        precondition(step > 0, "beginStep() comes before update()")
        let correction1 = 1 - pow(beta1, Double(step))
        let correction2 = 1 - pow(beta2, Double(step))
        let constants = vk_adamw_step(
            step_size: Float(learningRate / correction1),
            root_scale: Float(1 / correction2.squareRoot()), decay: Float(decay),
            beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon),
            gradient_scale: Float(gradientScale), penalty: Float(penalty))
        vk_adamw(
            constants, parameters.pointer, gradients.pointer, first.pointer, second.pointer,
            parameters.count)
    }

    var named: [(name: String, values: Buffer)] {
        [("first_moment", first), ("second_moment", second)]
    }
}
