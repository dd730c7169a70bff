import Evaluation
import Testing
import VAEModels

@Suite("Use of latent dimensions")
struct KLPerDimensionTests {
    @Test("sorted descending with the original index, and summed")
    func order() {
        let use = KLPerDimension(values: [0.5, 3, 0.5, 0.001])
        #expect(use.order == [1, 0, 2, 3])
        #expect(use.sorted == [3, 0.5, 0.5, 0.001])
        #expect(use.cumulative.last == 4.001)
    }

    @Test("closed form of known posteriors, stable at the clamp")
    func closedForm() {
        let posterior = Posterior(mean: [0, 1, 0, 0], logVariance: [0, 0, -30, 20])
        let use = KLPerDimension(posterior, count: 1, latentSize: 4)
        let expected = [0, 0.5, 14.5, 242_582_587.204895]
        for (value, wanted) in zip(use.values, expected) {
            #expect(abs(value - wanted) <= 1e-6 * max(1, wanted))
        }
    }

    @Test("a dimension is active above a variance of 0.01, not at it")
    func active() {
        // Means ±a have variance a².
        let posterior = Posterior(
            mean: [0.09, 0.11, 5, -0.09, -0.11, 5], logVariance: Array(repeating: 0, count: 6))
        let units = ActiveUnits(posterior, count: 2, latentSize: 3)
        #expect(units.active == [1])
    }
}
