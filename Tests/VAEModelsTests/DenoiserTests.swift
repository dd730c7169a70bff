import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// A model of `Oracles/denoiser.json` with what PyTorch's peer computes for it.
struct DenoiserCase: Decodable, Sendable, CustomTestStringConvertible {
    struct File: Decodable {
        struct Checkpoint: Decodable {
            let size: Int
            let count: Int
            let output: Probe
        }
        let models: [DenoiserCase]
        let checkpoint: Checkpoint
    }
    let size: Int
    let channels: Int
    let base: Int
    let batch: Int
    let names: [String]
    let shapes: [[Int]]
    let output: Probe
    let code: Probe
    let error: Double
    let gradients: [String: Probe]
    let errors: [Double]

    static let all: [DenoiserCase] =
        (try? OracleFile.load("denoiser.json", as: File.self))?.models ?? []

    var testDescription: String { "\(size)×\(size)×\(channels), base \(base)" }

    var model: DenoiserDescription {
        .convolutional(
            image: FeatureShape(channels: channels, height: size, width: size), base: base)
    }

    func images(step: Int) -> [Float] {
        Wave.values(
            batch * model.image.count, phase: Double(50 + step), scale: 0.5, offset: 0.5)
    }

    func plan() throws -> DenoiserTrainingPlan {
        let plan = try DenoiserTrainingPlan(model, batch: batch)
        try plan.load(model.network.testTensors)
        plan.images.write(images(step: 0))
        return plan
    }
}

/// The denoising autoencoder, whole, against its PyTorch peer in float64.
@Suite struct DenoiserTests {
    @Test("names and shapes are those of the peer's state dictionary", arguments: DenoiserCase.all)
    func stateDictionary(entry: DenoiserCase) {
        #expect(entry.model.parameters.map(\.name) == entry.names)
        #expect(entry.model.parameters.map(\.shape.sizes) == entry.shapes)
    }

    @Test("error, output and every gradient are PyTorch's", arguments: DenoiserCase.all)
    func step(entry: DenoiserCase) throws {
        let plan = try entry.plan()
        let terms = try plan.step(beta: 1)
        #expect(abs(terms.objective / entry.error - 1) < 1e-5)
        #expect(terms.reconstruction == terms.objective && terms.kl == nil)
        let count = entry.batch * entry.model.image.count
        #expect(entry.output.deviation(of: plan.network.output.read(count)) < 1e-4)
        let gradients = try plan.network.named(plan.network.gradients)
        #expect(Set(gradients.names) == Set(entry.gradients.keys))
        let floor = (entry.gradients.values.map(\.norm).max() ?? 0) * 1e-4
        for (name, probe) in entry.gradients {
            let found = try #require(gradients[name])
            #expect(probe.deviation(of: found.values, floor: floor) < 2e-4, "\(name)")
        }
    }

    @Test("at inference output and code are PyTorch's", arguments: DenoiserCase.all)
    func inference(entry: DenoiserCase) throws {
        let model = try CompiledDenoiser(
            entry.model, tensors: entry.model.network.testTensors, batch: 2)
        let images = entry.images(step: 0)
        #expect(entry.code.deviation(of: try model.encode(images)) < 1e-4)
        #expect(entry.output.deviation(of: try model.denoise(images)) < 1e-4)
    }

    @Test("20 steps of AdamW stay on PyTorch's path", arguments: DenoiserCase.all)
    func trajectory(entry: DenoiserCase) throws {
        let plan = try entry.plan()
        var optimizer = AdamW(count: plan.network.parameters.count)
        for (step, expected) in entry.errors.enumerated() {
            plan.images.write(entry.images(step: step))
            let terms = try plan.step(beta: 1)
            #expect(abs(terms.objective / expected - 1) < 1e-4, "step \(step)")
            optimizer.beginStep()
            optimizer.update(
                plan.network.parameters, gradients: plan.network.gradients, learningRate: 2e-3)
        }
    }

    @Test("a checkpoint that PyTorch saved denoises as PyTorch does")
    func checkpoint() throws {
        let expected = try OracleFile.load("denoiser.json", as: DenoiserCase.File.self).checkpoint
        let file = try PyTorchFile(Array(OracleFile.data("denoiser.pt")), name: "denoiser.pt")
        let tensors = try file.tensors(under: ["model_state_dict"])
        let model = try DenoiserDescription(
            matching: tensors, height: expected.size, width: expected.size)
        #expect(model == .convolutional(image: model.image, base: 1))
        let images = Wave.values(
            expected.count * model.image.count, phase: 50, scale: 0.5, offset: 0.5)
        let output = try CompiledDenoiser(model, tensors: tensors).denoise(images)
        #expect(expected.output.deviation(of: output) < 1e-5)
    }

    @Test("another model's tensors are refused by name")
    func refusal() throws {
        let entry = try #require(DenoiserCase.all.first)
        var tensors = entry.model.network.testTensors
        tensors["bottleneck.block.1.weight"] = nil
        #expect {
            try DenoiserDescription(matching: tensors, height: 9, width: 9)
        } throws: {
            "\($0)".contains("bottleneck.block.1.weight") && "\($0)".contains("missing")
        }
        #expect(throws: ParameterMismatch.self) {
            try DenoiserDescription(matching: NamedTensors(), height: 9, width: 9)
        }
    }

    @Test("channels that make no equal groups are told before a model is built")
    func bases() {
        let allowed = (1...70).filter(DenoiserDescription.allows(base:))
        #expect(allowed == [1, 2, 3, 4, 8, 16, 32, 64])
        #expect(!DenoiserDescription.allows(base: 0))
    }

    @Test(
        "every size from 8 up comes back exactly, in grey and in colour",
        arguments: [8, 9, 11, 16, 28, 31, 32, 33], [1, 3])
    func geometry(size: Int, channels: Int) throws {
        let image = FeatureShape(channels: channels, height: size, width: size)
        let model = DenoiserDescription.convolutional(image: image, base: 2)
        #expect(model.network.output == image)
        #expect(model.codeSize == 16 * ((size + 7) / 8) * ((size + 7) / 8))
        let compiled = try CompiledDenoiser(
            model, tensors: model.initialParameters(seed: 0), batch: 2)
        let images = try compiled.denoise([Float](repeating: 0.5, count: 3 * image.count))
        #expect(images.count == 3 * image.count && images.allSatisfy { $0 > 0 && $0 < 1 })
    }
}
