import Foundation
import Tensors
import Testing
import Training
import VAEModels

/// What else than β · KL can stand beside the reconstruction, and scales that are learned.
@Suite("Rates and scales in training") struct RateTests {
    private func run(_ rate: VAEObjective.Rate, beta: Double = 1, epochs: Int = 12) throws -> Run {
        try Run(
            BarImages.options(
                epochs: epochs, beta: beta, warmupEpochs: 0, objective: VAEObjective(rate: rate)))
    }

    @Test("a capacity holds the KL where it wants it, above and below what the bound would have")
    func capacity() throws {
        let free = try #require(try run(.divergence).history.epochs.last).train.kl
        for aim in [free / 2, free + 1.5] {
            let rate = VAEObjective.Rate.capacity(
                VAEObjective.Capacity(weight: 100, limit: aim, epochs: 6))
            let last = try #require(try run(rate).history.epochs.last)
            #expect(abs(last.train.kl - aim) < 0.15 * aim, "\(aim): \(last.train.kl)")
            let surplus = last.objective - last.train.reconstruction
            #expect(surplus >= 0 && surplus < 100 * 0.15 * aim)
        }
    }

    @Test("a capacity rises linearly from 0 by steps, then stays")
    func rise() {
        let capacity = VAEObjective.Capacity(weight: 1, limit: 20, epochs: 2.5)
        let found = [0, 10, 25, 24, 1000].map { capacity.nats(at: $0, stepsPerEpoch: 10) }
        #expect(found == [0, 8, 20, 19.2, 20])
        let flat = VAEObjective.Capacity(weight: 1, limit: 3, epochs: 0)
        #expect(flat.nats(at: 0, stepsPerEpoch: 10) == 3)
    }

    @Test("epochs are selected by the bound itself, whatever the rate and its weight")
    func selection() throws {
        let rates: [(VAEObjective.Rate, Double)] = [
            (.totalCorrelation(weight: 8), 8),
            (.capacity(VAEObjective.Capacity(weight: 50, limit: 3, epochs: 2)), 1),
        ]
        for (rate, beta) in rates {
            let history = try run(rate, beta: beta, epochs: 4).history
            for epoch in history.epochs {
                let bound = try #require(epoch.validation?.negativeEvidenceLowerBound)
                #expect(epoch.validationObjective == bound)
                #expect(epoch.beta == beta)
            }
            let best = history.epochs.min {
                ($0.validationObjective ?? 0) < ($1.validationObjective ?? 0)
            }
            #expect(history.selectedEpoch == best?.epoch)
        }
    }

    @Test("a total correlation of weight 1 is the ELBO")
    func plain() throws {
        let plain = try run(.divergence, epochs: 2).history
        let decomposed = try run(.totalCorrelation(weight: 1), epochs: 2).history
        #expect(plain == decomposed)
    }

    @Test(
        "a learned scale ends at the size of the errors and is that of the checkpoint",
        arguments: PixelModel.Likelihood.allCases.filter(\.learnsScale))
    func scale(likelihood: PixelModel.Likelihood) throws {
        let pixels = PixelModel(likelihood)
        let images = BarImages.images(364)
        let run = try Run(BarImages.options(epochs: 8), images: images, pixels: pixels)
        let record = try #require(run.history.epochs.last)
        let scale = try #require(record.pixelScale)
        let state = try #require(run.witness.epochs.last?.state)
        #expect(state.tensors.pixelScale == scale)
        var model = BarImages.model
        model.pixels = pixels
        let compiled = try CompiledVAE(model, tensors: state.tensors)
        #expect(compiled.pixelScale == scale)
        // A scale that is half or twice as large fits worse.
        let targets = images.slice(0..<300).pixels.map { Float($0) / 255 }
        let codes = try compiled.encode(targets).mean
        let fits = try [0.5, 1, 2].map { factor -> Float in
            var tensors = state.tensors
            tensors[PixelScale.tensorName] = Tensor([1], [Float(log(scale * factor))])
            return try CompiledVAE(model, tensors: tensors).logLikelihood(
                of: targets, codes: codes, perImage: 1
            ).reduce(0, +)
        }
        #expect(fits[1] > fits[0] && fits[1] > fits[2])
        #expect(try Run(BarImages.options(epochs: 1)).history.epochs.last?.pixelScale == nil)
    }
}
