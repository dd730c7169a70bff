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
    /// Output at inference with those statistics; nil where no layer is there to fold into.
    let inference: Probe?

    var testDescription: String { "\(name), batch \(batch)" }

    static let all: [LayerCase] =
        (try? OracleFile.load("layers.json")) ?? []

    var network: NetworkDescription {
        NetworkDescription(
            input: FeatureShape(channels: input[0], height: input[1], width: input[2]),
            layers: layers.map { ($0.name, $0.layer) })
    }

    var hasNormalization: Bool { layers.contains { $0.kind == .batchNormalization } }
    /// Whether an inference plan has something to fold normalisations into.
    var beginsWithWeights: Bool { inference != nil }
    /// Whether a trained bias stands before a normalisation.
    var hasCancelledBias: Bool {
        zip(layers, layers.dropFirst()).contains {
            $0.bias == "trained" && $1.kind == .batchNormalization
        }
    }
    var hasKink: Bool { layers.contains { $0.kind == .relu } }

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
            }
        }

        private var biasPlace: Convolution.Bias { bias == "absorbed" ? .absorbed : .trained }

        private var convolution: Convolution {
            Convolution(
                outChannels: out ?? 0, kernel: kernel ?? 0, stride: stride ?? 0,
                padding: padding ?? 0, outputHeight: height ?? 0, outputWidth: width ?? 0,
                bias: biasPlace)
        }
    }
}
