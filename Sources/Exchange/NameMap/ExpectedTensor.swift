import Networks
import Tensors
import VAEModels

/// A tensor that a model needs from a file.
package struct ExpectedTensor: Sendable, Equatable {
    /// Our name.
    package let name: String
    /// The shape it must have, axes of size 1 aside.
    package let shape: Shape
    /// What it is, in a word or two: "weight", "running mean".
    package let role: String
    /// What stands in where a file does not have it; nil where it must. Zeros for a bias that a
    /// normalisation cancels, which many files do not have.
    package var standIn: Tensor?
}

extension VAEDescription {
    /// All that a checkpoint must hold, in the state dictionary's order.
    package var expectedTensors: [ExpectedTensor] {
        let networks = parameters.map {
            ExpectedTensor(
                name: $0.name, shape: $0.shape, role: $0.role.words,
                standIn: $0.role == .absorbedBias ? Tensor($0.shape) : nil)
        }
        guard pixels.likelihood.learnsScale else { return networks }
        return networks + [
            ExpectedTensor(
                name: PixelScale.tensorName, shape: [1],
                role: "logarithm of the pixels' scale")
        ]
    }
}

extension ParameterDescription.Role {
    fileprivate var words: String {
        switch self {
        case .weight: "weight"
        case .bias: "bias"
        case .absorbedBias: "bias, cancelled by the normalisation"
        case .scale: "scale"
        case .shift: "shift"
        case .runningMean: "running mean"
        case .runningVariance: "running variance"
        }
    }
}
