import Datasets
import Evaluation
import Tensors
import Testing
import VAEModels

@Suite("ELBO and IWAE against PyTorch with shared noise")
struct BoundOracleTests {
    struct Expected: Decodable {
        let reconstruction_3: ShortenedList
        let divergence: ShortenedList
        let kl_per_dimension: [Double]
        let mean_variances: [Double]
        let bound_1: ShortenedList
        let bound_7: ShortenedList
        let bound_40: ShortenedList
        let ess_1: ShortenedList
        let ess_7: ShortenedList
        let ess_40: ShortenedList
        let elbo_mean: Double
        let elbo_error: Double
    }

    private let model = LinearBernoulliModel()
    private let images: EvaluationImages
    private let posterior: Posterior
    private let source = RandomSource(seed: 5)

    init() {
        var generator = model.remaining
        images = EvaluationImages(
            ImageSet(
                pixels: generator.bytes(503 * 12), labels: [],
                shape: ImageShape(channels: 1, height: 3, width: 4)))
        posterior = model.encode(images.blocks.flatMap(images.values))
    }

    @Test("the ELBO's two terms and its standard error agree, with three draws an image")
    func elbo() throws {
        let expected = try oracle("bounds", as: Expected.self)
        let elbo = try ElboEvaluation(
            model: model, images: images, posterior: posterior, draws: 3, source: source)
        #expect(expected.reconstruction_3.distance(from: elbo.reconstruction) < 1e-4)
        #expect(expected.divergence.distance(from: elbo.divergence) < 1e-4)
    }

    @Test(
        "bounds and effective sample sizes agree, however many codes are decoded at once",
        arguments: [4_000, 1, 1_700])
    func importanceWeighted(codesAtOnce: Int) throws {
        let expected = try oracle("bounds", as: Expected.self)
        let bound = try ImportanceWeightedBound(
            model: model, images: images, posterior: posterior, samples: [40, 1, 7],
            source: source, codesAtOnce: codesAtOnce)
        #expect(bound.estimates.map(\.samples) == [1, 7, 40])
        let wanted = [
            (expected.bound_1, expected.ess_1), (expected.bound_7, expected.ess_7),
            (expected.bound_40, expected.ess_40),
        ]
        for (estimate, (bounds, sizes)) in zip(bound.estimates, wanted) {
            #expect(bounds.distance(from: estimate.bounds) < 1e-4)
            #expect(sizes.distance(from: estimate.effectiveSampleSizes) < 1e-3)
        }
    }

    @Test("codes decoded in pieces of any size give the same bits")
    func sameBits() throws {
        let runs = try [1, 700, 100_000].map { codesAtOnce in
            try ImportanceWeightedBound(
                model: model, images: images, posterior: posterior, samples: [9], source: source,
                codesAtOnce: codesAtOnce
            ).estimates.map(\.bounds)
        }
        #expect(runs[0] == runs[1] && runs[1] == runs[2])
    }

    @Test("KL per dimension and the variances of the means agree")
    func perDimension() throws {
        let expected = try oracle("bounds", as: Expected.self)
        let divergence = KLPerDimension(posterior, count: 503, latentSize: 3)
        #expect(largestDifference(divergence.values, expected.kl_per_dimension) < 1e-5)
        let units = ActiveUnits(posterior, count: 503, latentSize: 3)
        #expect(largestDifference(units.variances, expected.mean_variances) < 1e-5)
    }

    @Test("the printed ELBO is the mean with its error")
    func printed() throws {
        let expected = try oracle("bounds", as: Expected.self)
        let result = try Evaluation(
            images: images.images, training: nil,
            options: EvaluationOptions(
                dataTitle: "bytes", draws: 3, importanceSamples: [1, 7], seed: 5)
        ).run(model)
        let score = try #require(result.scores["test.elbo"])
        #expect(abs((score.value ?? 0) - expected.elbo_mean) < 1e-4)
        #expect(abs((score.standardError ?? 0) - expected.elbo_error) < 1e-5)
        #expect(score.count == 503)
        let bound = try #require(result.scores.value("test.iwae_7"))
        #expect(abs(bound - expected.bound_7.mean) < 1e-4)
    }
}
