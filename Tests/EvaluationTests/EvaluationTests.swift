import Datasets
import Evaluation
import FoundationEssentials
import Testing
import VAEModels

@Suite("A whole evaluation")
struct EvaluationTests {
    private let shape = ImageShape(channels: 1, height: 3, width: 4)
    private let model = LinearBernoulliModel()

    private func run(_ change: (inout EvaluationOptions) -> Void = { _ in }) throws
        -> EvaluationResult
    {
        var options = EvaluationOptions(dataTitle: "Bytes", importanceSamples: [1, 5], seed: 7)
        change(&options)
        return try Evaluation(
            images: randomImages(510, shape, seed: 3),
            training: randomImages(100, shape, seed: 4), options: options
        ).run(model)
    }

    @Test("publishes every score in the order of a table")
    func names() throws {
        let result = try run()
        #expect(
            result.scores.entries.map(\.name) == [
                "test.elbo", "test.reconstruction", "test.kl", "test.iwae_1", "test.iwae_5",
                "test.ess_5", "test.active_units", "test.psnr", "test.psnr_pooled", "test.ssim",
                "test.psnr_identity", "test.ssim_identity", "test.psnr_mean_image",
                "test.ssim_mean_image", "test.psnr_pca", "test.ssim_pca",
                "test.reconstruction_mean_image",
            ])
        #expect(result.scores.entries.allSatisfy { $0.count == 510 })
    }

    @Test("signs: the ELBO is minus reconstruction minus KL, both positive")
    func signs() throws {
        let scores = try run().scores
        let elbo = try #require(scores.value("test.elbo"))
        let reconstruction = try #require(scores.value("test.reconstruction"))
        let divergence = try #require(scores.value("test.kl"))
        #expect(elbo < 0 && reconstruction > 0 && divergence > 0)
        #expect(abs(elbo + reconstruction + divergence) < 1e-9)
    }

    @Test("what cannot be computed says why, and the identity's PSNR is infinite")
    func notComputed() throws {
        let scores = try run().scores
        #expect(scores["test.ssim"]?.reasonNotComputed?.contains("11 pixels") == true)
        #expect(scores.value("test.psnr_identity") == .infinity)
        let bare = try Evaluation(
            images: randomImages(5, shape, seed: 3), training: nil,
            options: EvaluationOptions(dataTitle: "Bytes", importanceSamples: [], seed: 1)
        ).run(model).scores
        #expect(bare["test.psnr_pca"]?.reasonNotComputed?.contains("no training images") == true)
        #expect(bare["test.iwae_1"] == nil)
    }

    @Test("each K keeps the quartiles of its effective draws; a single draw counts as one")
    func effectiveDraws() throws {
        let curve = try run().importanceCurve
        #expect(curve.map(\.effectiveSampleSizeSummary?.count) == [5, 5])
        #expect(curve[0].effectiveSampleSizeSummary == [1, 1, 1, 1, 1])
        let summary = try #require(curve[1].effectiveSampleSizeSummary)
        #expect(summary == summary.sorted() && summary[0] >= 1 && summary[4] <= 5)
        #expect(summary[1] < summary[3] && summary[2] == curve[1].medianEffectiveSampleSize)
    }

    @Test("only binarised targets earn the name NLL")
    func labels() throws {
        let grey = try run().scores
        let binarised = try run { $0.binarization = .dynamic }.scores
        #expect(grey["test.iwae_5"]?.title == "IWAE-5 (greyscale Bernoulli score)")
        #expect(!grey.entries.contains { $0.protocolText.contains("NLL") })
        #expect(binarised["test.iwae_5"]?.title == "IWAE-5 (−NLL)")
        #expect(grey.value("test.elbo") != binarised.value("test.elbo"))
    }

    @Test("protocol sentences name draws, images, targets and data set")
    func protocols() throws {
        let text = try #require(try run { $0.draws = 2 }.scores["test.elbo"]?.protocolText)
        for part in ["2 posterior draws", "510 test images of Bytes", "grey values", "nats"] {
            #expect(text.contains(part), "\(part) in: \(text)")
        }
    }

    @Test("the same inputs give the same result, another seed another")
    func deterministic() throws {
        #expect(try run() == run())
        #expect(
            try run().scores.value("test.elbo") != run { $0.seed = 8 }.scores.value("test.elbo"))
    }

    @Test("a result read from the cache equals the fresh one and stays small")
    func cached() throws {
        let fresh = try run()
        let data = try JSONEncoder().encode(fresh)
        #expect(try JSONDecoder().decode(EvaluationResult.self, from: data) == fresh)
        #expect(data.count < 60_000)
    }

    @Test("codes kept for figures are bounded, the scatter has every image")
    func codes() throws {
        let result = try run()
        #expect(result.codes.count == 510 && result.codes.latentSize == 3)
        let directions = try #require(result.codeDirections)
        #expect(directions.coordinates.values.count == 510 * 2)
        #expect(directions.directions.values.count == 6)
        #expect(directions.varianceFractions.reduce(0, +) <= 1)
        let posterior = Posterior(
            mean: Array(repeating: 0, count: 1_000_000),
            logVariance: Array(repeating: 0, count: 1_000_000))
        let codes = LatentCodes(posterior, totalCount: 1_000, latentSize: 1_000)
        #expect(codes.count == 320 && codes.totalCount == 1_000)
    }

    @Test("examples by PSNR: best first, worst last, none twice where there are enough")
    func examples() throws {
        let image = try run().perImage
        let peaks = image.peakSignalToNoise.values
        let (best, median, worst) = image.examples(4)
        #expect(peaks[best[0]] == peaks.max())
        #expect(peaks[worst[3]] == peaks.min())
        #expect(Set(best + median + worst).count == 12)
        let values = (best + median + worst).map { peaks[$0] }
        #expect(values == values.sorted(by: >))
        #expect(image.examples(10_000).best.count == 510)
    }

    @Test("progress reaches the end of every stage")
    func progress() throws {
        var last: [String: EvaluationProgress] = [:]
        _ = try Evaluation(
            images: randomImages(510, shape, seed: 3), training: randomImages(9, shape, seed: 4),
            options: EvaluationOptions(dataTitle: "Bytes", importanceSamples: [2], seed: 1)
        ).run(model) { last[$0.stage] = $0 }
        #expect(last.keys.contains("IWAE-2") && last.keys.contains("ELBO"))
        #expect(last.values.allSatisfy { $0.completed == $0.total })
    }

    @Test("what no evaluation can do is refused in words")
    func refused() throws {
        #expect(throws: EvaluationError.self) { try run { $0.draws = 0 } }
        #expect(throws: EvaluationError.self) { try run { $0.importanceSamples = [1, 0] } }
        let empty = Evaluation(
            images: ImageSet(pixels: [], labels: [], shape: shape), training: nil,
            options: EvaluationOptions(dataTitle: "Bytes", seed: 1))
        #expect(throws: EvaluationError.noImages(split: "test")) { try empty.run(model) }
        let other = Evaluation(
            images: randomImages(2, ImageShape(channels: 1, height: 5, width: 5), seed: 1),
            training: nil, options: EvaluationOptions(dataTitle: "Bytes", seed: 1))
        #expect(throws: EvaluationError.wrongImageSize(found: 25, expected: 12)) {
            try other.run(model)
        }
    }
}
