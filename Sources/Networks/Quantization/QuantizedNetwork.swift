import Tensors

/// A network at inference as a list of operations with weights of eight bits: small enough for a page, and
/// plain enough for an interpreter of a hundred lines.
///
/// Feature maps are `[height, width, channels]` throughout, unlike the engine's; weights are
/// `[kernel, kernel, in, out]`, so that an inner loop over output channels is contiguous. Weights and
/// numbers stand in the order of the operations, a residual's long way before its short one.
package struct QuantizedNetwork: Sendable {
    /// One operation; a chain of them is a network.
    package indirect enum Operation: Sendable, Equatable {
        /// A layer with weights.
        case weighted(Weighted)
        /// max(x, 0).
        case relu
        /// 1 / (1 + e⁻ˣ).
        case sigmoid
        /// The sum of two ways; the short one is empty for the input itself.
        case residual(branch: [Operation], shortcut: [Operation])
    }

    /// A layer with weights of eight bits, a scale and a bias for each channel or row that comes out.
    package struct Weighted: Sendable, Equatable {
        /// What is computed.
        package let kind: Kind
        /// What comes out.
        package let output: FeatureShape
        /// Whether max(x, 0) follows.
        package let relu: Bool
        /// The kernel of a convolution, nil for a product with all that goes in.
        package let convolution: Convolution?
    }

    /// The layers that have weights; raw values are the words of a page.
    package enum Kind: String, Sendable {
        /// A convolution.
        case convolution = "conv"
        /// A transposed convolution.
        case transposedConvolution = "deconv"
        /// A product with all that goes in.
        case linear
    }

    /// The operations in order.
    package private(set) var operations: [Operation] = []
    /// Weights of all layers.
    package private(set) var weights: [Int8]
    /// Scales and then biases of each layer.
    package private(set) var numbers: [Float]
    /// The network's tensors with the rounded weights put in, for the engine: normalisations do nothing
    /// but add what the layer before them adds here.
    package private(set) var rounded: NamedTensors

    /// Rounds each output channel to −127 … 127 of its largest weight. `after` says what an earlier
    /// network stored already. Throws `NotPortable`.
    package init(
        _ network: NetworkDescription, _ tensors: NamedTensors, after: QuantizedNetwork? = nil
    ) throws {
        weights = after?.weights ?? []
        numbers = after?.numbers ?? []
        rounded = after?.rounded ?? NamedTensors()
        operations = try chain(network, tensors)
    }

    /// A layer that a page cannot compute.
    package struct NotPortable: Error, CustomStringConvertible {
        /// Which one.
        package let description: String
    }

    private mutating func chain(
        _ network: NetworkDescription, _ tensors: NamedTensors
    ) throws -> [Operation] {
        var result: [Operation] = []
        for stage in try network.inferenceStages(tensors) {
            switch stage {
            case .folded(let layer):
                result.append(store(layer, in: network))
            case .plain(let stage):
                result.append(try plain(stage, tensors))
            }
        }
        return result
    }

    private mutating func plain(
        _ stage: NetworkDescription.Stage, _ tensors: NamedTensors
    ) throws -> Operation {
        switch stage.layer {
        case .relu: return .relu
        case .sigmoid: return .sigmoid
        case .residual(let residual):
            func way(_ layers: [NamedLayer]) -> NetworkDescription {
                NetworkDescription(
                    input: stage.input,
                    layers: layers.map { (name: "\(stage.name).\($0.name)", layer: $0.layer) })
            }
            let branch = try chain(way(residual.branch), tensors)
            return .residual(
                branch: branch, shortcut: try chain(way(residual.shortcut), tensors))
        default: throw NotPortable(description: "\(stage.name) cannot be computed in a page")
        }
    }

    private mutating func store(_ layer: FoldedLayer, in network: NetworkDescription) -> Operation {
        let form = QuantizedForm(layer)
        var scales = [Float](repeating: 0, count: layer.bias.count)
        for (index, value) in layer.weight.values.enumerated() {
            let row = form.row(of: index)
            scales[row] = max(scales[row], abs(value))
        }
        scales = scales.map { $0 > 0 ? $0 / 127 : 1 }
        let steps = layer.weight.values.indices.map { index in
            let scaled = (layer.weight.values[index] / scales[form.row(of: index)]).rounded()
            return Int8(min(max(scaled, -127), 127))
        }
        weights += form.order.map { steps[$0] }
        numbers += form.rows.map { scales[$0] } + form.rows.map { layer.bias[$0] }
        let values = steps.indices.map { Float(steps[$0]) * scales[form.row(of: $0)] }
        keep(values, layer, in: network)
        return .weighted(
            Weighted(
                kind: form.kind, output: layer.stage.output, relu: layer.relu,
                convolution: form.convolution))
    }

    /// Puts a layer's rounded weights under the names that the engine looks for.
    private mutating func keep(
        _ values: [Float], _ layer: FoldedLayer, in network: NetworkDescription
    ) {
        let next = network.stages.firstIndex(of: layer.stage).map { $0 + 1 } ?? 0
        let normalization = network.stages.indices.contains(next) ? network.stages[next] : nil
        let isNormalized = normalization?.layer == .batchNormalization
        var (weight, bias) = (0, 0)
        for parameter in layer.stage.parameters {
            let count = parameter.shape.count
            if parameter.role == .weight {
                rounded[parameter.name] = Tensor(
                    parameter.shape, Array(values[weight..<weight + count]))
                weight += count
            } else {
                let own =
                    isNormalized
                    ? [Float](repeating: 0, count: count) : Array(layer.bias[bias..<bias + count])
                rounded[parameter.name] = Tensor(parameter.shape, own)
                bias += count
            }
        }
        guard isNormalized, let normalization else { return }
        for parameter in normalization.parameters {
            rounded[parameter.name] = neutral(parameter, adding: layer.bias)
        }
    }

    /// A parameter of a normalisation that only adds: a layer's own bias is in `bias`.
    private func neutral(_ parameter: ParameterDescription, adding bias: [Float]) -> Tensor {
        let count = parameter.shape.count
        switch parameter.role {
        case .scale:
            let one = (1 + NormalizationOperation.epsilon).squareRoot()
            return Tensor(parameter.shape, repeating: one)
        case .shift:
            let step = bias.count / count
            return Tensor(parameter.shape, (0..<count).map { bias[$0 * step] })
        default:
            return Tensor(parameter.shape, repeating: parameter.role == .runningVariance ? 1 : 0)
        }
    }
}
