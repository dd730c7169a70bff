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

extension NetworkDescription {
    /// The network at inference: y = γ (Wx + b − μ) / √(σ² + ε) + β is one layer with weight
    /// W·s and bias (b − μ)·s + β, where s = γ / √(σ² + ε).
    ///
    /// A normalisation or ReLU must follow a layer with weights.
    package func folded(_ tensors: NamedTensors) throws -> [FoldedLayer] {
        var layers: [FoldedLayer] = []
        for stage in stages {
            switch stage.layer {
            case .convolution, .transposedConvolution, .linear:
                let own = stage.parameters
                let weights = own.filter { $0.role == .weight }
                let biases = own.filter { $0.role != .weight }
                let values = try weights.flatMap { try tensors.tensor(for: $0).values }
                let rows = weights.reduce(0) { $0 + $1.shape[0] }
                let shape = Shape([rows] + weights[0].shape.sizes.dropFirst())
                layers.append(
                    FoldedLayer(
                        stage: stage, weight: Tensor(shape, values),
                        bias: try biases.flatMap { try tensors.tensor(for: $0).values }))
            case .batchNormalization:
                precondition(
                    layers.last?.relu == false, "\(stage.name) does not follow a layer with weights"
                )
                try layers[layers.count - 1].fold(stage.parameters.map(tensors.tensor(for:)))
            case .relu:
                layers[layers.count - 1].relu = true
            default:
                preconditionFailure("\(stage.name) cannot be folded into a layer with weights")
            }
        }
        return layers
    }
}

extension FoldedLayer {
    /// `tensors`: scale, shift, running mean, running variance, one number a channel.
    fileprivate mutating func fold(_ tensors: [Tensor]) throws {
        let (scale, shift, mean, variance) = (tensors[0], tensors[1], tensors[2], tensors[3])
        let channels = scale.values.count
        let factors = (0..<channels).map {
            scale.values[$0] / (variance.values[$0] + NormalizationOperation.epsilon).squareRoot()
        }
        let isTransposed = if case .transposedConvolution = stage.layer { true } else { false }
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
