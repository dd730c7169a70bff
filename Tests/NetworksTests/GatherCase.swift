import Networks
import Tensors
import TestSupport
import Testing

/// A network of layers that gather-GEMM kernels join in one pass, for comparison with oneDNN's single ones.
struct GatherCase: Sendable, CustomTestStringConvertible {
    let name: String
    let batch: Int
    let network: NetworkDescription

    var testDescription: String { "\(name), \(network.input), batch \(batch)" }

    var inputValues: [Float] { Wave.values(batch * network.input.count, phase: 0.5) }
    var outputGradientValues: [Float] {
        Wave.values(batch * network.output.count, phase: 100)
    }

    static let all = dropouts + residuals + groups + endings

    private init(_ name: String, _ size: FeatureShape, batch: Int, _ layers: [Layer]) {
        self.name = name
        self.batch = batch
        network = NetworkDescription(
            input: size, layers: layers.enumerated().map { ("layer\($0)", $1) })
    }

    private static func convolution(
        _ channels: Int, from size: Int, kernel: Int = 3, stride: Int = 1,
        bias: Convolution.Bias = .absorbed
    ) -> Layer {
        let side = (size + stride - 1) / stride
        return .convolution(
            Convolution(
                outChannels: channels, kernel: kernel, stride: stride,
                padding: (kernel - 1) / 2, outputHeight: side, outputWidth: side, bias: bias))
    }

    private static func doubling(
        _ channels: Int, from size: Int, kernel: Int = 4, bias: Convolution.Bias = .absorbed
    ) -> Layer {
        .transposedConvolution(
            Convolution(
                outChannels: channels, kernel: kernel, stride: 2, padding: (kernel - 1) / 2,
                outputHeight: 2 * size, outputWidth: 2 * size, bias: bias))
    }

    private static func linear(_ rows: Int, bias: Convolution.Bias = .absorbed) -> Layer {
        .linear(Linear(output: FeatureShape(channels: rows), bias: bias))
    }

    private static func block(_ layers: [Layer], _ shortcut: [Layer]) -> Layer {
        .residual(
            Residual(
                branch: layers.enumerated().map { NamedLayer("branch\($0)", $1) },
                shortcut: shortcut.enumerated().map { NamedLayer("shortcut\($0)", $1) }))
    }

    private static let numbers = Layer.dropout(Dropout(rate: 0.2))
    private static let maps = Layer.dropout(Dropout(rate: 0.3, dropsChannels: true))

    private static let dropouts = [
        GatherCase(
            "multilayer perceptron", FeatureShape(channels: 1, height: 9, width: 9), batch: 130,
            [
                linear(70), .batchNormalization, .relu, numbers,
                linear(33), .batchNormalization, .relu, numbers, linear(5, bias: .trained),
            ]),
        GatherCase(
            "numbers of maps", FeatureShape(channels: 3, height: 8, width: 8), batch: 7,
            [
                convolution(37, from: 8, stride: 2), .batchNormalization, .relu, numbers,
                convolution(6, from: 4, bias: .trained), .relu, numbers,
                linear(11, bias: .trained), numbers,
            ]),
        GatherCase(
            "whole maps", FeatureShape(channels: 1, height: 11, width: 11), batch: 21,
            [
                convolution(40, from: 11, stride: 2), .batchNormalization, .relu, maps,
                convolution(8, from: 6, bias: .trained), maps, linear(3, bias: .trained),
            ]),
    ]

    private static func halving(_ channels: Int, from size: Int) -> Layer {
        block(
            [
                convolution(channels, from: size, stride: 2), .batchNormalization, .relu,
                convolution(channels, from: (size + 1) / 2), .batchNormalization,
            ],
            [convolution(channels, from: size, kernel: 1, stride: 2), .batchNormalization])
    }

    private static func growing(_ channels: Int, from size: Int) -> Layer {
        block(
            [
                doubling(channels, from: size), .batchNormalization, .relu,
                convolution(channels, from: 2 * size), .batchNormalization,
            ],
            [doubling(channels, from: size, kernel: 2), .batchNormalization])
    }

    private static let residuals = [
        GatherCase(
            "blocks from the border", FeatureShape(channels: 3, height: 33, width: 33), batch: 5,
            [halving(24, from: 33), .relu, halving(40, from: 17), .relu, linear(4, bias: .trained)]),
        GatherCase(
            "one block", FeatureShape(channels: 1, height: 10, width: 10), batch: 64,
            [halving(33, from: 10)]),
        GatherCase(
            "growing blocks", FeatureShape(channels: 35, height: 3, width: 3), batch: 18,
            [
                growing(34, from: 3), .relu, growing(8, from: 6), .relu,
                doubling(3, from: 12, bias: .trained),
            ]),
        GatherCase(
            "the input as shortcut, dropout", FeatureShape(channels: 2, height: 8, width: 8),
            batch: 9,
            [
                convolution(20, from: 8), .batchNormalization, .relu,
                block(
                    [
                        convolution(20, from: 8), .batchNormalization, .relu, numbers,
                        convolution(20, from: 8), .batchNormalization,
                    ], []), .relu, maps,
                block([convolution(20, from: 8), .batchNormalization], []),
                convolution(3, from: 8, bias: .trained),
            ]),
        GatherCase(
            "the network's input as shortcut", FeatureShape(channels: 20, height: 4, width: 4),
            batch: 33,
            [block([convolution(20, from: 4), .batchNormalization], []), .relu]),
    ]

    private static let groups = [
        GatherCase(
            "groups that straddle blocks", FeatureShape(channels: 1, height: 9, width: 9),
            batch: 6,
            [
                convolution(48, from: 9, bias: .none), .groupNormalization(groups: 2), .relu,
                maps, convolution(10, from: 9, stride: 2, bias: .none),
                .groupNormalization(groups: 5), .relu, linear(4, bias: .trained),
            ]),
        GatherCase(
            "a channel a group", FeatureShape(channels: 3, height: 8, width: 8), batch: 19,
            [convolution(6, from: 8, stride: 2, bias: .none), .groupNormalization(groups: 6)]),
    ]

    private static let endings = [
        GatherCase(
            "denoiser in little", FeatureShape(channels: 1, height: 7, width: 7), batch: 130,
            [
                convolution(16, from: 7, stride: 2, bias: .none), .groupNormalization(groups: 16),
                .relu, maps, doubling(8, from: 4, bias: .none), .groupNormalization(groups: 8),
                .relu, maps, convolution(1, from: 8, bias: .trained), .sigmoid,
                .bilinearResize(height: 7, width: 7),
            ]),
        GatherCase(
            "colours, larger", FeatureShape(channels: 40, height: 8, width: 8), batch: 1,
            [
                convolution(3, from: 8, bias: .trained),
                .bilinearResize(height: 13, width: 11), .sigmoid,
            ]),
    ]
}
