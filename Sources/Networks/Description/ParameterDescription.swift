import Tensors

/// A tensor of the state dictionary: its name, shape and part in the layer.
public struct ParameterDescription: Sendable, Hashable {
    /// Name as in PyTorch's `state_dict()`, such as `encoder.conv1.weight`.
    public let name: String
    /// Shape as in PyTorch.
    public let shape: Shape
    /// What the layer does with it.
    public let role: Role

    /// What a layer does with a tensor.
    public enum Role: Sendable, Hashable {
        /// Multiplies; Xavier-uniform at first (Glorot & Bengio 2010).
        case weight
        /// Adds; zero at first.
        case bias
        /// A bias that a normalisation would cancel; stays zero.
        case absorbedBias
        /// γ of a normalisation; one at first.
        case scale
        /// β of a normalisation; zero at first.
        case shift
        /// Running mean of a normalisation; zero at first.
        case runningMean
        /// Running variance of a normalisation; one at first.
        case runningVariance
    }

    /// Whether an optimiser changes it.
    public var isTrained: Bool {
        switch role {
        case .weight, .bias, .scale, .shift: true
        case .absorbedBias, .runningMean, .runningVariance: false
        }
    }
}

extension NetworkDescription.Stage {
    /// The layer's tensors, in PyTorch's order.
    public var parameters: [ParameterDescription] {
        switch layer {
        case .convolution(let c):
            let weight: Shape = [c.outChannels, input.channels, c.kernel, c.kernel]
            return weightAndBias(name, weight, rows: c.outChannels, c.bias)
        case .transposedConvolution(let c):
            let weight: Shape = [input.channels, c.outChannels, c.kernel, c.kernel]
            return weightAndBias(name, weight, rows: c.outChannels, c.bias)
        case .linear(let linear):
            return linear.parts.flatMap { part in
                weightAndBias(
                    part.name.isEmpty ? name : part.name, [part.rows, input.count],
                    rows: part.rows, linear.bias)
            }
        case .batchNormalization:
            let roles: [(String, ParameterDescription.Role)] = [
                ("weight", .scale), ("bias", .shift), ("running_mean", .runningMean),
                ("running_var", .runningVariance),
            ]
            return roles.map { suffix, role in
                ParameterDescription(
                    name: "\(name).\(suffix)", shape: [input.channels], role: role)
            }
        case .groupNormalization:
            return [
                ParameterDescription(
                    name: "\(name).weight", shape: [input.channels], role: .scale),
                ParameterDescription(name: "\(name).bias", shape: [input.channels], role: .shift),
            ]
        case .residual(let residual):
            let ways = residual.ways(from: input, name: name)
            return ways.branch.parameters + ways.shortcut.parameters
        case .relu, .sigmoid, .dropout, .bilinearResize:
            return []
        }
    }

    private func weightAndBias(
        _ name: String, _ weight: Shape, rows: Int, _ bias: Convolution.Bias
    ) -> [ParameterDescription] {
        let weight = ParameterDescription(name: "\(name).weight", shape: weight, role: .weight)
        let role: ParameterDescription.Role
        switch bias {
        case .none: return [weight]
        case .trained: role = .bias
        case .absorbed: role = .absorbedBias
        }
        return [weight, ParameterDescription(name: "\(name).bias", shape: [rows], role: role)]
    }
}

extension NetworkDescription {
    /// Fresh parameters: Xavier-uniform weights, zero biases, unit scales. `firstIndex` numbers the
    /// random stream of the first tensor, so that several networks of a model draw apart.
    public func initialParameters(_ source: RandomSource, firstIndex: Int = 0) -> NamedTensors {
        var tensors = NamedTensors()
        for (index, parameter) in parameters.enumerated() {
            let step = UInt64(firstIndex + index)
            tensors[parameter.name] = parameter.initial(source, step: step)
        }
        return tensors
    }
}

extension ParameterDescription {
    func initial(_ source: RandomSource, step: UInt64) -> Tensor {
        switch role {
        case .weight:
            let area = shape.sizes.dropFirst(2).reduce(1, *)
            let fans = Float((shape[0] + shape[1]) * area)
            let limit = (6 / fans).squareRoot()
            let uniform = source.uniform(shape.count, for: .weights, step: step)
            return Tensor(shape, uniform.map { (2 * $0 - 1) * limit })
        case .scale, .runningVariance:
            return Tensor(shape, repeating: 1)
        case .bias, .absorbedBias, .shift, .runningMean:
            return Tensor(shape, repeating: 0)
        }
    }
}
