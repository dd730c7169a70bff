import Tensors

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2), as `torch.optim.AdamW`.
public struct AdamW: Optimizer {
    /// λ; a step multiplies the parameters by 1 − learning rate · λ.
    public let weightDecay: Double
    private var estimates: MomentEstimates

    /// An optimiser for `count` numbers with moments at zero.
    public init(
        count: Int, weightDecay: Double = 1e-4, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8
    ) {
        self.weightDecay = weightDecay
        estimates = MomentEstimates(count: count, beta1: beta1, beta2: beta2, epsilon: epsilon)
    }

    /// Steps taken, t.
    public var step: Int { estimates.step }
    /// m, the running mean of the gradient.
    public var firstMoments: Buffer { estimates.first }
    /// v, the running mean of the squared gradient.
    public var secondMoments: Buffer { estimates.second }
    /// m and v.
    public var moments: [(name: String, values: Buffer)] { estimates.named }

    /// Starts the next step t; the bias corrections belong to it.
    public mutating func beginStep() { estimates.step += 1 }

    /// Moves `parameters` against `gradientScale` · `gradients`.
    public func update(
        _ parameters: Buffer, gradients: Buffer, learningRate: Double, gradientScale: Double
    ) {
        estimates.update(
            parameters, gradients: gradients, learningRate: learningRate,
            gradientScale: gradientScale, decay: 1 - learningRate * weightDecay, penalty: 0)
    }

    /// Continues after `step` steps with moments that were copied in.
    public mutating func resume(after step: Int) { estimates.step = step }
}
