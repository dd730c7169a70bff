import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// Every shipped model runs on gather-GEMM kernels, and trains as on oneDNN's.
@Suite(.enabled(if: Plans.hasGatherGEMM, "needs a CPU with AVX-512"))
struct GatherModelTests {
    private static let images = [8, 9, 13, 28, 32, 33].flatMap { size in
        [1, 3].map { FeatureShape(channels: $0, height: size, width: size) }
    }

    private static func vaes(_ image: FeatureShape) -> [VAEDescription] {
        [
            .convolutional(image: image, base: 5, latentSize: 3),
            .residual(image: image, base: 5, latentSize: 3),
            .multilayerPerceptron(image: image, latentSize: 3),
        ]
    }

    @Test("no shipped model falls back to oneDNN", arguments: images, Precision.allCases)
    func acceptance(image: FeatureShape, precision: Precision) throws {
        guard Plans.hasGatherGEMM(in: precision) else { return }
        let denoiser = DenoiserDescription.convolutional(image: image, base: 4)
        let classifier = ClassifierDescription.convolutional(image: image, classes: 10)
        let trained =
            Self.vaes(image).flatMap { [$0.encoder, $0.decoder] }
            + [denoiser.network, classifier.network]
        for network in trained {
            _ = try Plans.training(
                network, batch: 2, needsInputGradient: network.input != image,
                kernels: .gatherGEMM, precision: precision)
        }
        let parts = [denoiser.encoder, denoiser.decoder, classifier.trunk, classifier.head]
        for network in trained + parts {
            let tensors = network.initialParameters(RandomSource(seed: 1))
            _ = try Plans.inference(
                network, batch: 2, tensors: tensors, kernels: .gatherGEMM, precision: precision)
        }
    }

    @Test("three steps with dropout are oneDNN's", arguments: [0, 1, 2], [9, 28])
    func steps(kind: Int, size: Int) throws {
        let image = FeatureShape(channels: 1, height: size, width: size)
        let model = Self.vaes(image)[kind]
        try compare { kernels in
            let plan = try VAETrainingPlan(model, batch: 50, kernels: kernels)
            try plan.load(model.initialParameters(seed: 4))
            return plan
        }
    }

    @Test("a denoiser's steps are oneDNN's", arguments: [13, 28])
    func denoiser(size: Int) throws {
        let model = DenoiserDescription.convolutional(
            image: FeatureShape(channels: 3, height: size, width: size), base: 8)
        try compare { kernels in
            let plan = try DenoiserTrainingPlan(model, batch: 9, kernels: kernels)
            try plan.load(model.initialParameters(seed: 4))
            return plan
        }
    }

    /// Three steps of AdamW on both kernels: the losses agree, those after an update too.
    private func compare(_ compile: (KernelChoice) throws -> any TrainableModel) throws {
        let models = try [KernelChoice.oneDNN, .gatherGEMM].map(compile)
        let objectives = try models.map { model in
            var optimizers = model.plans.map { AdamW(count: $0.parameters.count) }
            model.images.write(
                Wave.values(model.images.count, phase: 1, scale: 0.5, offset: 0.5))
            return try (0..<3).map { step in
                model.prepare(RandomSource(seed: 8), step: UInt64(step))
                let objective = try model.step(beta: 1).objective
                for (index, plan) in model.plans.enumerated() {
                    optimizers[index].beginStep()
                    optimizers[index].update(
                        plan.parameters, gradients: plan.gradients, learningRate: 1e-3)
                }
                return objective
            }
        }
        for (found, expected) in zip(objectives[1], objectives[0]) {
            #expect(abs(found / expected - 1) < 1e-4)
        }
    }
}
