import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// An objective of `Oracles/objectives.json` with its terms and gradients by PyTorch's autograd.
struct ObjectiveCase: Decodable, Sendable, CustomTestStringConvertible {
    let loss: String
    let symmetric: Bool
    let beta: Float
    let freeBits: Float
    let samples: Int
    let logVariance: Float
    let output: Float
    let logScale: Float
    let nextLogScale: Double?
    let capacity: Double?
    let gamma: Double
    let tcWeight: Double?
    let images: Int
    let objective: Double
    let reconstruction: Double
    let kl: Double
    let divergences: [Double]
    let gradients: [String: Probe]

    static let all: [ObjectiveCase] = (try? OracleFile.load("objectives.json")) ?? []

    var testDescription: String {
        """
        \(loss)\(symmetric ? " on −1…1" : ""), β \(beta), free bits \(freeBits), K \(samples), \
        log-variance ±\(logVariance), output ±\(output), log scale \(logScale), \
        capacity \(capacity ?? 0), total correlation ×\(tcWeight ?? 1)
        """
    }

    var model: VAEDescription {
        get throws {
            let likelihood = try #require(PixelModel.Likelihood(rawValue: loss))
            return .convolutional(
                image: FeatureShape(channels: 2, height: 9, width: 9), base: 2, latentSize: 3,
                pixels: PixelModel(likelihood, range: symmetric ? .minusOneOne : .zeroOne))
        }
    }

    private var rate: VAEObjective.Rate {
        if let capacity {
            .capacity(VAEObjective.Capacity(weight: gamma, limit: capacity, epochs: 0))
        } else if let tcWeight {
            .totalCorrelation(weight: tcWeight)
        } else {
            .divergence
        }
    }

    /// A plan at the script's point.
    func plan() throws -> VAETrainingPlan {
        let model = try model
        let plan = try VAETrainingPlan(
            model, batch: 5,
            objective: VAEObjective(
                freeBits: freeBits, importanceSamples: samples, rate: rate), imageCount: images)
        var tensors = model.testTensors
        tensors[PixelScale.tensorName] = Tensor([1], [logScale])
        try shift("logvar.bias", by: logVariance, &tensors)
        try shift("decoder.deconv4.bias", by: output, &tensors)
        try plan.load(tensors)
        plan.images.write(
            Wave.values(5 * model.image.count, phase: 50, scale: 0.5, offset: 0.5))
        plan.noise.write(Wave.values(plan.noise.count, phase: 200))
        return plan
    }

    /// Adds `amount` with alternating signs.
    private func shift(_ name: String, by amount: Float, _ tensors: inout NamedTensors) throws {
        let bias = try #require(tensors[name])
        let moved = bias.values.enumerated().map { $1 + ($0 % 2 == 0 ? amount : -amount) }
        tensors[name] = Tensor(bias.shape, moved)
    }
}

/// Every training objective against PyTorch in float64.
@Suite struct ObjectiveOracleTests {
    @Test("the oracle's file holds every loss, free bits, importance samples and extremes")
    func fileIsThere() {
        let all = ObjectiveCase.all
        #expect(Set(all.map(\.loss)) == Set(PixelModel.Likelihood.allCases.map(\.rawValue)))
        #expect(all.contains { $0.capacity != nil } && all.contains { $0.tcWeight != nil })
        #expect(all.contains { $0.freeBits > 0 } && all.contains { $0.samples == 5 })
        #expect(all.contains { $0.logVariance == 100 } && all.contains { $0.output == 1e4 })
    }

    @Test("objective, terms and every gradient are PyTorch's", arguments: ObjectiveCase.all)
    func step(entry: ObjectiveCase) throws {
        let plan = try entry.plan()
        let terms = try plan.step(beta: entry.beta)
        #expect(abs(terms.objective / entry.objective - 1) < 1e-5)
        #expect(abs(terms.reconstruction / entry.reconstruction - 1) < 1e-5)
        let kl = try #require(terms.kl)
        #expect(abs(kl / entry.kl - 1) < 1e-5)
        if let next = entry.nextLogScale {
            #expect(abs(Double(plan.scale.logarithm) - next) < 1e-5)
        }
        var found = NamedTensors()
        for half in plan.plans {
            for (name, tensor) in try half.named(half.gradients).entries { found[name] = tensor }
        }
        #expect(Set(found.names) == Set(entry.gradients.keys))
        for (name, probe) in entry.gradients {
            let values = try #require(found[name]).values
            #expect(values.allSatisfy { $0.isFinite }, "\(name)")
            // At 1e5 nats float32 leaves whole nats open, which decide between importance samples.
            if entry.output > 0 && entry.samples > 1 { continue }
            // A gradient far below the largest is rounding.
            let floor = (entry.gradients.values.map(\.norm).max() ?? 0) * 1e-6
            #expect(probe.deviation(of: values, floor: floor) < 2e-4, "\(name)")
        }
    }

    @Test(
        "free bits are never paid below λ, and a floor above every dimension stops the KL's slope")
    func freeBits() throws {
        let entry = try #require(ObjectiveCase.all.first { $0.freeBits == 10 })
        #expect(entry.divergences.allSatisfy { $0 < 10 })
        let terms = try entry.plan().step(beta: 1)
        #expect(abs(terms.objective - terms.reconstruction - 30) < 1e-9 * terms.objective)
    }

    @Test("K importance samples with the same noise are the bound of one sample")
    func equalSamples() throws {
        let entry = try #require(ObjectiveCase.all.first { $0.samples == 5 })
        let model = try entry.model
        var objectives: [Double] = []
        for samples in [2, 7] {
            let plan = try VAETrainingPlan(
                model, batch: 5, objective: VAEObjective(importanceSamples: samples))
            try plan.load(model.testTensors)
            plan.images.fill(0.5)
            let noise = Wave.values(5 * 3, phase: 200)
            plan.noise.write(
                (0..<5).flatMap { image in
                    (0..<samples).flatMap { _ in noise[image * 3..<image * 3 + 3] }
                })
            objectives.append(try plan.step(beta: 1).objective)
        }
        #expect(abs(objectives[0] / objectives[1] - 1) < 1e-6)
    }
}
