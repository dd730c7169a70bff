import Charts
import Figures
import Testing

@Suite("Figures of unusual data")
struct DegenerateFigureTests {
    private static let none = LossCurves.Terms(negativeELBO: [], reconstruction: [], kl: [])

    private func drawing(_ figure: any Figure) throws -> String {
        let svg = try figure.svg(label: "f").replacing(/(base64,|aria-label=")[^"]*/, with: "")
        #expect(!svg.contains("nan") && !svg.contains("inf"))
        #expect(!figure.altText.contains("nan"))
        return svg
    }

    @Test("draw nothing where there is nothing, and do not stop")
    func nothing() throws {
        let figures: [any Figure] = [
            LossCurves(
                epochs: [], train: Self.none, validation: Self.none, beta: [], learningRate: [],
                selectedEpoch: nil),
            Reconstructions(best: [], median: [], worst: [], imageCount: 0),
            PriorSamples(batches: []), KLSpectrum(kl: []),
            Traversals(lines: [], steps: [], latentSize: 2),
            LatentScatter(
                points: [], labels: [], classNames: [], plane: .latent, latentSize: 2),
            Interpolations(pairs: [], steps: []),
            FactorMap(factors: [], panels: [], kl: []),
            FactorMap(
                factors: ["x"],
                panels: [.init(.information, values: [[.nan, 0]], score: .nan)], kl: [.nan, 0]),
        ]
        for figure in figures { _ = try drawing(figure) }
    }

    @Test("a run that went to infinity still has curves up to there")
    func diverged() throws {
        let values = [200, 150, .nan, .infinity, .nan]
        let terms = LossCurves.Terms(negativeELBO: values, reconstruction: values, kl: values)
        let figure = LossCurves(
            epochs: [1, 2, 3, 4, 5], train: terms, validation: terms,
            beta: [0, 0.25, 0.5, 0.75, 1], learningRate: [0, 0, 0, 0, 0], selectedEpoch: 3,
            warmupEpochs: 5)
        #expect(try !drawing(figure).isEmpty)
        #expect(figure.dataTable.rows[3][1] == .missing)
    }

    @Test("a collapsed model shows all dimensions as collapsed")
    func collapsed() throws {
        let figure = KLSpectrum(kl: [0, 1e-12, -1e-9, .nan, 0.004])
        _ = try drawing(figure)
        #expect(figure.altText.contains("0 carry at least 0.01 nats"))
        #expect(figure.dataTable.rows[0][1] == .number(4, decimals: 0))
    }

    @Test(
        "a KL spectrum of any height has its limit in the legend, or none where it cannot be seen",
        arguments: [[3.2, 3.1], [3.2, 0.02], [0.004, 0.003], [0.3, 0.05, 0.001]])
    func spectra(kl: [Double]) throws {
        let text = try drawing(KLSpectrum(kl: kl))
        #expect(!text.isEmpty)
    }

    @Test("the first epochs do not flatten the rest: the frame is cut and says so")
    func farStart() throws {
        let values = [900, 130] + (0..<18).map { 110 - Double($0) / 2 }
        let terms = LossCurves.Terms(negativeELBO: values, reconstruction: values, kl: values)
        let figure = LossCurves(
            epochs: Array(1...20), train: terms, validation: terms, beta: [], learningRate: [],
            selectedEpoch: 20)
        _ = try drawing(figure)
        #expect(figure.dataTable.rows.count == 20)
    }

    @Test("points without a class are all alike; an outlier does not shrink the rest")
    func scatterWithoutClasses() throws {
        var points = (0..<3000).map { Datum(Double($0 % 50) / 25 - 1, Double($0 % 61) / 30 - 1) }
        points[7] = Datum(1e6, .nan)
        let figure = LatentScatter(
            points: points, labels: [], classNames: [], plane: .principal(first: 0.5, second: 0.25),
            latentSize: 16)
        _ = try drawing(figure)
        #expect(figure.altText.contains("50 % and 25 %"))
        #expect(figure.dataTable.rows.count == 1)
    }

    @Test("reconstructions name their PSNR, traversals their dimension")
    func words() throws {
        let tile = ImageTile(channels: 1, height: 2, width: 2, values: [0, 0.5, 1, .nan])
        let pair = Reconstructions.Pair(original: tile, reconstruction: tile, psnr: 31.25)
        let figure = Reconstructions(best: [pair], median: [], worst: [], imageCount: 10_000)
        _ = try drawing(figure)
        #expect(figure.altText.contains("best 31.2 dB") || figure.altText.contains("best 31.3 dB"))
        let rows = [Traversals.Line(dimension: 5, kl: 1.5, images: [tile, tile, tile])]
        let traversals = Traversals(lines: rows, steps: [-3, 0, 3], latentSize: 8)
        #expect(traversals.sheet(dimension: 5) != nil)
        #expect(traversals.sheet(dimension: 4) == nil)
        #expect(traversals.altText.contains("z5 (1.50 nats)"))
    }
}
