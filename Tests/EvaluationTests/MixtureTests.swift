import Datasets
import Evaluation
import FoundationEssentials
import Tensors
import Testing
import VAEModels

@Suite("A Gaussian mixture fitted to codes, against scikit-learn")
struct MixtureTests {
    struct Expected: Decodable {
        let weights: [Double]
        let means: [Double]
        let covariances: [Double]
        let fitted: Double
        let scored: [Double]
    }

    private let fitted: [Float]
    private let scored: [Float]

    init() {
        var generator = SharedGenerator(seed: 61)
        let centres = generator.signed(12).map { $0 * 2 }
        let mixing = generator.signed(48)
        func draw(_ count: Int) -> [Float] {
            let labels = generator.bytes(count).map { Int($0 % 3) }
            let noise = generator.signed(count * 4)
            return (0..<count * 4).map { index in
                let (row, column) = (index / 4, index % 4)
                let moved = (0..<4).reduce(0.0) {
                    $0 + noise[row * 4 + $1] * mixing[labels[row] * 16 + $1 * 4 + column]
                }
                return Float(centres[labels[row] * 4 + column] + moved)
            }
        }
        fitted = draw(600)
        scored = draw(50)
    }

    private var identity: LinearAlgebra.Matrix {
        var matrix = LinearAlgebra.Matrix(rows: 4, columns: 4)
        for index in 0..<4 { matrix[index, index] = 1 }
        return matrix
    }

    @Test("25 steps from the same beginning end at the same weights, centres and covariances")
    func steps() throws {
        let expected = try oracle("mixture", as: Expected.self)
        let start = MixtureParameters(
            weights: [1.0 / 3, 1.0 / 3, 1.0 / 3],
            means: LinearAlgebra.Matrix(
                rows: 3, columns: 4, values: fitted.prefix(12).map { Double($0) }),
            covariances: [identity, identity, identity])
        var fit = MixtureFit(fitted, size: 4, start: start)
        try fit.run(most: 25, tolerance: -.infinity)
        #expect(fit.iterations == 25)
        #expect(largestDifference(fit.parameters.weights, expected.weights) < 1e-9)
        #expect(largestDifference(fit.parameters.means.values, expected.means) < 1e-8)
        let covariances = fit.parameters.covariances.flatMap(\.values)
        #expect(largestDifference(covariances, expected.covariances) < 1e-8)
        let prior = try fit.prior()
        let own = try prior.logDensities(fitted)
        #expect(abs(own.reduce(0, +) / 600 - expected.fitted) < 1e-4)
        #expect(largestDifference(try prior.logDensities(scored), expected.scored) < 1e-3)
    }

    @Test("from k-means it finds the same optimum, the same one each time")
    func fromClusters() throws {
        let expected = try oracle("mixture", as: Expected.self)
        let fits = try (0..<2).map { _ in
            var fit = MixtureFit(
                fitted, size: 4, components: 3, source: RandomSource(seed: 3))
            try fit.run()
            return try fit.prior()
        }
        #expect(fits[0] == fits[1])
        let mean = try fits[0].logDensities(fitted).reduce(0, +) / 600
        #expect(mean > expected.fitted - 0.05)
        #expect(fits[0].iterations < 100 && fits[0].fittedCount == 600)
    }

    @Test("draws have the mixture's mean and covariance, colder ones lie at the centres")
    func draws() throws {
        var fit = MixtureFit(fitted, size: 4, components: 3, source: RandomSource(seed: 3))
        try fit.run()
        let prior = try fit.prior()
        let count = 60_000
        let source = RandomSource(seed: 5)
        let uniform = source.uniform(count, for: .selection)
        let codes = prior.draw(
            uniform: uniform, noise: source.normal(count * 4, for: .prior))
        let (made, wanted) = (
            FeatureMoments(codes, size: 4), FeatureMoments(fitted, size: 4)
        )
        #expect(largestDifference(made.mean, wanted.mean) < 0.03)
        #expect(largestDifference(made.covariance.values, wanted.covariance.values) < 0.05)
        let cold = prior.draw(
            uniform: [0.01], noise: [3, 3, 3, 3], temperature: 0)
        #expect(cold == Array(prior.means.values[0..<4]))
    }

    @Test("one Gaussian is the codes' own mean and covariance, and survives the cache")
    func single() throws {
        var fit = MixtureFit(fitted, size: 4, components: 1, source: RandomSource(seed: 3))
        try fit.run()
        let moments = FeatureMoments(fitted, size: 4)
        #expect(largestDifference(fit.parameters.means.values, moments.mean) < 1e-9)
        let wanted = moments.covariance.values.map { $0 * 599 / 600 }
        #expect(largestDifference(fit.parameters.covariances[0].values, wanted) < 1e-5)
        let prior = try fit.prior()
        let data = try JSONEncoder().encode(prior)
        #expect(try JSONDecoder().decode(MixturePrior.self, from: data) == prior)
    }

    @Test("codes that are all the same, and more components than places, are no mistake")
    func degenerate() throws {
        var fit = MixtureFit(
            [Float](repeating: 2, count: 80), size: 4, components: 3,
            source: RandomSource(seed: 3))
        try fit.run()
        let density = try fit.prior().logDensities([2, 2, 2, 2, 0, 0, 0, 0])
        #expect(density[0] > 10 && density[1] < -1_000)
    }
}

@Suite("The mixture in an evaluation")
struct MixtureEvaluationTests {
    private let shape = ImageShape(channels: 1, height: 3, width: 4)

    private func run(training count: Int) throws -> EvaluationResult {
        try Evaluation(
            images: randomImages(600, shape, seed: 3),
            training: randomImages(count, shape, seed: 4),
            options: EvaluationOptions(
                dataTitle: "Bytes", includesDistribution: true, mixtureComponents: 2, seed: 7)
        ).run(LinearBernoulliModel(), features: .given(HalvesExtractor()))
    }

    @Test("the mixture fits codes better than N(0, I), and raises the ELBO by as much")
    func gain() throws {
        let result = try run(training: 500)
        #expect(
            result.scores.entries.map(\.name)
                == ScoreNames.evaluation(result.options).map { "test.\($0)" })
        let gain = try #require(result.scores["test.mixture_gain"])
        #expect((gain.value ?? 0) > 0.1 && gain.standardError != nil && gain.count == 600)
        let elbo = try #require(result.scores.value("test.elbo"))
        let whole = try #require(result.scores.value("test.elbo_mixture"))
        #expect(abs(whole - elbo - (gain.value ?? 0)) < 1e-9)
        #expect(gain.protocolText.contains("a mixture of 2 Gaussians"))
        #expect(gain.protocolText.contains("first 500 training images"))
        #expect(result.scores["test.frechet_mixture"]?.count == 300)
        #expect(result.mixture?.count == 2)
        let data = try JSONEncoder().encode(result)
        #expect(try JSONDecoder().decode(EvaluationResult.self, from: data) == result)
    }

    @Test("too few training images for the Gaussians are said to be too few")
    func tooFew() throws {
        let result = try run(training: 15)
        let reason = try #require(result.scores["test.mixture_gain"]?.reasonNotComputed)
        #expect(reason == "2 Gaussians need at least 20 training images, found 15")
        #expect(
            result.scores["test.frechet_mixture"]?.reasonNotComputed == "there is no mixture")
        #expect(result.scores.value("test.frechet_samples") != nil)
    }
}
