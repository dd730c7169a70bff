import Charts
import Drawing
import Evaluation
import Foundation

/// Figure 6: which dimensions the encoder uses. The variance of each dimension's posterior mean over
/// images, the posterior σ of all images and dimensions, and mean |μ| against mean σ.
package struct PosteriorVariance: Figure {
    /// A dimension whose mean varies more than this is active (Burda et al. 2016).
    package static let threshold = ActiveUnits.threshold

    let moments: CodeMoments
    let deviations: Histogram
    /// Mean of σ over all images and dimensions.
    let averageDeviation: Double
    /// Share of σ in all images and dimensions that are above 0.9.
    let nearPriorShare: Double

    package let title = "Posterior variance"

    /// - Parameters:
    ///   - means: posterior means `[images, latentSize]`.
    ///   - deviations: posterior σ `[images, latentSize]`.
    package init(means: [Float], deviations: [Float], latentSize: Int) {
        moments = CodeMoments(means: means, deviations: deviations, latentSize: latentSize)
        let largest = deviations.lazy.filter(\.isFinite).max().map(Double.init) ?? 1
        let upper = min(max(1.2, (largest * 10).rounded(.up) / 10), 3)
        self.deviations = Histogram(
            counting: deviations.lazy.map(Double.init), binCount: Int((upper * 40).rounded()),
            range: 0...upper)
        let count = Double(max(deviations.count, 1))
        averageDeviation = deviations.reduce(0.0) { $0 + Double($1) } / count
        nearPriorShare = Double(deviations.count { $0 > 0.9 }) / count
    }

    private func isActive(_ dimension: Int) -> Bool {
        moments.meanVariances[dimension] > Self.threshold
    }

    private var activeCount: Int { moments.meanVariances.count { $0 > Self.threshold } }

    package func chart() -> Chart {
        let collapsed = moments.latentSize - activeCount
        var entries = [
            Legend.Entry(.swatch(Theme.palette[0]), "active dimensions (\(activeCount))")
        ]
        if collapsed > 0 {
            entries.append(Legend.Entry(.swatch(Theme.palette[1]), "collapsed (\(collapsed))"))
        }
        let legend = Legend(entries)
        return Chart(
            Column([legend, Row([variances, spread, plane], spacing: 20)], spacing: 12))
    }

    /// log10 Var_x(μ_j), no less than −8.
    private var logVariances: [Double] { moments.meanVariances.map { max(log10($0), -8) } }

    private var variances: Plot {
        let logs = logVariances.filter(\.isFinite)
        let lower = min(-3, (logs.min() ?? -3).rounded(.down))
        let upper = max(1, (logs.max() ?? 1).rounded(.up))
        let histogram = Histogram(
            logs, binCount: Int(upper - lower) * 4, range: lower...upper)
        let bars = histogram.counts.enumerated().map { bin, count in
            Datum((histogram.edges[bin] + histogram.edges[bin + 1]) / 2, Double(count))
        }
        let line = log10(Self.threshold)
        return Plot(
            title: "log₁₀ Var(μ)", subtitle: "dimensions",
            x: Axis(.linear(lower, upper), label: "log₁₀ variance over images"),
            y: Axis(counts(bars.map(\.y)), hasGrid: true),
            marks: [
                .bars(bars.filter { $0.x > line && $0.y > 0 }, Theme.palette[0], width: 0.23),
                .bars(bars.filter { $0.x < line && $0.y > 0 }, Theme.palette[1], width: 0.23),
                .verticalRule(line, Self.guide, label: "0.01"),
            ])
    }

    private var spread: Plot {
        let counts = deviations.counts.map(Double.init)
        let headroom = [1.12 * (counts.max() ?? 0)]
        return Plot(
            title: "Posterior σ", subtitle: "images × dimensions",
            x: Axis(.linear(0, deviations.edges.last ?? 1), label: "σ"),
            y: Axis(self.counts(counts + headroom), hasGrid: true),
            marks: [
                deviations.bars(Theme.palette[6]), .verticalRule(1, Self.guide, label: "prior"),
            ])
    }

    private var plane: Plot {
        let data = (0..<moments.latentSize).map {
            Datum(moments.averageDeviations[$0], moments.meanMagnitudes[$0])
        }
        let order = data.indices.sorted { (data[$1].y, $0) < (data[$0].y, $1) }
        let curve = (0...100).map { step -> Datum in
            let deviation = Double(step) / 100
            return Datum(deviation, (2 / Double.pi * (1 - deviation * deviation)).squareRoot())
        }
        let names = order.prefix(6).map { PlaceName("z\($0)", at: data[$0]) }
        let right = max(1.1, (data.map(\.x).filter(\.isFinite).max() ?? 1) * 1.05)
        return Plot(
            title: "Mean |μ|", subtitle: "one dot per dimension",
            x: Axis(.linear(0, right), label: "mean σ", hasGrid: true),
            y: Axis(.covering(data.map(\.y) + [0.85], includesZero: true), hasGrid: true),
            marks: [
                .line(curve, Self.guide),
                .points(
                    PointSet(
                        points: data, groups: data.indices.map { isActive($0) ? 0 : 1 },
                        inks: [Theme.palette[0], Theme.palette[1]], radius: 2.6)),
                .names(Array(names), Theme.tick, dropsCrowded: true),
            ])
    }

    private static let guide = Stroke(Theme.ink, width: 1, dash: [4, 3], isRound: false)

    /// Counts start at zero and are whole.
    private func counts(_ values: [Double]) -> Scale {
        .covering(values + [4], includesZero: true)
    }

    package var altText: String {
        let collapsed = moments.latentSize - activeCount
        return "Of \(moments.latentSize) latent dimensions, the posterior mean of \(activeCount) "
            + "varies over \(NumberText.whole(moments.imageCount)) images with a variance above "
            + "\(NumberText.trimmed(Self.threshold)); \(collapsed) have collapsed. "
            + "Posterior σ is \(NumberText.fixed(averageDeviation, decimals: 3)) on average, where "
            + "the prior has 1; \(NumberText.percent(nearPriorShare)) of the values are above 0.9."
    }

    package var dataTable: FigureTable {
        let order = moments.meanVariances.indices.sorted {
            (moments.meanVariances[$1], $0) < (moments.meanVariances[$0], $1)
        }
        let limit = 200
        return FigureTable(
            header: ["Dimension", "Var(μ)", "log₁₀ Var(μ)", "Mean σ", "Mean |μ|", "State"],
            rows: order.prefix(limit).map { dimension in
                let variance = moments.meanVariances[dimension]
                return [
                    .number(Double(dimension), decimals: 0), .optional(variance, decimals: 5),
                    .optional(log10(variance), decimals: 2),
                    .optional(moments.averageDeviations[dimension], decimals: 4),
                    .optional(moments.meanMagnitudes[dimension], decimals: 4),
                    .text(isActive(dimension) ? "active" : "collapsed"),
                ]
            },
            note: order.count > limit
                ? "The \(limit) of \(order.count) dimensions whose mean varies most." : nil)
    }
}
