import Datasets
import Evaluation
import Tensors
import Testing
import VAEModels

@Suite("Bounds of a model whose log p(x) is known")
struct LinearGaussianTests {
    private let images = EvaluationImages(
        randomImages(520, ImageShape(channels: 1, height: 2, width: 2), seed: 8))

    private func exact(_ model: LinearGaussianModel) -> [Double] {
        images.blocks.flatMap { block in
            let values = images.values(of: block)
            return (0..<block.count).map { model.logMarginal(Array(values[$0 * 4..<$0 * 4 + 4])) }
        }
    }

    private func bounds(_ model: LinearGaussianModel, _ samples: [Int]) throws
        -> [ImportanceWeightedBound.Estimate]
    {
        let posterior = model.encode(images.blocks.flatMap(images.values))
        return try ImportanceWeightedBound(
            model: model, images: images, posterior: posterior, samples: samples,
            source: RandomSource(seed: 1)
        ).estimates
    }

    @Test("with the exact posterior every weight is p(x): the bound is tight and ESS is K")
    func exactPosterior() throws {
        let model = LinearGaussianModel(spread: 1)
        for estimate in try bounds(model, [1, 8]) {
            #expect(largestDifference(estimate.bounds, exact(model)) < 1e-4)
            for size in estimate.effectiveSampleSizes {
                #expect(abs(size - Double(estimate.samples)) < 1e-3)
            }
        }
    }

    @Test(
        "with a wrong posterior the bound rises with K towards log p(x)", arguments: [0.75, 1.6])
    func wrongPosterior(spread: Double) throws {
        let model = LinearGaussianModel(spread: spread)
        let truth = exact(model).reduce(0, +) / 520
        let estimates = try bounds(model, [1, 10, 300])
        let means = estimates.map { $0.bounds.reduce(0, +) / 520 }
        #expect(means == means.sorted())
        #expect(means.allSatisfy { $0 < truth + 0.02 })
        #expect(abs((means.last ?? 0) - truth) < 0.02)
        for estimate in estimates {
            let range = 0.999...Double(estimate.samples) + 1e-6
            #expect(estimate.effectiveSampleSizes.allSatisfy(range.contains))
        }
    }

    @Test("the ELBO of the exact posterior is log p(x) in expectation, and less for a wrong one")
    func elbo() throws {
        let means = try [1, 0.5].map { spread in
            let model = LinearGaussianModel(spread: spread)
            let elbo = try ElboEvaluation(
                model: model, images: images,
                posterior: model.encode(images.blocks.flatMap(images.values)), draws: 50,
                source: RandomSource(seed: 1))
            return elbo.bound.reduce(0, +) / 520
        }
        let truth = exact(LinearGaussianModel(spread: 1)).reduce(0, +) / 520
        #expect(abs(means[0] - truth) < 0.02)
        // Each dimension loses −log(½) − ½(1 − ¼) nats.
        #expect(abs(means[1] - (truth - 2 * (0.6931 - 0.375))) < 0.02)
    }

    @Test(
        "the model is handed no more codes at once for more draws, and progress goes on within a block"
    )
    func memory() throws {
        for samples in [20, 200] {
            let model = CountingModel()
            let posterior = model.encode(images.blocks.flatMap(images.values))
            var heard: [EvaluationProgress] = []
            _ = try ImportanceWeightedBound(
                model: model, images: images, posterior: posterior, samples: [samples],
                source: RandomSource(seed: 1), codesAtOnce: 2_000
            ) { heard.append($0) }
            #expect(model.most == 2_000)
            #expect(heard.count >= samples / 4 && heard.last?.completed == 520)
            #expect(heard.map(\.completed) == heard.map(\.completed).sorted())
        }
    }
}

/// Remembers the largest number of codes that it was handed.
private final class CountingModel: VAEInference {
    let latentSize = 2
    let pixelCount = 4
    private(set) var most = 0
    private let model = LinearGaussianModel(spread: 1)

    func encode(_ images: [Float]) -> Posterior { model.encode(images) }

    func decode(_ codes: [Float]) -> [Float] { model.decode(codes) }

    func reconstruct(_ codes: [Float]) -> [Float] { model.reconstruct(codes) }

    func logLikelihood(of images: [Float], codes: [Float], perImage: Int) -> [Float] {
        most = max(most, codes.count / latentSize)
        return model.logLikelihood(of: images, codes: codes, perImage: perImage)
    }
}
