import Datasets
import Foundation
import Tensors
import Testing
import Training
import VAEModels

/// What a run records and which epoch it keeps.
@Suite struct SelectionTests {
    @Test(
        "the kept epoch has the lowest validation objective at the target β, not at the warm-up's")
    func selection() throws {
        let beta = 50.0
        let run = try Run(
            BarImages.options(epochs: 6, learningRate: 1e-2, beta: beta, warmupEpochs: 500))
        let epochs = run.history.epochs
        func lowest(_ weight: (EpochRecord) -> Double) -> Int? {
            let scores = epochs.map {
                ($0.epoch, $0.validation?.objective(beta: weight($0)) ?? .infinity)
            }
            return scores.min { $0.1 < $1.1 }?.0
        }
        let atTarget = lowest { _ in beta }
        let atOwn = lowest { $0.beta }
        #expect(run.history.selectedEpoch == atTarget)
        #expect(atOwn != atTarget, "the two rules agree here, so the test tells nothing")
        #expect(run.history.selected?.epoch == atTarget)
    }

    @Test("observers are told the best so far, each time it is one")
    func bestSoFar() throws {
        let run = try Run(BarImages.options(epochs: 6, learningRate: 2e-2, beta: 4))
        var best = Double.infinity
        for epoch in run.witness.epochs {
            let objective = try #require(epoch.record.validation).objective(beta: 4)
            #expect(epoch.isBest == (objective < best))
            best = min(best, objective)
        }
        let last = run.witness.epochs.last { $0.isBest }
        #expect(last?.record.epoch == run.history.selectedEpoch)
    }

    @Test("without validation images the last epoch is kept")
    func withoutValidation() throws {
        let run = try Run(BarImages.options(epochs: 3, validationCount: 0))
        #expect(run.history.selectedEpoch == 3)
        #expect(run.history.epochs.allSatisfy { $0.validation == nil })
        #expect(run.witness.epochs.allSatisfy { $0.isBest })
        #expect(run.witness.steps.count == 3 * 9)
    }

    @Test("an epoch's record holds its number, mean terms, β and rate")
    func records() throws {
        let run = try Run(
            BarImages.options(
                epochs: 4, learningRate: 3e-3, shape: .constant, beta: 2, warmupEpochs: 2))
        #expect(run.witness.starts == [[4, 7, 0]])
        #expect(run.history.epochs.map(\.epoch) == [1, 2, 3, 4])
        let steps = [6.0, 13, 20, 27]
        #expect(run.history.epochs.map(\.beta) == steps.map { 2 * min(1, $0 / 14) })
        #expect(run.history.epochs.allSatisfy { $0.learningRate == 3e-3 })
        for (record, witness) in zip(run.history.epochs, run.witness.epochs) {
            #expect(record == witness.record)
            let own = run.witness.steps.filter { $0.epoch == record.epoch }
            #expect(own.map(\.step) == Array(1...7))
            #expect(own.last?.terms == record.train)
            #expect(own.allSatisfy { $0.stepsPerEpoch == 7 && $0.imagesPerSecond > 0 })
            #expect(witness.timing.seconds > 0 && witness.timing.imagesPerSecond > 0)
            #expect(witness.state.steps == 7 * record.epoch)
            #expect(witness.state.history.epochs.count == record.epoch)
        }
    }

    @Test(
        "β without warm-up is full from the first step; half an epoch of warm-up is over by its end"
    )
    func warmup() throws {
        for (epochs, expected) in [(0.0, [3.0]), (0.5, [3]), (2, [3 * (6.0 / 14)])] {
            let run = try Run(BarImages.options(epochs: 1, beta: 3, warmupEpochs: epochs))
            #expect(run.history.epochs.map(\.beta) == expected)
        }
    }

    @Test("the one-cycle rate ends near zero after the last step")
    func oneCycle() throws {
        let run = try Run(BarImages.options(epochs: 3, learningRate: 5e-3))
        let rates = run.history.epochs.map(\.learningRate)
        #expect(rates.allSatisfy { $0 > 0 && $0 < 5e-3 })
        #expect(rates[2] < 1e-4)
    }

    @Test(
        "validation is one draw an image of the epoch's model, with noise of the seed alone",
        arguments: [64, 1130], [Binarization.none, .dynamic])
    func validationIsFixed(count: Int, binarization: Binarization) throws {
        let images = BarImages.images(236 + count)
        let options = BarImages.options(
            epochs: 2, binarization: binarization, validationCount: count, seed: 5)
        let run = try Run(options, images: images)
        let source = RandomSource(seed: 5)
        let grey = images.slice(236..<236 + count).pixels.map { Float($0) / 255 }
        let held =
            binarization == .none
            ? grey : Kernels.binarized(grey, source: source, purpose: .validation, step: 1)
        let noise = source.normal(count * 2, for: .validation)
        for epoch in run.witness.epochs {
            let model = try CompiledVAE(BarImages.model, tensors: epoch.state.tensors)
            let posterior = try model.encode(held)
            let codes = posterior.draw(noise)
            let nats = try model.logLikelihood(of: held, codes: codes, perImage: 1)
            let found = try #require(epoch.record.validation)
            let logLikelihood = nats.reduce(0.0) { $0 + Double($1) } / Double(count)
            let kl = posterior.kl.reduce(0.0) { $0 + Double($1) } / Double(count)
            #expect(abs(found.reconstruction + logLikelihood) < 1e-6)
            #expect(abs(found.kl - kl) < 1e-6)
        }
    }
}
