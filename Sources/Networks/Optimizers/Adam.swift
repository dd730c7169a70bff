import Tensors

/// Adam (Kingma & Ba 2015) with an L2 penalty in the gradient, as `torch.optim.Adam`.
public struct Adam: Optimizer {
    /// λ; λ times the parameters is added to the gradient.
    public let weightDecay: Double
    private var estimates: MomentEstimates

    /// An optimiser for `count` numbers with moments at zero.
    public init(
        count: Int, weightDecay: Double = 0, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8
    ) {
        self.weightDecay = weightDecay
        estimates = MomentEstimates(count: count, beta1: beta1, beta2: beta2, epsilon: epsilon)
    }

    /// Steps taken, t.
    public var step: Int { estimates.step }
    /// The running means of the gradient and of its square.
    public var moments: [(name: String, values: Buffer)] { estimates.named }

    /// Starts the next step t; the bias corrections belong to it.
    public mutating func beginStep() { estimates.step += 1 }

    /// Moves `parameters` against `gradientScale` · `gradients`.
    public func update(
        _ parameters: Buffer, gradients: Buffer, learningRate: Double, gradientScale: Double
    ) {
        estimates.update(
            parameters, gradients: gradients, learningRate: learningRate,
            gradientScale: gradientScale, decay: 1, penalty: weightDecay)
    }

    /// Continues after `step` steps with moments that were copied in.
    public mutating func resume(after step: Int) { estimates.step = step }
}
