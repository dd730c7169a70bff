import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// The kernels against each other on models as large as a report's own.
@Suite struct KernelAgreementTests {
    private static let models = [
        (size: 28, channels: 1, base: 32, latent: 32, batch: 13),
        (size: 28, channels: 1, base: 32, latent: 32, batch: 32),
        (size: 32, channels: 3, base: 24, latent: 64, batch: 8),
        (size: 28, channels: 1, base: 64, latent: 2, batch: 4),
        (size: 9, channels: 1, base: 33, latent: 1, batch: 1 + 1),
    ]

    @Test(
        "a training step gives the same terms, gradients and statistics", arguments: models.indices)
    func step(index: Int) throws {
        let shape = Self.models[index]
        let model = Self.model(index)
        let plans = try [KernelChoice.oneDNN, .automatic].map { kernels in
            let plan = try VAETrainingPlan(model, batch: shape.batch, kernels: kernels)
            try plan.load(model.initialParameters(seed: 1))
            plan.images.write(
                Wave.values(shape.batch * model.image.count, phase: 1, scale: 0.5, offset: 0.5))
            plan.noise.write(Wave.values(shape.batch * shape.latent, phase: 2))
            return plan
        }
        let terms = try plans.map { try $0.step(beta: 0.5) }
        #expect(abs(terms[1].reconstruction / terms[0].reconstruction - 1) < 1e-5)
        let divergences = try terms.map { try #require($0.kl) }
        #expect(abs(divergences[1] / divergences[0] - 1) < 1e-4)
        for half in [\VAETrainingPlan.encoder, \VAETrainingPlan.decoder] {
            let gradients = try plans.map {
                try $0[keyPath: half].named($0[keyPath: half].gradients)
            }
            #expect(Set(gradients[0].names) == Set(gradients[1].names))
            for (name, expected) in gradients[0].entries {
                let found = try #require(gradients[1][name])
                #expect(Self.distance(found.values, expected.values) < 1e-3, "\(name)")
            }
        }
        let stored = try plans.map { try $0.store() }
        #expect(stored[0].names == stored[1].names)
        for (name, expected) in stored[0].entries where name.contains("running") {
            let found = try #require(stored[1][name])
            #expect(Self.distance(found.values, expected.values) < 1e-5, "\(name)")
        }
    }

    @Test("inference gives the same codes, logits and likelihoods", arguments: models.indices)
    func inference(index: Int) throws {
        let model = Self.model(index)
        let tensors = model.initialParameters(seed: 2)
        let vaes = try [KernelChoice.oneDNN, .automatic].map {
            try CompiledVAE(model, tensors: tensors, batch: 16, kernels: $0)
        }
        let images = Wave.values(35 * model.image.count, phase: 1, scale: 0.5, offset: 0.5)
        let posteriors = try vaes.map { try $0.encode(images) }
        #expect(Self.distance(posteriors[1].mean, posteriors[0].mean) < 1e-5)
        #expect(Self.distance(posteriors[1].logVariance, posteriors[0].logVariance) < 1e-5)
        let codes = Wave.values(70 * model.latentSize, phase: 3, scale: 2)
        let logits = try vaes.map { try $0.decode(codes) }
        #expect(Self.distance(logits[1], logits[0]) < 1e-5)
        let nats = try vaes.map { try $0.logLikelihood(of: images, codes: codes, perImage: 2) }
        #expect(Deviation.between(nats[1], nats[0]) < 1e-5)
    }

    private static func model(_ index: Int) -> VAEDescription {
        let shape = models[index]
        return .convolutional(
            image: FeatureShape(channels: shape.channels, height: shape.size, width: shape.size),
            base: shape.base, latentSize: shape.latent)
    }

    /// ‖a − b‖ / ‖b‖: a ReLU at its kink may go either way for a single number.
    private static func distance(_ a: [Float], _ b: [Float]) -> Double {
        guard a.count == b.count else { return .infinity }
        func norm(_ values: some Sequence<Double>) -> Double {
            values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        }
        let difference = norm(zip(a, b).map { Double($0) - Double($1) })
        return difference / max(norm(b.map { Double($0) }), 1e-12)
    }
}
