import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// Whose kernels the whole model is checked on.
private let kernelChoices: [KernelChoice] = [.oneDNN, .automatic]

/// The VAEs, whole, against their PyTorch peers in float64.
@Suite struct ModelOracleTests {
    private let tolerance = 1e-4

    @Test("the oracle's file holds three models at several sizes")
    func fileIsThere() {
        #expect(ModelCase.all.map(\.size) == [28, 32, 28, 32, 9, 8, 9, 9])
        #expect(Set(ModelCase.all.map(\.kind)).count == 3)
    }

    @Test(
        "names, shapes and roles are those of the peer's state dictionary", arguments: ModelCase.all
    )
    func stateDictionary(entry: ModelCase) {
        let parameters = entry.model.parameters
        #expect(parameters.map(\.name) == entry.names)
        #expect(parameters.map(\.shape.sizes) == entry.shapes)
        #expect(parameters.map { "\($0.role)" } == entry.roles)
        let trained = zip(entry.roles, entry.shapes)
            .filter { !$0.0.hasPrefix("running") && $0.0 != "absorbedBias" }
        #expect(entry.model.trainedCount == trained.reduce(0) { $0 + $1.1.reduce(1, *) })
    }

    @Test(
        "loss terms, logits and every gradient are PyTorch's", arguments: ModelCase.all,
        kernelChoices)
    func step(entry: ModelCase, kernels: KernelChoice) throws {
        let plan = try VAETrainingPlan(entry.model, batch: entry.batch, kernels: kernels)
        try plan.load(entry.tensors)
        entry.write(to: plan, step: 0)
        let terms = try plan.step(beta: entry.beta)
        #expect(abs(terms.reconstruction / entry.reconstruction - 1) < 1e-5)
        let kl = try #require(terms.kl)
        #expect(abs(kl / entry.kl - 1) < 1e-5)
        #expect(terms.objective == terms.reconstruction + Double(entry.beta) * kl)
        let logits = plan.decoder.output.read(entry.batch * entry.model.image.count)
        #expect(entry.logits.deviation(of: logits) < tolerance)
        let heads = plan.encoder.output.read(2 * entry.batch * entry.latent)
        #expect(entry.heads.deviation(of: heads) < tolerance)

        var gradients = try plan.encoder.named(plan.encoder.gradients)
        for (name, tensor) in try plan.decoder.named(plan.decoder.gradients).entries {
            gradients[name] = tensor
        }
        #expect(Set(gradients.names) == Set(entry.gradients.keys))
        for (name, probe) in entry.gradients {
            let found = try #require(gradients[name])
            #expect(probe.deviation(of: found.values) < entry.gradientTolerance, "\(name)")
        }
        let stored = try plan.store()
        for (name, probe) in entry.statistics {
            let found = try #require(stored[name])
            #expect(probe.deviation(of: found.values) < tolerance, "\(name)")
        }
    }

    @Test(
        "after that step's statistics, inference is PyTorch's eval()", arguments: ModelCase.all,
        kernelChoices)
    func inference(entry: ModelCase, kernels: KernelChoice) throws {
        let plan = try VAETrainingPlan(entry.model, batch: entry.batch, kernels: kernels)
        try plan.load(entry.tensors)
        entry.write(to: plan, step: 0)
        _ = try plan.step(beta: entry.beta)
        let model = try CompiledVAE(
            entry.model, tensors: plan.store(), batch: 2, kernels: kernels)
        let images = entry.images(step: 0)
        let posterior = try model.encode(images)
        let heads = (0..<entry.batch).flatMap { row -> [Float] in
            let part = row * entry.latent..<(row + 1) * entry.latent
            return Array(posterior.mean[part]) + Array(posterior.logVariance[part])
        }
        #expect(entry.inference.heads.deviation(of: heads) < tolerance)
        let codes = posterior.draw(entry.noise(step: 0))
        #expect(entry.inference.logits.deviation(of: try model.decode(codes)) < tolerance)
        let count = Double(entry.batch)
        let nats = try model.logLikelihood(of: images, codes: codes, perImage: 1)
            .reduce(0.0) { $0 - Double($1) }
        #expect(abs(nats / count / entry.inference.reconstruction - 1) < 1e-5)
        let kl = posterior.kl.reduce(0.0) { $0 + Double($1) }
        #expect(abs(kl / count / entry.inference.kl - 1) < 1e-5)
    }

    @Test(
        "20 steps of AdamW under a one-cycle rate stay on PyTorch's path", arguments: ModelCase.all,
        kernelChoices)
    func trajectory(entry: ModelCase, kernels: KernelChoice) throws {
        let plan = try VAETrainingPlan(entry.model, batch: entry.batch, kernels: kernels)
        try plan.load(entry.tensors)
        let steps = entry.trajectory.losses.count
        let schedule = LearningRateSchedule.oneCycle(peak: 2e-3, totalSteps: steps + 1)
        var halves = [plan.encoder, plan.decoder].map {
            (plan: $0, optimizer: AdamW(count: $0.parameters.count))
        }
        for (step, expected) in entry.trajectory.losses.enumerated() {
            entry.write(to: plan, step: step)
            let terms = try plan.step(beta: entry.beta)
            #expect(abs(terms.reconstruction / expected[0] - 1) < tolerance, "step \(step)")
            let kl = try #require(terms.kl)
            #expect(abs(kl / expected[1] - 1) < tolerance, "step \(step)")
            for index in halves.indices {
                halves[index].optimizer.beginStep()
                halves[index].optimizer.update(
                    halves[index].plan.parameters, gradients: halves[index].plan.gradients,
                    learningRate: schedule.rate(at: step))
            }
        }
        let stored = try plan.store()
        for (name, probe) in entry.trajectory.tensors where probe.norm > 0 {
            let found = try #require(stored[name])
            // Adam moves a number whose gradient is rounding by a whole step.
            #expect(probe.deviation(of: found.values) < 1e-2, "\(name)")
        }
    }
}
