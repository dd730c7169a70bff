import Tensors

/// A network whose statistics stand still, as one that can be trained: what inference does, with a way back
/// for gradients with respect to the input.
public struct FrozenNetwork: Sendable {
    /// The network without normalisations over batches and without dropout.
    public let network: NetworkDescription
    /// Its weights, with the normalisations folded in, under the same names.
    public let tensors: NamedTensors

    /// Folds `network` with the numbers in `tensors`; nil where a normalisation over batches does not
    /// follow a layer with weights. Throws `ParameterMismatch`.
    public init?(_ network: NetworkDescription, tensors: NamedTensors) throws {
        var folded = FoldedChain()
        guard try folded.add(network, tensors) else { return nil }
        self.network = NetworkDescription(input: network.input, layers: folded.layers)
        self.tensors = folded.tensors
    }
}

/// Layers under their full names, with their tensors.
private struct FoldedChain {
    var layers: [(name: String, layer: Layer)] = []
    var tensors = NamedTensors()

    /// Adds a chain; false where it cannot be folded.
    mutating func add(_ network: NetworkDescription, _ all: NamedTensors) throws -> Bool {
        for stage in try network.inferenceStages(all) {
            switch stage {
            case .folded(let layer): add(layer)
            case .plain(let stage):
                guard try add(stage, all) else { return false }
            }
        }
        return true
    }

    private mutating func add(_ folded: FoldedLayer) {
        let name = folded.stage.name
        layers.append((name, folded.stage.layer.withOwnBias))
        tensors["\(name).weight"] = folded.weight
        tensors["\(name).bias"] = Tensor([folded.bias.count], folded.bias)
        if folded.relu { layers.append(("\(name)_relu", .relu)) }
    }

    private mutating func add(
        _ stage: NetworkDescription.Stage, _ all: NamedTensors
    ) throws -> Bool {
        switch stage.layer {
        case .batchNormalization: return false
        case .residual(let residual):
            let ways = residual.ways(from: stage.input, name: stage.name)
            guard let branch = try way(ways.branch, of: stage, all),
                let shortcut = try way(ways.shortcut, of: stage, all)
            else { return false }
            layers.append((stage.name, .residual(Residual(branch: branch, shortcut: shortcut))))
        default:
            layers.append((stage.name, stage.layer))
            for parameter in stage.parameters {
                tensors[parameter.name] = try all.tensor(for: parameter)
            }
        }
        return true
    }

    /// One way of a residual layer, its names below the layer's; nil where it cannot be folded.
    private mutating func way(
        _ network: NetworkDescription, of stage: NetworkDescription.Stage, _ all: NamedTensors
    ) throws -> [NamedLayer]? {
        var chain = FoldedChain()
        guard try chain.add(network, all) else { return nil }
        for (name, tensor) in chain.tensors.entries { tensors[name] = tensor }
        return chain.layers.map {
            NamedLayer(String($0.name.dropFirst(stage.name.count + 1)), $0.layer)
        }
    }
}

extension Layer {
    /// The same layer with a bias of its own.
    fileprivate var withOwnBias: Layer {
        switch self {
        case .convolution(let c): .convolution(c.withOwnBias)
        case .transposedConvolution(let c): .transposedConvolution(c.withOwnBias)
        case .linear(let linear): .linear(Linear(output: linear.output))
        default: self
        }
    }
}

extension Convolution {
    fileprivate var withOwnBias: Convolution {
        Convolution(
            outChannels: outChannels, kernel: kernel, stride: stride, padding: padding,
            outputHeight: outputHeight, outputWidth: outputWidth, bias: .trained)
    }
}
