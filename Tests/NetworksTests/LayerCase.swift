import Networks
import TestSupport
import Testing

/// A small network of `Oracles/layers.json` with what PyTorch computes for it.
struct LayerCase: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let batch: Int
    let input: [Int]
    let layers: [Entry]
    let output: Probe
    let inputGradient: Probe
    let gradients: [String: Probe]
    /// Running mean and variance after one forward pass.
    let statistics: [String: Probe]
    /// Output at inference with those statistics.
    let inference: Probe

    var testDescription: String { "\(name), batch \(batch)" }

    static let all: [LayerCase] =
        (try? OracleFile.load("layers.json")) ?? []

    var network: NetworkDescription {
        NetworkDescription(
            input: FeatureShape(channels: input[0], height: input[1], width: input[2]),
            layers: layers.map { ($0.name, $0.layer) })
    }

    /// Layers at any depth.
    private var allLayers: [Entry] { layers.flatMap(\.withInnerLayers) }
    /// Whether a slope changes without a kink: a normalisation or a sigmoid.
    var isCurved: Bool {
        allLayers.contains {
            [.batchNormalization, .groupNormalization, .sigmoid].contains($0.kind)
        }
    }
    /// Whether there are only weights with a batch normalisation, a ReLU or both after them.
    var isPlainChain: Bool {
        let kinds = layers.map(\.kind)
        let weights: [Entry.Kind] = [.convolution, .transposedConvolution, .linear, .heads]
        let pairs = zip([.relu] + kinds, kinds)
        return pairs.allSatisfy { before, kind in
            switch kind {
            case .batchNormalization: weights.contains(before)
            case .relu: weights.contains(before) || before == .batchNormalization
            default: weights.contains(kind)
            }
        } && weights.contains(kinds[0])
    }
    /// Whether a trained bias stands before a normalisation.
    var hasCancelledBias: Bool {
        zip(layers, layers.dropFirst()).contains {
            $0.bias == "trained" && $1.kind == .batchNormalization
        }
    }
    var hasKink: Bool { allLayers.contains { $0.kind == .relu } }

    /// The batch's input, from the same formula as in the script.
    var inputValues: [Float] { Wave.values(batch * network.input.count, phase: 0.5) }

    /// ∂loss/∂output, from the same formula as in the script.
    var outputGradientValues: [Float] {
        Wave.values(batch * network.output.count, phase: 100)
    }

    /// A layer as the script writes it down.
    struct Entry: Decodable, Sendable {
        enum Kind: String, Decodable, Sendable {
            case convolution, transposedConvolution, linear, heads, batchNormalization, relu
            case groupNormalization, sigmoid, dropout, bilinearResize, residual
        }
        struct Part: Decodable, Sendable {
            let name: String
            let rows: Int
        }
        let kind: Kind
        let name: String
        let out: Int?
        let kernel: Int?
        let stride: Int?
        let padding: Int?
        let height: Int?
        let width: Int?
        let bias: String?
        let parts: [Part]?
        let groups: Int?
        let channels: Bool?
        let branch: [Entry]?
        let shortcut: [Entry]?

        /// The layer and those inside it.
        var withInnerLayers: [Entry] {
            [self] + ((branch ?? []) + (shortcut ?? [])).flatMap(\.withInnerLayers)
        }

        var layer: Layer {
            switch kind {
            case .convolution: .convolution(convolution)
            case .transposedConvolution: .transposedConvolution(convolution)
            case .linear:
                .linear(
                    Linear(
                        output: FeatureShape(
                            channels: out ?? 0, height: height ?? 0, width: width ?? 0),
                        bias: biasPlace))
            case .heads:
                .linear(
                    Linear(
                        parts: (parts ?? []).map { Linear.Part(name: $0.name, rows: $0.rows) }))
            case .batchNormalization: .batchNormalization
            case .relu: .relu
            case .groupNormalization: .groupNormalization(groups: groups ?? 0)
            case .sigmoid: .sigmoid
            case .dropout: .dropout(Dropout(rate: 0.25, dropsChannels: channels ?? false))
            case .bilinearResize: .bilinearResize(height: height ?? 0, width: width ?? 0)
            case .residual:
                .residual(
                    Residual(
                        branch: (branch ?? []).map { NamedLayer($0.name, $0.layer) },
                        shortcut: (shortcut ?? []).map { NamedLayer($0.name, $0.layer) }))
            }
        }

        private var biasPlace: Convolution.Bias {
            switch bias {
            case "absorbed": .absorbed
            case "none": .none
            default: .trained
            }
        }

        private var convolution: Convolution {
            Convolution(
                outChannels: out ?? 0, kernel: kernel ?? 0, stride: stride ?? 0,
                padding: padding ?? 0, outputHeight: height ?? 0, outputWidth: width ?? 0,
                bias: biasPlace)
        }
    }
}
