import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// Geometry and first numbers of the convolutional VAE.
@Suite struct VAEDescriptionTests {
    @Test(
        "every size comes back exactly, square or not",
        arguments: [(28, 28), (32, 32), (1, 1), (2, 3), (9, 9), (17, 31), (64, 48), (27, 28)])
    func geometry(height: Int, width: Int) throws {
        guard height % 2 == width % 2 else { return }
        let image = FeatureShape(channels: 3, height: height, width: width)
        let model = VAEDescription.convolutional(image: image, base: 2, latentSize: 4)
        #expect(model.image == image)
        #expect(model.decoder.output == image)
        #expect(model.encoder.output == FeatureShape(channels: 8))
        #expect(model.latentSize == 4)
        let plan = try VAETrainingPlan(model, batch: 2)
        try plan.load(model.initialParameters(seed: 0))
        #expect(try plan.step(beta: 1).objective.isFinite)
    }

    @Test(
        "the residual and the fully connected VAE take any square size from 8 up, in grey and colour",
        arguments: [8, 9, 11, 28, 32, 33], [1, 3])
    func otherModels(size: Int, channels: Int) throws {
        let image = FeatureShape(channels: channels, height: size, width: size)
        let models = [
            VAEDescription.residual(image: image, base: 2, latentSize: 1024),
            .multilayerPerceptron(image: image, latentSize: 2),
        ]
        for model in models {
            #expect(model.image == image && model.decoder.output == image)
            let plan = try VAETrainingPlan(model, batch: 3)
            try plan.load(model.initialParameters(seed: 0))
            plan.images.fill(0.25)
            plan.prepare(RandomSource(seed: 1), step: 4)
            #expect(try plan.step(beta: 1).objective.isFinite)
            let compiled = try CompiledVAE(model, tensors: plan.store(), batch: 2)
            let codes = try compiled.encode([Float](repeating: 0.25, count: 3 * image.count)).mean
            let images = try compiled.reconstruct(codes)
            #expect(images.allSatisfy { (0...1).contains($0) })
        }
    }

    @Test("a step can be replayed: noise and dropout follow seed and step")
    func replay() throws {
        let model = VAEDescription.multilayerPerceptron(
            image: FeatureShape(channels: 1, height: 8, width: 8), latentSize: 3)
        func objective(seed: UInt64, step: UInt64) throws -> Double {
            let plan = try VAETrainingPlan(model, batch: 4)
            try plan.load(model.initialParameters(seed: 0))
            plan.images.write(Wave.values(4 * 64, phase: 1, scale: 0.5, offset: 0.5))
            plan.prepare(RandomSource(seed: seed), step: step)
            return try plan.step(beta: 1).objective
        }
        let first = try objective(seed: 1, step: 5)
        #expect(try objective(seed: 1, step: 5) == first)
        #expect(try objective(seed: 1, step: 6) != first)
        #expect(try objective(seed: 2, step: 5) != first)
    }

    @Test("fresh weights are Xavier-uniform, everything else at rest, and follow the seed")
    func initialParameters() throws {
        let model = VAEDescription.convolutional(
            image: FeatureShape(channels: 1, height: 28, width: 28), base: 8, latentSize: 16)
        let tensors = model.initialParameters(seed: 3)
        #expect(tensors.names == model.parameters.map(\.name))
        for parameter in model.parameters {
            let tensor = try #require(tensors[parameter.name])
            #expect(tensor.shape == parameter.shape)
            switch parameter.role {
            case .weight: checkUniform(tensor)
            case .scale, .runningVariance: #expect(tensor.values.allSatisfy { $0 == 1 })
            case .bias, .absorbedBias, .shift, .runningMean:
                #expect(tensor.values.allSatisfy { $0 == 0 })
            }
        }
        #expect(model.initialParameters(seed: 3) == tensors)
        #expect(model.initialParameters(seed: 4) != tensors)
        let starts = tensors.entries.filter { $0.tensor.shape.sizes.count > 1 }
            .map { $0.tensor.values[0] / ($0.tensor.values.map(abs).max() ?? 1) }
        #expect(Set(starts).count == starts.count)
    }

    /// Glorot & Bengio 2010: uniform in ±√(6 / (fan in + fan out)).
    private func checkUniform(_ tensor: Tensor) {
        let area = tensor.shape.sizes.dropFirst(2).reduce(1, *)
        let limit = (6 / Float((tensor.shape[0] + tensor.shape[1]) * area)).squareRoot()
        #expect(tensor.values.allSatisfy { abs($0) <= limit })
        let count = Float(tensor.values.count)
        let mean = tensor.values.reduce(0, +) / count
        let square = tensor.values.reduce(0) { $0 + $1 * $1 } / count
        // Five standard errors of a uniform number's mean and mean square.
        #expect(abs(mean) < 5 * limit / (3 * count).squareRoot())
        #expect(abs(square - limit * limit / 3) < 5 * limit * limit * 0.3 / count.squareRoot())
    }
}
