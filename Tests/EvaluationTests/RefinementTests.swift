import Datasets
import Evaluation
import FoundationEssentials
import Tensors
import Testing
import VAEModels

/// The way back through the linear-Gaussian model: Wᵀ(x − Wz) / s².
private final class LinearGaussianSlope: CodeGradients {
    private let model = LinearGaussianModel(spread: 1)

    func logLikelihood(
        of images: [Float], codes: [Float], perImage: Int
    ) -> (nats: [Float], gradient: [Float]) {
        let nats = model.logLikelihood(of: images, codes: codes, perImage: perImage)
        let means = model.decode(codes)
        let columns = [model.decode([1, 0]), model.decode([0, 1])]
        let gradient = nats.indices.flatMap { row in
            columns.map { column in
                (0..<4).reduce(Float(0)) { sum, pixel in
                    let error = images[row / perImage * 4 + pixel] - means[row * 4 + pixel]
                    return sum + column[pixel] * error / 0.25
                }
            }
        }
        return (nats, gradient)
    }
}

@Suite("Refined posteriors")
struct RefinementTests {
    private let shape = ImageShape(channels: 1, height: 2, width: 2)

    private func run(
        spread: Double, count: Int = 600, refined: Int = 100,
        _ change: (inout EvaluationOptions) -> Void = { _ in }
    ) throws -> EvaluationResult {
        var options = EvaluationOptions(
            dataTitle: "Bytes", includesBaselines: false, pixels: PixelModel(.fixedGaussian),
            refinedImages: refined, seed: 7)
        change(&options)
        return try Evaluation(
            images: randomImages(count, shape, seed: 3), training: nil, options: options
        ).run(
            LinearGaussianModel(spread: spread), gradients: .given(LinearGaussianSlope()))
    }

    @Test(
        "a posterior that is too wide or too narrow comes back to the true one: the gap is its KL",
        arguments: [1.5, 0.6])
    func closes(spread: Double) throws {
        let result = try run(spread: spread)
        let gaps = try #require(result.gaps)
        let known = LinearGaussianModel(spread: spread).posteriorGap
        let error = try #require(gaps.amortisation.standardError)
        #expect(abs(gaps.amortisation.mean - known) < 4 * error + 0.01)
        #expect(abs(gaps.approximation.mean) < 0.02)
        #expect(gaps.count == 100 && gaps.perImage.values.count == 100)
        let sum = gaps.bound.mean - gaps.encoded.mean
        #expect(abs(sum - gaps.amortisation.mean - gaps.approximation.mean) < 1e-9)
    }

    @Test("a posterior that is right already gains nothing")
    func exact() throws {
        let gaps = try #require(try run(spread: 1).gaps)
        #expect(abs(gaps.amortisation.mean) < 0.01)
    }

    @Test("scores are announced, over the refined images alone, and survive the cache")
    func scores() throws {
        let result = try run(spread: 1.5)
        #expect(
            result.scores.entries.map(\.name)
                == ScoreNames.evaluation(result.options).map { "test.\($0)" })
        let gap = try #require(result.scores["test.amortisation_gap"])
        #expect(gap.count == 100 && gap.value == result.gaps?.amortisation.mean)
        #expect(gap.protocolText.contains("100 test images of Bytes"))
        #expect(gap.protocolText.contains("spread evenly over the split"))
        let data = try JSONEncoder().encode(result)
        #expect(try JSONDecoder().decode(EvaluationResult.self, from: data) == result)
        #expect(try run(spread: 1.5) == result)
    }

    @Test("no more images are refined than there are, and binary ones keep their targets")
    func few() throws {
        let result = try run(spread: 1.5, count: 30) {
            $0.binarization = .dynamic
            $0.draws = 64
        }
        let gaps = try #require(result.gaps)
        #expect(gaps.count == 30)
        // The same images, posteriors and draws as the evaluation's own ELBO.
        let elbo = try #require(result.scores.value("test.elbo"))
        #expect(abs(gaps.encoded.mean - elbo) < 1e-6)
    }

    @Test("without a way back the scores say so")
    func missing() throws {
        let result = try Evaluation(
            images: randomImages(20, shape, seed: 3), training: nil,
            options: EvaluationOptions(dataTitle: "Bytes", refinedImages: 5, seed: 7)
        ).run(LinearGaussianModel(spread: 1))
        let reason = result.scores["test.amortisation_gap"]?.reasonNotComputed
        #expect(reason == "there is no way back through the decoder")
        #expect(result.gaps == nil)
    }
}
