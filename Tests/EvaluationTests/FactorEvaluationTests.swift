import Datasets
import Evaluation
import Tensors
import Testing

@Suite("An evaluation with known factors")
struct FactorEvaluationTests {
    private let shape = ImageShape(channels: 1, height: 3, width: 4)

    private func images(_ count: Int, seed: UInt64, constant: Bool = false) -> ImageSet {
        var generator = SharedGenerator(seed: seed)
        return ImageSet(
            pixels: generator.bytes(count * 12), labels: [], shape: shape,
            factorValues: generator.bytes(count * 2).map { constant ? 1 : $0 % 3 })
    }

    private let factors = ["size", "turn"].map {
        KnownFactor(name: $0, valueCount: 3, isOrdered: true, meaning: "3 steps")
    }

    private func run(
        _ images: ImageSet, training: ImageSet?, factors: [KnownFactor]
    ) throws -> EvaluationResult {
        try Evaluation(
            images: images, training: training, factors: factors,
            options: EvaluationOptions(
                dataTitle: "Bytes", importanceSamples: [], includesDisentanglement: true, seed: 7)
        ).run(LinearBernoulliModel())
    }

    @Test("six scores say how they were computed, and the matrices are kept")
    func scores() throws {
        let result = try run(
            images(150, seed: 1), training: images(120, seed: 2), factors: factors)
        #expect(
            result.scores.entries.map(\.name)
                == ScoreNames.evaluation(result.options).map { "test.\($0)" })
        let kept = try #require(result.disentanglement)
        #expect(kept.information.map(\.count) == [3, 3] && kept.latentSize == 3)
        #expect(kept.fittedCount == 120 && kept.scoredCount == 150)
        let mig = try #require(result.scores["test.mig"])
        #expect(mig.value == kept.gap.mean && mig.standardError != nil && mig.count == 150)
        #expect(mig.protocolText.contains("150 test images of Bytes, factors: size, turn"))
        let votes = try #require(result.scores["test.factor_vae"])
        #expect(votes.protocolText.contains("majority of 10,000 votes of 120 training images"))
    }

    @Test("without factors, training images or variation the scores say why they are missing")
    func missing() throws {
        let (some, training) = (images(50, seed: 1), images(50, seed: 2))
        let plain = ImageSet(pixels: some.pixels, labels: [], shape: shape)
        let cases: [(EvaluationResult, String)] = [
            (try run(plain, training: plain, factors: []), "Bytes has no known factors"),
            (try run(some, training: nil, factors: factors), "no training images"),
            (
                try run(images(50, seed: 1, constant: true), training: training, factors: factors),
                "'size' is the same in all of the images"
            ),
        ]
        for (result, reason) in cases {
            #expect(result.disentanglement == nil)
            for name in ["mig", "dci_disentanglement", "sap", "factor_vae"] {
                let score = try #require(result.scores["test.\(name)"])
                #expect(score.reasonNotComputed?.contains(reason) == true)
            }
        }
    }
}
