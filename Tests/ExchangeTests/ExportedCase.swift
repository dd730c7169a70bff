import Exchange
import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// A small model whose ONNX files onnxruntime has run: `Oracles/onnx_numbers.py`.
struct ExportedCase: Sendable, CustomTestStringConvertible {
    /// Also what its files are called.
    let name: String
    let model: VAEDescription

    var testDescription: String { name }

    /// Images that go through at a time.
    static let batch = 3

    static let all: [ExportedCase] =
        [
            ExportedCase("conv", .convolutional, [1, 12, 12], PixelModel()),
            ExportedCase(
                "conv-odd", .convolutional, [3, 9, 11], PixelModel(.gaussian, range: .minusOneOne)),
            ExportedCase(
                "resnet", .residual, [3, 10, 10], PixelModel(.fixedGaussian, range: .minusOneOne)),
            ExportedCase("resnet-odd", .residual, [1, 9, 9], PixelModel(.laplace)),
            ExportedCase(
                "mlp", .multilayerPerceptron, [1, 5, 7], PixelModel(.continuousBernoulli)),
            ExportedCase(
                "conv-logistic", .convolutional, [1, 8, 8], PixelModel(.discretizedLogistic)),
            ExportedCase(
                "conv-logistic-symmetric", .convolutional, [1, 8, 8],
                PixelModel(.discretizedLogistic, range: .minusOneOne)),
        ] + [otherLayers]

    private enum Kind { case convolutional, residual, multilayerPerceptron }

    private init(_ name: String, _ kind: Kind, _ sizes: [Int], _ pixels: PixelModel) {
        let image = FeatureShape(channels: sizes[0], height: sizes[1], width: sizes[2])
        self.name = name
        model =
            switch kind {
            case .convolutional:
                .convolutional(image: image, base: 2, latentSize: 3, pixels: pixels)
            case .residual: .residual(image: image, base: 2, latentSize: 3, pixels: pixels)
            case .multilayerPerceptron:
                .multilayerPerceptron(image: image, latentSize: 3, pixels: pixels)
            }
    }

    private init(_ name: String, _ model: VAEDescription) {
        (self.name, self.model) = (name, model)
    }

    /// Layers that the three models do not have: groups, a resize, a sigmoid, a normalisation that follows
    /// no weights, a sum with the input itself.
    private static var otherLayers: ExportedCase {
        let image = FeatureShape(channels: 2, height: 5, width: 6)
        func keeping(_ bias: Convolution.Bias) -> Layer {
            .convolution(
                Convolution(
                    outChannels: 4, kernel: 3, stride: 1, padding: 1, outputHeight: 5,
                    outputWidth: 6, bias: bias))
        }
        let branch = [
            NamedLayer("conv", keeping(.none)), NamedLayer("norm", .groupNormalization(groups: 4)),
        ]
        let parts = [Linear.Part(name: "mean", rows: 2), Linear.Part(name: "logvar", rows: 2)]
        let encoder = NetworkDescription(
            input: image,
            layers: [
                ("norm0", .batchNormalization), ("conv", keeping(.trained)),
                ("norm1", .groupNormalization(groups: 2)), ("relu", .relu),
                ("drop", .dropout(Dropout(rate: 0.5))),
                ("block", .residual(Residual(branch: branch))), ("relu2", .relu),
                ("heads", .linear(Linear(parts: parts))),
            ])
        let decoder = NetworkDescription(
            input: FeatureShape(channels: 2),
            layers: [
                ("gate", .sigmoid),
                (
                    "project",
                    .linear(Linear(output: FeatureShape(channels: 2, height: 2, width: 3)))
                ),
                ("norm2", .groupNormalization(groups: 1)),
                ("resize", .bilinearResize(height: 5, width: 6)),
            ])
        return ExportedCase(
            "other-layers", VAEDescription(name: "other", encoder: encoder, decoder: decoder))
    }
}

extension ExportedCase {
    /// Numbers that come from no library's functions, so that files have the same bytes everywhere.
    var tensors: NamedTensors {
        let source = RandomSource(seed: 11)
        var tensors = NamedTensors()
        for (index, parameter) in model.parameters.enumerated() {
            let (low, high): (Float, Float) =
                switch parameter.role {
                case .weight: (-0.4, 0.4)
                case .scale, .runningVariance: (0.6, 1.8)
                case .bias, .absorbedBias, .shift, .runningMean: (-0.3, 0.3)
                }
            let uniform = source.uniform(parameter.shape.count, for: .weights, step: UInt64(index))
            tensors[parameter.name] = Tensor(
                parameter.shape, uniform.map { low + (high - low) * $0 })
        }
        if model.pixels.likelihood.learnsScale {
            tensors[PixelScale.tensorName] = Tensor([1], [-1.5])
        }
        return tensors
    }

    /// Images in 0 … 1; the same numbers in `onnx_numbers.py`.
    var images: [Float] {
        Wave.values(Self.batch * model.image.count, phase: 0.3, scale: 0.5, offset: 0.5)
    }

    /// Codes, some of them far out; the same numbers in `onnx_numbers.py`.
    var codes: [Float] { Wave.values(Self.batch * model.latentSize, phase: 1, scale: 4) }

    func encoder() throws -> ONNXFile {
        try .encoder(of: model, tensors: tensors, facts: facts())
    }

    func decoder() throws -> ONNXFile {
        try .decoder(of: model, tensors: tensors, facts: facts())
    }

    private func facts() throws -> ModelFacts {
        try ModelFacts(
            model, scale: model.pixels.likelihood.learnsScale ? 0.25 : nil, run: "main",
            dataset: "Waves", datasetDigest: "d", classNames: ["up", "down"],
            config: ["seed": "3"], weightsDigest: "w", toolVersion: "test")
    }
}
