import Datasets
import Foundation
import Networks
import Tensors
import Testing
import Training
import VAEModels

/// The loop with other models than VAEs, and what options do to a step.
@Suite("The loop") struct FittingLoopTests {
    private let image = FeatureShape(channels: 1, height: 8, width: 8)

    @Test("trains a classifier from labels")
    func classifier() throws {
        let images = BarImages.images(512)
        let model = ClassifierDescription.convolutional(image: image, classes: 2)
        let plan = try ClassifierTrainingPlan(model, batch: 32)
        try plan.load(model.initialParameters(seed: 1))
        let loop = try FittingLoop(
            plan, images: images,
            options: FittingOptions(epochs: 6, learningRate: 3e-3, seed: 1))
        let losses = try loop.run().epochs.map(\.train.reconstruction)
        #expect(losses[0] > 0.05)
        #expect(losses[5] < losses[0] / 4)
    }

    @Test("refuses images without labels for a model that needs them")
    func noLabels() throws {
        let images = BarImages.images(64)
        let bare = ImageSet(pixels: images.pixels, labels: [], shape: images.shape)
        let plan = try ClassifierTrainingPlan(
            .convolutional(image: image, classes: 2), batch: 32)
        #expect {
            try FittingLoop(plan, images: bare, options: FittingOptions(epochs: 1))
        } throws: {
            "\($0)".contains("no class labels")
        }
    }

    @Test("trains a denoising autoencoder and validates it with a score of the caller's")
    func denoiser() throws {
        let model = DenoiserDescription.convolutional(image: image, base: 8)
        let plan = try DenoiserTrainingPlan(model, batch: 32)
        try plan.load(model.initialParameters(seed: 1))
        var seen = 0
        let loop = try FittingLoop(
            plan, images: BarImages.images(320), options: FittingOptions(epochs: 4, patience: 2)
        ) { tensors in
            seen += 1
            #expect(tensors.names.count == model.parameters.count)
            return Validation(loss: seen == 2 ? 1 : 2)
        }
        let history = try loop.run()
        #expect(history.selectedEpoch == 2)
        #expect(history.epochs.count == 4)
        #expect(history.epochs[3].train.reconstruction < history.epochs[0].train.reconstruction)
        #expect(history.epochs.allSatisfy { $0.train.kl == 0 })
    }

    @Test("keeps the average that its decays give, and validates with it")
    func average() throws {
        let options = BarImages.options(epochs: 1, warmupEpochs: 0) { $0.averageDecay = 0.5 }
        let run = try Run(options, images: BarImages.images(96))
        let state = try #require(run.witness.epochs.first).state
        let before = BarImages.model.initialParameters(seed: 0)
        for (name, tensor) in try #require(state.average).entries {
            let start = try #require(before[name]).values
            let end = try #require(state.tensors[name]).values
            // One step, whose decay is (1 + 1) / (10 + 1).
            for index in tensor.values.indices {
                let expected = start[index] * 2 / 11 + end[index] * 9 / 11
                #expect(abs(tensor.values[index] - expected) < 1e-6)
            }
        }
        let model = try CompiledVAE(BarImages.model, tensors: state.evaluated)
        let held = BarImages.images(96).slice(32..<96).pixels.map { Float($0) / 255 }
        let kl = try model.encode(held).kl.reduce(0.0) { $0 + Double($1) } / 64
        #expect(abs(try #require(run.history.epochs[0].validation).kl - kl) < 1e-5)
        #expect(state.evaluated != state.tensors)
    }

    @Test("a clipped step of plain descent is as long as the limit times the rate")
    func clip() throws {
        func travelled(_ limit: Double?) throws -> Double {
            let options = BarImages.options(
                epochs: 1, learningRate: 1e-3, shape: .constant, warmupEpochs: 0
            ) {
                $0.optimizer = .sgd(momentum: 0)
                $0.weightDecay = 0
                $0.gradientClip = limit
            }
            let run = try Run(options, images: BarImages.images(96))
            let state = try #require(run.witness.epochs.first).state
            let before = BarImages.model.initialParameters(seed: 0)
            let squares = BarImages.model.parameters.filter(\.isTrained).reduce(0.0) { sum, p in
                let (a, b) = (before[p.name]?.values ?? [], state.tensors[p.name]?.values ?? [])
                return sum + zip(a, b).reduce(0) { $0 + pow(Double($1.0) - Double($1.1), 2) }
            }
            return squares.squareRoot()
        }
        let free = try travelled(nil)
        #expect(free > 2e-3)
        #expect(abs(try travelled(0.5) / 5e-4 - 1) < 1e-2)
        #expect(try travelled(1e6) == free)
    }

    @Test("a target steers the KL to it")
    func target() throws {
        let run = try Run(
            BarImages.options(epochs: 150, shape: .constant, warmupEpochs: 2) {
                $0.klSchedule.target = 1
            })
        let last = run.history.epochs.suffix(20)
        let kl = last.reduce(0) { $0 + $1.train.kl } / 20
        #expect(abs(kl - 1) < 0.15, "KL \(kl)")
        #expect(run.history.selectedEpoch == 150)
        let first = run.witness.steps.prefix(14).map(\.beta)
        #expect(first == (0..<14).map { Double($0) / 14 })
    }

    @Test("an importance-weighted training is selected by its bound, which beats the ELBO")
    func weighted() throws {
        let run = try Run(
            BarImages.options(
                epochs: 6, warmupEpochs: 0, objective: VAEObjective(importanceSamples: 5)))
        for record in run.history.epochs {
            let objective = try #require(record.validationObjective)
            let bound = try #require(record.validation).negativeEvidenceLowerBound
            #expect(objective < bound)
            #expect(record.objective < record.train.negativeEvidenceLowerBound)
        }
        let objectives = run.history.epochs.compactMap(\.validationObjective)
        let best = objectives.indices.min { objectives[$0] < objectives[$1] }
        #expect(best.map { $0 + 1 } == run.history.selectedEpoch)
    }

    @Test("free bits let the KL be that large at no cost")
    func freeBits() throws {
        func kl(_ bits: Float) throws -> Double {
            let run = try Run(
                BarImages.options(
                    epochs: 100, shape: .constant, beta: 30, warmupEpochs: 0,
                    objective: VAEObjective(freeBits: bits)))
            return try #require(run.history.epochs.last).train.kl
        }
        let (costly, free) = (try kl(0), try kl(0.8))
        #expect(costly < 0.5 && free > 1.2, "KL \(costly) and \(free)")
    }
}
