/// Which optimiser moves the weights.
public enum OptimizerChoice: Sendable, Hashable {
    /// Adam with decoupled weight decay (Loshchilov & Hutter 2019).
    case adamW
    /// Adam (Kingma & Ba 2015), weight decay added to the gradient.
    case adam
    /// Gradient descent with momentum, weight decay added to the gradient.
    case sgd(momentum: Double)

    /// The name for readers: "AdamW", "SGD with momentum 0.9".
    public var title: String {
        switch self {
        case .adamW: "AdamW"
        case .adam: "Adam"
        case .sgd(let momentum): "SGD with momentum \(momentum)"
        }
    }
}
