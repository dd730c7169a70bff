import Networks
import Testing
import VAEModels

@Suite struct RoundedModelTests {
    struct Size: Sendable, CustomTestStringConvertible {
        let name: String
        let image: FeatureShape
        let base: Int
        let latentSize: Int

        var testDescription: String { "\(name) \(image), base \(base), \(latentSize) numbers" }

        var model: VAEDescription {
            switch name {
            case "conv": .convolutional(image: image, base: base, latentSize: latentSize)
            case "resnet": .residual(image: image, base: base, latentSize: latentSize)
            default: .multilayerPerceptron(image: image, latentSize: latentSize)
            }
        }
    }

    private static let grey = FeatureShape(channels: 1, height: 28, width: 28)
    private static let colour = FeatureShape(channels: 3, height: 32, width: 32)

    static let sizes =
        ["conv", "resnet", "mlp"].flatMap { name in
            [grey, colour].map { Size(name: name, image: $0, base: 4, latentSize: 6) }
        } + [
            Size(name: "conv", image: grey, base: 32, latentSize: 32),
            Size(name: "conv", image: colour, base: 64, latentSize: 128),
        ]

    @Test(arguments: sizes)
    func `the engine makes nearly the same of rounded weights`(size: Size) throws {
        let model = size.model
        let tensors = model.initialParameters(seed: 3)
        let encoder = try QuantizedNetwork(model.encoder, tensors)
        let decoder = try QuantizedNetwork(model.decoder, tensors, after: encoder)
        let exact = try CompiledVAE(model, tensors: tensors, batch: 1)
        let rounded = try CompiledVAE(model, tensors: decoder.rounded, batch: 1)
        let code = (0..<size.latentSize).map { Float([0.5, -1, 2, 0, 1.5, -0.3][$0 % 6]) }
        let images = try (exact.reconstruct(code), rounded.reconstruct(code))
        #expect(zip(images.0, images.1).allSatisfy { abs($0 - $1) < 0.02 })
        let means = try (exact.encode(images.0).mean, rounded.encode(images.0).mean)
        #expect(zip(means.0, means.1).allSatisfy { abs($0 - $1) < 0.05 })
    }

    @Test func `MNIST's default model takes less than two megabytes`() throws {
        let model = VAEDescription.convolutional(image: Self.grey, base: 32, latentSize: 32)
        let tensors = model.initialParameters(seed: 0)
        let encoder = try QuantizedNetwork(model.encoder, tensors)
        let both = try QuantizedNetwork(model.decoder, tensors, after: encoder)
        #expect(both.weights.count + 4 * both.numbers.count < 2_000_000)
    }
}
