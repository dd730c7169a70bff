import Datasets
import Evaluation
import FoundationEssentials
import TestSupport
import Testing
import VAEModels

/// Two numbers of each image of 12 pixels: the means of its halves.
final class HalvesExtractor: FeatureExtractor {
    let featureSize = 2
    let featureTitle = "means of halves"

    func features(_ images: [Float]) -> [Float] {
        stride(from: 0, to: images.count, by: 6).map { images[$0..<$0 + 6].reduce(0, +) / 6 }
    }
}

@Suite("The optional parts of an evaluation")
struct WholeEvaluationTests {
    private let shape = ImageShape(channels: 1, height: 3, width: 4)
    private let model = LinearBernoulliModel()

    private func run(
        count: Int = 600, _ change: (inout EvaluationOptions) -> Void = { _ in }
    ) throws -> EvaluationResult {
        var options = EvaluationOptions(
            dataTitle: "Bytes", importanceSamples: [1, 5], includesPerceptual: true,
            includesDistribution: true, aggregateDraws: 50, probeTrainingCount: 60, seed: 7)
        change(&options)
        return try Evaluation(
            images: randomImages(count, shape, seed: 3),
            training: randomImages(100, shape, seed: 4), options: options
        ).run(model, features: .given(HalvesExtractor()))
    }

    @Test("the scores are those that the table of names announces, in its order")
    func names() throws {
        let result = try run()
        #expect(
            result.scores.entries.map(\.name)
                == ScoreNames.evaluation(result.options).map { "test.\($0)" })
        let plain = try run {
            $0.includesPerceptual = false
            $0.includesDistribution = false
            $0.aggregateDraws = 0
            $0.probeTrainingCount = 0
        }
        #expect(
            plain.scores.entries.map(\.name)
                == ScoreNames.evaluation(plain.options).map { "test.\($0)" })
        #expect(plain.distribution == nil && plain.aggregatePosterior == nil)
    }

    @Test(
        "images that are all alike, one in the last block, have scores that are numbers or say why not",
        arguments: [UInt8.min, 128, .max], [501, 1])
    func constantImages(level: UInt8, count: Int) throws {
        func images(_ count: Int) -> ImageSet {
            ImageSet(
                pixels: [UInt8](repeating: level, count: count * shape.pixelCount), labels: [],
                shape: shape)
        }
        let options = EvaluationOptions(
            dataTitle: "Alike", importanceSamples: [1, 5], includesDistribution: true,
            aggregateDraws: 50, probeTrainingCount: 60, seed: 7)
        let result = try Evaluation(images: images(count), training: images(100), options: options)
            .run(model, features: .given(HalvesExtractor()))
        #expect(result.count == count)
        let odd = result.scores.entries.filter { !isNumberOrReason($0.outcome) }
        #expect(odd.map(\.name) == [])
        let elbo = try #require(result.scores.value("test.elbo"))
        #expect(elbo.isFinite && elbo < 0)
    }

    private func isNumberOrReason(_ outcome: Score.Outcome) -> Bool {
        switch outcome {
        case .value(let value): value.isFinite || value == .infinity
        case .notComputed(let reason): !reason.isEmpty
        }
    }

    @Test("without a file LPIPS is not computed and says what to do")
    func perceptual() throws {
        let score = try #require(try run().scores["test.lpips"])
        let reason = try #require(score.reasonNotComputed)
        #expect(reason.contains("name the weights' file in eval.lpips"))
        #expect(score.standardError == nil)
    }

    @Test("LPIPS of the reconstructions is a mean over images, one number each kept")
    func perceptualGiven() throws {
        let large = ImageShape(channels: 1, height: 3, width: 4)
        let weights = PerceptualWeights(
            ThinTrunk("squeeze", seed: 5).tensors, source: "thin.pth")
        let distance = try PerceptualDistance(weights, shape: large)
        let result = try Evaluation(
            images: randomImages(20, large, seed: 3), training: nil,
            options: EvaluationOptions(dataTitle: "Bytes", includesPerceptual: true, seed: 1)
        ).run(model, perceptual: .given(distance))
        let values = try #require(result.perImage.perceptual?.values)
        let score = try #require(result.scores["test.lpips"])
        let mean = values.reduce(0) { $0 + Double($1) } / 20
        #expect(abs((score.value ?? 0) - mean) < 1e-6)
        #expect(score.standardError != nil && score.count == 20)
        #expect(score.protocolText.contains("thin.pth"))
        #expect(score.protocolText.contains("20 test images of Bytes"))
    }

    @Test("real images are closer to real ones than samples of a poor model are, at equal N")
    func distribution() throws {
        let result = try run()
        let scores = result.scores
        let floor = try #require(scores.value("test.frechet_floor"))
        let samples = try #require(scores.value("test.frechet_samples"))
        #expect(floor >= 0 && samples > 2 * floor)
        #expect(scores["test.frechet_samples"]?.count == 300)
        #expect(scores["test.frechet_floor"]?.count == 300)
        let text = try #require(scores["test.kid_samples"]?.protocolText)
        for part in ["means of halves", "unbiased", "300 samples from the prior", "even index"] {
            #expect(text.contains(part), "\(part) in: \(text)")
        }
        #expect(!scores.entries.contains { $0.title.contains("FID") })
        #expect(result.distribution?.samples.frechet == samples)
    }

    @Test("precision and recall stand beside the distances, over as many images")
    func overlap() throws {
        let result = try run()
        for name in ["precision_samples", "recall_samples", "precision_floor"] {
            let score = try #require(result.scores["test.\(name)"])
            let value = try #require(score.value)
            #expect(value >= 0 && value <= 1 && score.count == 300, "\(name)")
            #expect(score.standardError != nil)
        }
        let floor = try #require(result.distribution?.floor.overlap)
        #expect(floor.precision.mean > 0.8 && floor.recall.mean > 0.8)
        let text = try #require(result.scores["test.recall_samples"]?.protocolText)
        #expect(text.contains("Kynkäänniemi") && text.contains("300 samples from the prior"))
    }

    @Test("probes are fitted on codes of training images and scored on the codes of the split")
    func probes() throws {
        func labelled(_ count: Int, seed: UInt64) -> ImageSet {
            let images = randomImages(count, shape, seed: seed)
            let labels = (0..<count).map { image in
                let pixels = images.pixels[image * 12..<image * 12 + 12]
                return UInt8(pixels.reduce(0) { $0 + Int($1) } > 12 * 128 ? 1 : 0)
            }
            return ImageSet(pixels: images.pixels, labels: labels, shape: shape)
        }
        let training = labelled(300, seed: 4)
        let images = labelled(200, seed: 3)
        let scores = try Evaluation(
            images: images, training: training,
            options: EvaluationOptions(dataTitle: "Bytes", probeTrainingCount: 250, seed: 7)
        ).run(model).scores
        let expected = try ProbeResult(
            of: .variationalAutoencoder(model), training: training.slice(0..<250),
            images: images, neighbours: 5)
        #expect(scores.value("test.probe_linear") == expected.linear.mean)
        #expect(scores.value("test.probe_knn") == expected.nearest.mean)
        #expect(expected.linear.mean > 0.6)
        let score = try #require(scores["test.probe_knn"])
        #expect(score.count == 200 && score.standardError != nil)
        #expect(score.protocolText.contains("fitted on the first 250 training images"))
        #expect(score.protocolText.contains("200 test images of Bytes"))
    }

    @Test("without classes, or without training images, probes say why they are missing")
    func missingProbes() throws {
        let unlabelled = try run().scores["test.probe_linear"]?.reasonNotComputed
        #expect(unlabelled == "the data have no classes")
        let alone = try Evaluation(
            images: randomImages(5, shape, seed: 3), training: nil,
            options: EvaluationOptions(dataTitle: "Bytes", probeTrainingCount: 9, seed: 1)
        ).run(model).scores["test.probe_knn"]?.reasonNotComputed
        #expect(alone == "there are no training images to fit them on")
    }

    @Test("too few images for the features are said to be too few")
    func tooFew() throws {
        let scores = try run(count: 30).scores
        let reason = try #require(scores["test.frechet_samples"]?.reasonNotComputed)
        #expect(reason == "30 images are too few for 2 features; it takes 40")
    }

    @Test("binary data is compared with pixels drawn from the means")
    func binary() throws {
        let result = try run { $0.binarization = .dynamic }
        let text = try #require(result.scores["test.frechet_samples"]?.protocolText)
        #expect(text.contains("pixels drawn from the decoder's means"))
        #expect(try run { $0.binarization = .dynamic } == result)
    }

    @Test("the KL term taken apart adds up to about the KL term, under its ceiling")
    func aggregate() throws {
        let result = try run { $0.aggregateDraws = 600 }
        let parts = ["mutual_information", "total_correlation", "dimensionwise_kl"].compactMap {
            result.scores.value("test.\($0)")
        }
        let whole = try #require(result.scores.value("test.kl"))
        #expect(parts.count == 3)
        #expect(abs(parts.reduce(0, +) - whole) < 0.2 * whole + 0.2)
        let ceiling = try #require(result.scores.value("test.mutual_information_ceiling"))
        #expect(parts[0] <= ceiling)
    }

    @Test("what a bound may be called follows from the likelihood and the pixels")
    func meaning() throws {
        func title(_ pixels: PixelModel, _ binarization: Binarization) throws -> String? {
            try run {
                $0.pixels = pixels
                $0.binarization = binarization
            }.scores["test.iwae_5"]?.title
        }
        #expect(try title(PixelModel(), .none) == "IWAE-5 (greyscale Bernoulli score)")
        #expect(try title(PixelModel(), .dynamic) == "IWAE-5 (−NLL)")
        #expect(try title(PixelModel(), .static) == "IWAE-5 (−NLL)")
        #expect(try title(PixelModel(.fixedGaussian), .none) == "IWAE-5 (log density)")
        let text = try run { $0.pixels = PixelModel(.charbonnier, range: .minusOneOne) }
            .scores["test.elbo"]?.protocolText
        #expect(text?.contains("smoothed Laplace density, scale 1, pixels in −1 … 1") == true)
    }

    @Test("latent statistics and all parts survive the cache")
    func cached() throws {
        let fresh = try run()
        #expect(fresh.latentStatistics.means.count == 3)
        let data = try JSONEncoder().encode(fresh)
        #expect(try JSONDecoder().decode(EvaluationResult.self, from: data) == fresh)
    }
}
