import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// The way back from pixels to codes through a decoder whose statistics stand still.
@Suite struct FrozenDecoderTests {
    private static let models = [
        VAEDescription.convolutional(
            image: FeatureShape(channels: 1, height: 12, width: 12), base: 4, latentSize: 3),
        .residual(image: FeatureShape(channels: 3, height: 8, width: 8), base: 4, latentSize: 2),
        .multilayerPerceptron(
            image: FeatureShape(channels: 1, height: 6, width: 6), latentSize: 3,
            pixels: PixelModel(.fixedGaussian)),
    ]

    /// Waves in the residual decoder leave its last ReLUs closed whatever the code: no slope to compare.
    private func tensors(_ model: VAEDescription) -> NamedTensors {
        model == Self.models[1] ? model.initialParameters(seed: 5) : model.testTensors
    }

    private func codes(_ model: VAEDescription) -> [Float] {
        Wave.values(10 * model.latentSize, phase: 3)
    }

    private func images(_ model: VAEDescription) -> [Float] {
        Wave.values(5 * model.image.count, phase: 1, scale: 0.5, offset: 0.5)
    }

    @Test(
        "log p(x|z) is that of inference, in batches of any size", arguments: models.indices)
    func values(index: Int) throws {
        let model = Self.models[index]
        let tensors = tensors(model)
        let expected = try CompiledVAE(model, tensors: tensors, batch: 16)
            .logLikelihood(of: images(model), codes: codes(model), perImage: 2)
        for batch in [4, 16] {
            let decoder = try #require(try FrozenDecoder(model, tensors: tensors, batch: batch))
            let found = try decoder.logLikelihood(
                of: images(model), codes: codes(model), perImage: 2)
            #expect(found.nats.count == 10 && found.gradient.count == 10 * model.latentSize)
            for (one, other) in zip(found.nats, expected) {
                #expect(abs(one - other) < 1e-4 * abs(other) + 1e-4)
            }
        }
    }

    @Test("the gradient is the slope of log p(x|z) along codes", arguments: models.indices)
    func slopes(index: Int) throws {
        let model = Self.models[index]
        let decoder = try #require(
            try FrozenDecoder(model, tensors: tensors(model), batch: 4))
        let images = images(model)
        let start = codes(model)
        let gradient = try decoder.logLikelihood(of: images, codes: start, perImage: 2).gradient
        let error = try GradientCheck.error(
            at: start, gradient: gradient, steps: [1e-2, 3e-3, 1e-3]
        ) { codes in
            try decoder.logLikelihood(of: images, codes: codes, perImage: 2).nats
                .reduce(0.0) { $0 + Double($1) }
        }
        // Nats in float32 over steps short enough for the kinks of so few ReLUs leave some per cent.
        #expect(error < 6e-2)
        #expect(gradient.contains { $0 != 0 })
    }

    @Test("kernels agree on the gradient", arguments: models.indices)
    func kernels(index: Int) throws {
        let model = Self.models[index]
        let gradients = try [KernelChoice.oneDNN, .automatic].map { kernels in
            try FrozenDecoder(model, tensors: tensors(model), batch: 8, kernels: kernels)?
                .logLikelihood(of: images(model), codes: codes(model), perImage: 2).gradient ?? []
        }
        let largest = gradients[0].map(abs).max() ?? 0
        #expect(gradients[0].count == gradients[1].count && largest > 0)
        for (one, other) in zip(gradients[0], gradients[1]) {
            #expect(abs(one - other) < 1e-3 * largest)
        }
    }

    @Test("a normalisation over batches that follows no weights cannot be folded")
    func unfoldable() throws {
        let network = NetworkDescription(
            input: FeatureShape(channels: 3),
            layers: [
                ("norm", .batchNormalization),
                ("linear", .linear(Linear(output: FeatureShape(channels: 2)))),
            ])
        #expect(try FrozenNetwork(network, tensors: network.testTensors) == nil)
    }

    @Test("a normalisation over groups stays, with its numbers, and dropout goes")
    func kept() throws {
        let network = NetworkDescription(
            input: FeatureShape(channels: 3),
            layers: [
                ("linear", .linear(Linear(output: FeatureShape(channels: 4)))),
                ("norm", .groupNormalization(groups: 2)),
                ("dropout", .dropout(Dropout(rate: 0.5))),
            ])
        let tensors = network.testTensors
        let frozen = try #require(try FrozenNetwork(network, tensors: tensors))
        #expect(frozen.network.stages.map(\.name) == ["linear", "norm"])
        #expect(frozen.tensors["norm.weight"]?.values == tensors["norm.weight"]?.values)
        #expect(frozen.network.parameters.allSatisfy { frozen.tensors[$0.name] != nil })
    }
}
