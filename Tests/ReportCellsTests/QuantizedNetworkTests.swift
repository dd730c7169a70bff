import Networks
import ReportCells
import Tensors
import Testing
import VAEModels

@Suite struct QuantizedNetworkTests {
    @Test func `each rounded weight is within half a step of its channel's largest`() throws {
        let network = NetworkDescription(
            input: FeatureShape(channels: 5),
            layers: [("a", .linear(Linear(output: FeatureShape(channels: 4)))), ("b", .relu)])
        let tensors = network.initialParameters(RandomSource(seed: 1))
        let quantized = try QuantizedNetwork(network, tensors)
        let exact = try #require(tensors["a.weight"]).values
        let rounded = try #require(quantized.rounded["a.weight"]).values
        for row in 0..<4 {
            let largest = exact[row * 5..<row * 5 + 5].map(abs).max() ?? 0
            for index in row * 5..<row * 5 + 5 {
                #expect(abs(exact[index] - rounded[index]) <= largest / 127 / 2 * 1.001)
            }
        }
        #expect(quantized.operations.map(\.op) == ["linear"])
        #expect(quantized.operations.first?.relu == true)
        #expect(quantized.weights.count == 20 && quantized.numbers.count == 8)
    }

    @Test func `positions come before channels in the page's order`() {
        #expect(FeatureShape(channels: 2, height: 1, width: 3).channelsLast == [0, 3, 1, 4, 2, 5])
    }

    @Test(arguments: ["conv", "resnet", "mlp"], [1, 3])
    func `the engine decodes nearly the same with rounded weights`(
        name: String, channels: Int
    ) throws {
        let image = FeatureShape(channels: channels, height: 28, width: 28)
        let model: VAEDescription =
            switch name {
            case "conv": .convolutional(image: image, base: 4, latentSize: 6)
            case "resnet": .residual(image: image, base: 4, latentSize: 6)
            default: .multilayerPerceptron(image: image, latentSize: 6)
            }
        let tensors = model.initialParameters(seed: 3)
        let encoder = try QuantizedNetwork(model.encoder, tensors)
        let decoder = try QuantizedNetwork(model.decoder, tensors, after: encoder)
        let exact = try CompiledVAE(model, tensors: tensors, batch: 1)
        let rounded = try CompiledVAE(model, tensors: decoder.rounded, batch: 1)
        let code: [Float] = [0.5, -1, 2, 0, 1.5, -0.3]
        let images = try (exact.reconstruct(code), rounded.reconstruct(code))
        #expect(zip(images.0, images.1).allSatisfy { abs($0 - $1) < 0.02 })
        let means = try (exact.encode(images.0).mean, rounded.encode(images.0).mean)
        #expect(zip(means.0, means.1).allSatisfy { abs($0 - $1) < 0.05 })
        #expect(encoder.operations.last?.op == "linear")
    }
}
