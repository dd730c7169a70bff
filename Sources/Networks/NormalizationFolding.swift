import Tensors

/// Weight, bias and ReLU of one layer at inference, the normalisation after it folded in.
package struct FoldedLayer {
    package let stage: NetworkDescription.Stage
    /// As in PyTorch: `[out, in, k, k]`, `[in, out, k, k]` when transposed, `[out, in]` when linear.
    package var weight: Tensor
    /// One a channel or row that comes out.
    package var bias: [Float]
    package var relu = false
}

/// What a network does at inference: layers with weights that took over what follows them, and the rest.
package enum InferenceStage {
    /// Weights with the normalisation and ReLU after them.
    case folded(FoldedLayer)
    /// A layer of its own: what is left when nothing with weights stands before it.
    case plain(NetworkDescription.Stage)
}

extension NetworkDescription {
    /// The network at inference: y = γ (Wx + b − μ) / √(σ² + ε) + β is one layer with weight
    /// W·s and bias (b − μ)·s + β, where s = γ / √(σ² + ε). Dropout is gone.
    package func inferenceStages(_ tensors: NamedTensors) throws -> [InferenceStage] {
        var result: [InferenceStage] = []
        for stage in stages {
            switch (stage.layer, result.last) {
            case (.convolution, _), (.transposedConvolution, _), (.linear, _):
                result.append(.folded(try FoldedLayer(stage, tensors)))
            case (.batchNormalization, .folded(var layer)) where !layer.relu:
                try layer.fold(stage.parameters.map(tensors.tensor(for:)))
                result[result.count - 1] = .folded(layer)
            case (.relu, .folded(var layer)):
                layer.relu = true
                result[result.count - 1] = .folded(layer)
            case (.dropout, _):
                continue
            default:
                result.append(.plain(stage))
            }
        }
        return result
    }

    /// The stages of a network in which every normalisation and ReLU follows a layer with weights.
    package func folded(_ tensors: NamedTensors) throws -> [FoldedLayer] {
        try inferenceStages(tensors).map { stage in
            switch stage {
            case .folded(let layer): return layer
            case .plain(let stage):
                preconditionFailure("\(stage.name) cannot be folded into a layer with weights")
            }
        }
    }
}

extension FoldedLayer {
    /// The layer's own numbers; a bias that is not there is zero.
    fileprivate init(_ stage: NetworkDescription.Stage, _ tensors: NamedTensors) throws {
        let own = stage.parameters
        let weights = own.filter { $0.role == .weight }
        let biases = own.filter { $0.role != .weight }
        let values = try weights.flatMap { try tensors.tensor(for: $0).values }
        let first = weights.reduce(0) { $0 + $1.shape[0] }
        self.stage = stage
        weight = Tensor(Shape([first] + weights[0].shape.sizes.dropFirst()), values)
        bias = try biases.flatMap { try tensors.tensor(for: $0).values }
        if biases.isEmpty {
            bias = Array(repeating: 0, count: isTransposed ? weight.shape[1] : first)
        }
    }

    private var isTransposed: Bool {
        if case .transposedConvolution = stage.layer { true } else { false }
    }

    /// `tensors`: scale, shift, running mean, running variance, one number a channel.
    fileprivate mutating func fold(_ tensors: [Tensor]) throws {
        let (scale, shift, mean, variance) = (tensors[0], tensors[1], tensors[2], tensors[3])
        let channels = scale.values.count
        let factors = (0..<channels).map {
            scale.values[$0] / (variance.values[$0] + NormalizationOperation.epsilon).squareRoot()
        }
        let axis = isTransposed ? 1 : 0
        let inner = weight.shape.sizes.dropFirst(axis + 1).reduce(1, *)
        // A linear layer's rows are channels × positions; a normalisation sees channels.
        let rows = weight.shape[axis]
        let rowsPerChannel = rows / channels
        for index in weight.values.indices {
            weight.values[index] *= factors[index / inner % rows / rowsPerChannel]
        }
        for row in bias.indices {
            let channel = row / rowsPerChannel
            bias[row] =
                (bias[row] - mean.values[channel]) * factors[channel] + shift.values[channel]
        }
    }
}
