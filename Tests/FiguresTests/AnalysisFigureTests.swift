import Charts
import Figures
import Foundation
import Testing

@Suite("Figures of the latent space and the likelihood")
struct AnalysisFigureTests {
    private func drawing(_ figure: any Figure) throws -> String {
        let svg = try figure.svg(label: "f").replacing(/(base64,|aria-label=")[^"]*/, with: "")
        #expect(!svg.contains("nan") && !svg.contains("inf"))
        #expect(!figure.altText.contains("nan") && !figure.altText.contains("inf "))
        return svg
    }

    /// Two dimensions: one whose mean is 1 or −1 with σ = 0.1, one that equals the prior.
    private let means: [Float] = [1, 0, -1, 0, 1, 0, -1, 0]
    private let deviations: [Float] = [0.1, 1, 0.1, 1, 0.1, 1, 0.1, 1]

    @Test("a dimension is active when the variance of its mean is above 0.01")
    func activeDimensions() throws {
        let figure = PosteriorVariance(means: means, deviations: deviations, latentSize: 2)
        _ = try drawing(figure)
        #expect(figure.dataTable.rows[0][1] == .number(1, decimals: 5))
        #expect(figure.dataTable.rows[0].last == .text("active"))
        #expect(figure.dataTable.rows[1].last == .text("collapsed"))
        #expect(figure.altText.contains("posterior mean of 1 varies over 4 images"))
        #expect(figure.altText.contains("50 % of the values are above 0.9"))
    }

    private func marginals(_ means: [Float], _ deviations: [Float]) -> AggregateMarginals {
        AggregateMarginals(
            means: means, deviations: deviations, latentSize: 2, kl: [3, 0.5],
            correlations: [1, -0.4, -0.4, 1])
    }

    @Test("the aggregate posterior is the mixture of all posteriors, not of their means")
    func aggregateMoments() throws {
        let figure = marginals(means, deviations)
        _ = try drawing(figure)
        guard case .number(let deviation, _) = figure.dataTable.rows[0][3] else {
            Issue.record("no standard deviation")
            return
        }
        #expect(abs(deviation - 1.01.squareRoot()) < 1e-6)
        #expect(figure.dataTable.rows[1][3] == .number(1, decimals: 3))
        #expect(figure.altText.contains("z0 is farthest from the prior"))
        #expect(figure.altText.contains("−0.40, of z0 and z1"))
    }

    @Test("a dimension that is the prior is at no distance from it")
    func priorHasNoDistance() throws {
        let table = marginals(means, deviations).dataTable
        guard case .number(let distance, _) = table.rows[1][4],
            case .number(let far, _) = table.rows[0][4]
        else {
            Issue.record("no distance")
            return
        }
        #expect(distance < 1e-3)
        // Φ(0.75) − ½: the mixture stays at one half from −0.7 to 0.7.
        #expect(far > 0.25 && far < 0.28)
    }

    @Test("the three terms stand end to end and say how near the ceiling is")
    func rate() throws {
        let figure = RateDecomposition(
            mutualInformation: .init(4, standardError: 0.001), totalCorrelation: .init(-0.25),
            dimensionwise: .init(1), ceiling: log(100), imageCount: 100, draws: 1)
        _ = try drawing(figure)
        #expect(figure.altText.contains("mutual information 4.000 ± 0.001"))
        #expect(figure.altText.contains("87 % of its ceiling ln 100 = 4.61"))
        #expect(figure.dataTable.rows[3][1] == .number(4.75, decimals: 3))
        #expect(figure.dataTable.rows[4][1] == .missing)
    }

    @Test("the bound falls from −ELBO with K, whatever order the points come in")
    func likelihood() throws {
        let figure = LikelihoodCurve(
            points: [
                LikelihoodCurve.Point(
                    samples: 100, bound: -90, standardError: 0.3, effectiveSampleSizes: [2, 4, 6]),
                LikelihoodCurve.Point(samples: 1, bound: -95),
            ],
            elbo: -95.5, scoreName: "greyscale Bernoulli score", imageCount: 3)
        _ = try drawing(figure)
        #expect(figure.altText.hasPrefix("Greyscale Bernoulli score over 3 images: 95.00 nats"))
        #expect(figure.altText.contains("90.00 ± 0.30 with K = 100"))
        #expect(figure.dataTable.rows[0][3] == .missing)
        #expect(figure.dataTable.rows[1][3] == .number(4, decimals: 2))
    }

    @Test("runs and baselines share a table; a baseline without a rate has no −ELBO")
    func rateDistortion() throws {
        let figure = RateDistortion(
            runs: [.init("β = 1", rate: 25, distortion: 72)],
            references: [
                .init("mean image", distortion: 206, rate: 0), .init("PCA", distortion: 101),
            ])
        _ = try drawing(figure)
        #expect(figure.dataTable.rows[0].last == .number(97, decimals: 2))
        #expect(figure.dataTable.rows[2].last == .missing)
        let decibels = RateDistortion(
            runs: [.init("β = 1", rate: 25, distortion: 21)], distortionName: "PSNR", unit: "dB",
            isInNats: false)
        _ = try drawing(decibels)
        #expect(decibels.dataTable.header.count == 3)
    }

    @Test("each curve is a line of its own in a colour of its own, named in the legend")
    func rateDistortionCurves() throws {
        func figure(_ curves: [String]) -> RateDistortion {
            RateDistortion(
                runs: curves.enumerated().flatMap { place, curve in
                    [1.0, 4].map { beta in
                        .init(
                            "beta=\(Int(beta))", rate: 30 / beta + Double(place),
                            distortion: 70 + 9 * beta, curve: curve)
                    }
                })
        }
        let one = try drawing(figure([""]))
        let two = try drawing(figure(["seed=0", "seed=1"]))
        var apart = figure([""])
        apart.joinsRuns = false
        #expect(try drawing(apart).count < one.count)
        #expect(one.contains("s-0") && !one.contains("s-2"))
        #expect(two.contains("s-0") && two.contains("s-2"))
        let names = figure(["seed=0", "seed=1"]).dataTable.rows.map { $0[0].text }
        #expect(
            names == ["beta=1, seed=0", "beta=4, seed=0", "beta=1, seed=1", "beta=4, seed=1"])
        #expect(figure(["seed=0", "seed=1"]).altText.contains("beta=4, seed=0 has 7.5 nats"))
    }

    @Test("per-image terms have a row for all images and one per class")
    func terms() throws {
        let figure = ELBOTerms(
            negativeELBO: [30, 50, 40], reconstruction: [20, 30, 25], kl: [10, 20, 15],
            labels: [0, 1, 1], classNames: ["a", "b"])
        _ = try drawing(figure)
        #expect(figure.dataTable.rows.map { $0[0].text } == ["all", "a", "b"])
        #expect(figure.dataTable.rows[2][2] == .number(45, decimals: 2))
        #expect(figure.altText.contains("correlate by 1.00"))
    }
}
