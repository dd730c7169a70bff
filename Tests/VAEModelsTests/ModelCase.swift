import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// A model of `Oracles/models.json` with what PyTorch's peer computes for it.
struct ModelCase: Decodable, Sendable, CustomTestStringConvertible {
    struct Inference: Decodable, Sendable {
        let logits: Probe
        let heads: Probe
        let reconstruction: Double
        let kl: Double
    }
    struct Trajectory: Decodable, Sendable {
        /// Reconstruction and KL before each step.
        let losses: [[Double]]
        let tensors: [String: Probe]
    }
    enum Kind: String, Decodable, Sendable {
        case conv, resnet, mlp
    }
    let kind: Kind
    let size: Int
    let channels: Int
    let base: Int
    let latent: Int
    let batch: Int
    let beta: Float
    let names: [String]
    let shapes: [[Int]]
    let roles: [String]
    let reconstruction: Double
    let kl: Double
    let logits: Probe
    let heads: Probe
    let gradients: [String: Probe]
    let statistics: [String: Probe]
    let inference: Inference
    let trajectory: Trajectory

    var testDescription: String { "\(kind) \(size)×\(size)×\(channels), base \(base)" }

    static let all: [ModelCase] = (try? OracleFile.load("models.json")) ?? []

    var model: VAEDescription {
        let image = FeatureShape(channels: channels, height: size, width: size)
        return switch kind {
        case .conv: .convolutional(image: image, base: base, latentSize: latent)
        case .resnet: .residual(image: image, base: base, latentSize: latent)
        case .mlp: .multilayerPerceptron(image: image, latentSize: latent)
        }
    }

    /// The weights that the script starts from.
    var tensors: NamedTensors { model.testTensors }

    /// Two convolutions and three normalisations over few images a block lose some digits.
    var gradientTolerance: Double { kind == .resnet ? 5e-4 : 1e-4 }

    /// Images and noise of step `step`.
    func write(to plan: VAETrainingPlan, step: Int) {
        plan.images.write(images(step: step))
        plan.noise.write(noise(step: step))
    }

    func images(step: Int) -> [Float] {
        Wave.values(
            batch * model.image.count, phase: Double(50 + step), scale: 0.5, offset: 0.5)
    }

    func noise(step: Int) -> [Float] {
        Wave.values(batch * latent, phase: Double(200 + step))
    }
}

extension VAEDescription {
    /// The tests' initial numbers.
    var testTensors: NamedTensors { .tests(parameters) }
}

extension NetworkDescription {
    /// The tests' initial numbers.
    var testTensors: NamedTensors { .tests(parameters) }
}

extension NamedTensors {
    fileprivate static func tests(_ parameters: [ParameterDescription]) -> NamedTensors {
        var tensors = NamedTensors()
        for (index, parameter) in parameters.enumerated() {
            tensors[parameter.name] = parameter.testValues(index: index)
        }
        return tensors
    }
}

extension ParameterDescription {
    /// The tests' initial numbers, from the same formula as in `Oracles/models.py`.
    func testValues(index: Int) -> Tensor {
        let (scale, offset): (Float, Float) =
            switch role {
            case .weight: (0.15, 0)
            case .bias: (0.1, 0)
            case .absorbedBias: (0, 0)
            case .scale: (0.2, 1)
            case .shift: (0.1, 0)
            case .runningMean: (0.1, 0)
            case .runningVariance: (0.3, 1)
            }
        return Tensor(
            shape,
            Wave.values(shape.count, phase: Double(1 + index), scale: scale, offset: offset))
    }
}
