import Evaluation
import Glibc
import Tensors
import Testing
import VAEModels

@Suite("The aggregate posterior against numpy and known cases")
struct AggregatePosteriorTests {
    struct Expected: Decodable {
        let mutual_information: Double
        let mutual_information_error: Double
        let total_correlation: Double
        let dimensionwise: Double
        let divergences: [Double]
        let correlations: [Double]
        let aggregate_deviations: [Double]
    }

    private var posterior: Posterior {
        var generator = SharedGenerator(seed: 21)
        let mean = generator.signed(120).map { Float($0 * 2) }
        return Posterior(mean: mean, logVariance: generator.signed(120).map { Float($0 - 1) })
    }

    @Test("mutual information, total correlation and dimension-wise KL agree")
    func decomposition() throws {
        let expected = try oracle("aggregate", as: Expected.self)
        let found = AggregatePosterior(
            posterior, count: 40, latentSize: 3, draws: 20, source: RandomSource(seed: 11))
        #expect(abs(found.mutualInformation.value - expected.mutual_information) < 1e-5)
        #expect(abs(found.totalCorrelation.value - expected.total_correlation) < 1e-5)
        #expect(abs(found.dimensionwiseDivergence.value - expected.dimensionwise) < 1e-5)
        #expect(largestDifference(found.divergences, expected.divergences) < 1e-5)
        let error = try #require(found.mutualInformation.standardError)
        #expect(abs(error - expected.mutual_information_error) < 1e-5)
    }

    @Test("correlations and deviations of the codes agree")
    func statistics() throws {
        let expected = try oracle("aggregate", as: Expected.self)
        let found = LatentStatistics(posterior, count: 40, latentSize: 3)
        #expect(largestDifference(found.correlations.values, expected.correlations) < 1e-5)
        #expect(
            largestDifference(found.aggregateDeviations, expected.aggregate_deviations) < 1e-5)
    }

    @Test("a collapsed posterior carries nothing")
    func collapsed() {
        let zeros = [Float](repeating: 0, count: 60)
        let collapsed = Posterior(mean: zeros, logVariance: zeros)
        let found = AggregatePosterior(
            collapsed, count: 30, latentSize: 2, source: RandomSource(seed: 1))
        #expect(abs(found.mutualInformation.value) < 1e-12)
        #expect(abs(found.totalCorrelation.value) < 1e-12)
        #expect(abs(found.dimensionwiseDivergence.value) < 1e-12)
        let statistics = LatentStatistics(collapsed, count: 30, latentSize: 2)
        #expect(statistics.correlations.values == [1, 0, 0, 1])
        #expect(largestDifference(statistics.aggregateDeviations, [1, 1]) < 1e-12)
    }

    @Test("posteriors that never touch reach the ceiling ln N, and copies are all correlation")
    func separate() {
        let means = (0..<50).flatMap { [Float($0), Float($0)] }
        let separate = Posterior(mean: means, logVariance: Array(repeating: -12, count: 100))
        let found = AggregatePosterior(
            separate, count: 50, latentSize: 2, source: RandomSource(seed: 1))
        #expect(abs(found.ceiling - log(50)) < 1e-12)
        #expect(abs(found.mutualInformation.value - found.ceiling) < 1e-9)
        #expect(abs(found.totalCorrelation.value - found.ceiling) < 1e-9)
        let statistics = LatentStatistics(separate, count: 50, latentSize: 2)
        #expect(abs(statistics.correlations[0, 1] - 1) < 1e-6)
    }

    @Test("codes that are jointly Gaussian have the terms that Gaussians have")
    func gaussian() throws {
        let (count, correlation, variance) = (2_000, 0.8, 0.25)
        let noise = RandomSource(seed: 2).normal(2 * count, for: .drawing)
        let means = (0..<count).flatMap { image -> [Float] in
            let (first, second) = (noise[2 * image], noise[2 * image + 1])
            return [first, 0.8 * first + 0.6 * second]
        }
        let found = AggregatePosterior(
            Posterior(
                mean: means,
                logVariance: Array(repeating: Float(log(variance)), count: 2 * count)),
            count: count, latentSize: 2, draws: count, source: RandomSource(seed: 1))
        // q(z) is N(0, S + σ²I) with S = [1 ρ; ρ 1].
        let wide = 1 + variance
        let determinant = wide * wide - correlation * correlation
        func close(_ estimate: AggregatePosterior.Estimate, _ known: Double) -> Bool {
            abs(estimate.value - known) < 4 * (estimate.standardError ?? 0) + 0.03
        }
        #expect(close(found.mutualInformation, log(determinant) / 2 - log(variance)))
        #expect(close(found.totalCorrelation, log(wide * wide / determinant) / 2))
        #expect(close(found.dimensionwiseDivergence, wide - 1 - log(wide)))
    }

    @Test("codes are exported with index, class, means and deviations")
    func table() {
        let posterior = Posterior(mean: [1, 2, -3, 4.5], logVariance: [0, 0, 0, 0])
        #expect(
            CodeTable(posterior, latentSize: 2, labels: [7, 9]).csv() == """
                index,label,mean_0,mean_1,sigma_0,sigma_1
                0,7,1.0,2.0,1.0,1.0
                1,9,-3.0,4.5,1.0,1.0

                """)
        #expect(CodeTable(posterior, latentSize: 4).header.hasPrefix("index,mean_0,mean_1"))
    }
}
