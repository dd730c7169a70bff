import Charts
import Figures
import Testing

@Suite("Figures of samples and denoising")
struct SampleFigureTests {
    private func drawing(_ figure: any Figure) throws -> String {
        let svg = try figure.svg(label: "f").replacing(/(base64,|aria-label=")[^"]*/, with: "")
        #expect(!svg.contains("nan") && !svg.contains("inf"))
        #expect(!figure.altText.contains("nan") && !figure.altText.contains("inf "))
        return svg
    }

    private func tile(_ value: Float, channels: Int = 1) -> ImageTile {
        ImageTile(
            channels: channels, height: 8, width: 8,
            values: [Float](repeating: value, count: channels * 64))
    }

    @Test("a draw away from its image lowers the PSNR; equal draws have no spread")
    func posteriorSamples() throws {
        let line = PosteriorSamples.Line(
            original: tile(0.5), reconstruction: tile(0.6), draws: [tile(0.4), tile(0.4)],
            label: "#3")
        let figure = PosteriorSamples(lines: [line])
        _ = try drawing(figure)
        let row = figure.dataTable.rows[0]
        #expect(row[0] == .text("#3"))
        #expect(row[2].text == "20.00" && row[3].text == "20.00" && row[4].text == "0.0000")
        #expect(try figure.sheet().png(scale: 1).count > 50)
    }

    @Test("a sum of codes reads a − b + c")
    func arithmetic() throws {
        let terms = [
            LatentArithmetic.Term("mean of 7", image: tile(0.1, channels: 3)),
            LatentArithmetic.Term("mean of 1", image: tile(0.2, channels: 3), isSubtracted: true),
            LatentArithmetic.Term("mean of 0", image: tile(0.3, channels: 3)),
        ]
        let equation = LatentArithmetic.Equation(terms: terms, result: tile(0.2, channels: 3))
        let other = LatentArithmetic.Equation(
            terms: Array(terms.prefix(2)), result: tile(0.2, channels: 3), finding: "nearest: 4")
        let figure = LatentArithmetic(equations: [equation, other])
        _ = try drawing(figure)
        #expect(figure.altText.contains("mean of 7 − mean of 1 + mean of 0"))
        #expect(figure.dataTable.rows[0][1] == .missing)
        #expect(figure.dataTable.rows[1][1] == .text("nearest: 4"))
    }

    @Test("denoised rows are scored against the clean image, and the best is named")
    func denoisedImages() throws {
        let level = DenoisedImages.Level(
            "σ = 0.1", examples: [[tile(0.5), tile(0.6), tile(0.51), tile(0.5)]])
        let figure = DenoisedImages(methods: ["clean", "noisy", "VAE", "DAE"], levels: [level])
        _ = try drawing(figure)
        #expect(figure.dataTable.rows[0].map(\.text) == ["σ = 0.1", "20.00", "40.00", "–"])
        #expect(figure.altText.contains("VAE at σ = 0.1 (40.0 dB)"))
    }

    @Test("doing nothing can win, and is said to")
    func denoisingScores() throws {
        let series = [
            DenoisingScores.Series("DAE", points: [.init(level: 0.1, value: 18.3)]),
            DenoisingScores.Series(
                "noise left in", points: [.init(level: 0.1, value: 22.7)], isReference: true),
        ]
        let noise = DenoisingScores.Noise("Gaussian", levelName: "σ", series: series)
        let figure = DenoisingScores(noises: [noise])
        _ = try drawing(figure)
        #expect(figure.altText.contains("noise left in is best with 22.7 dB"))
        let errors = DenoisingScores(
            noises: [noise], metric: "MSE", unit: "", isHigherBetter: false)
        #expect(errors.altText.contains("DAE is best with 18.3 (noise left in: 22.7)"))
    }

    @Test("the manifold says where the decoder changes most")
    func manifold() throws {
        let values: [Float] = [0, 0, 0, 0, 0, 0.5, 0, 0, 0]
        let figure = DecodedManifold(images: values.map { tile($0) }, range: 2)
        _ = try drawing(figure)
        #expect(figure.altText.contains("3 by 3 grid"))
        #expect(figure.altText.contains("near z0 = 0.0, z1 = 0.0"))
        #expect(figure.dataTable.rows.map { $0[0].text } == ["2.00", "0.00", "−2.00"])
    }

    @Test("hotter samples differ more")
    func temperatures() throws {
        func batch(_ temperature: Double) -> PriorSamples.Batch {
            PriorSamples.Batch(
                temperature: temperature,
                images: [-1, 1].map { tile(0.5 + Float(0.3 * temperature * $0)) })
        }
        let figure = TemperatureGrid(batches: [batch(0.5), batch(1)])
        _ = try drawing(figure)
        #expect(figure.dataTable.rows.map { $0[2].text } == ["0.1500", "0.3000"])
    }

    @Test("nothing at all still draws")
    func nothing() throws {
        let figures: [any Figure] = [
            PosteriorVariance(means: [], deviations: [], latentSize: 3),
            AggregateMarginals(
                means: [], deviations: [], latentSize: 2, kl: [0, 0], correlations: [1, 0, 0, 1]),
            PosteriorSamples(lines: []), LatentArithmetic(equations: []),
            LikelihoodCurve(points: [], elbo: nil, imageCount: 0), RateDistortion(runs: []),
            RateDecomposition(
                mutualInformation: .init(.nan), totalCorrelation: .init(.nan),
                dimensionwise: .init(.nan), ceiling: 0, imageCount: 0, draws: 0),
            ELBOTerms(negativeELBO: [], reconstruction: [], kl: []),
            DenoisedImages(methods: ["clean", "noisy"], levels: []), DenoisingScores(noises: []),
            ReconstructionBrowser(entries: []), DecodedManifold(images: [], range: 2),
            TemperatureGrid(batches: []),
        ]
        for figure in figures { _ = try drawing(figure) }
    }
}
