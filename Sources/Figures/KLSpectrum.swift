import Charts
import Drawing
import Evaluation

/// Figure 5: how many nats each latent dimension carries, sorted, and their sum.
package struct KLSpectrum: Figure {
    /// A dimension with less than this carries nothing, nats.
    package static let threshold = DiagnosisThreshold.collapsedDimension.value

    /// KL of each dimension in the model's order, nats, mean over images.
    package var kl: [Double]

    package let title = "KL per dimension"

    /// KL in the model's order.
    package init(kl: [Double]) { self.kl = kl }

    /// Dimensions by falling KL; equal ones by index.
    private var order: [Int] {
        kl.indices.sorted { (comparable(kl[$0]), $1) > (comparable(kl[$1]), $0) }
    }

    private func comparable(_ value: Double) -> Double { value.isNaN ? -.infinity : value }

    private var total: Double { kl.filter(\.isFinite).reduce(0, +) }
    private var activeCount: Int { kl.filter { $0 >= Self.threshold }.count }

    package func chart() -> Chart {
        let sorted = order.map { kl[$0] }
        let names = order.map(String.init)
        let isWide = (sorted.last ?? 0) < 0.05 * (sorted.first ?? 0)
        let bars = order.indices.map { Datum(Double($0), max(sorted[$0], 1e-5)) }
        let parts: [(Bool, Ink)] = [(true, Theme.palette[0]), (false, Theme.palette[1])]
        var marks: [Mark] = parts.map { isActive, ink in
            .bars(
                bars.filter { ($0.y >= Self.threshold) == isActive }, ink,
                width: min(0.78, 60 * Double(kl.count) / 720),
                base: isWide ? 1e-9 : 0)
        }
        marks.append(.horizontalRule(Self.threshold, Self.guide))
        let largest = max(sorted.first ?? 1, Self.threshold * 2)
        let scale: Scale =
            isWide
            ? .logarithmic(
                min(max(sorted.last ?? 1e-4, 1e-5), Self.threshold / 10) / 1.5, largest * 1.3)
            : .covering(sorted + [Self.threshold], includesZero: true)
        let horizontal = Axis(.band(names), hasLabels: false)
        let plot = Plot(
            title: "KL", subtitle: isWide ? "nats, logarithmic" : "nats", x: horizontal,
            y: Axis(scale, hasGrid: true), marks: marks, innerHeight: 210)
        return Chart(
            Column(
                [Legend(legend), plot, cumulative(sorted, names)], spacing: 14))
    }

    private static let guide = Stroke(Theme.ink, width: 1, dash: [4, 3], isRound: false)

    private var legend: [Legend.Entry] {
        var entries = [
            Legend.Entry(.swatch(Theme.palette[0]), "carries information (\(activeCount))")
        ]
        if activeCount < kl.count {
            entries.append(
                Legend.Entry(.swatch(Theme.palette[1]), "collapsed (\(kl.count - activeCount))"))
        }
        let limit = "\(NumberText.trimmed(Self.threshold)) nats"
        return entries + [Legend.Entry(.line(Self.guide), limit)]
    }

    private func cumulative(_ sorted: [Double], _ names: [String]) -> Plot {
        var sum = 0.0
        let data = sorted.enumerated().map { index, value in
            if value.isFinite { sum += value }
            return Datum(Double(index), sum)
        }
        var marks: [Mark] = [.line(data, Stroke(Theme.palette[6], width: 1.75))]
        if let last = data.last {
            marks.append(.highlight(last, Theme.palette[6]))
        }
        return Plot(
            title: "Cumulative",
            subtitle: "nats; \(NumberText.fixed(sum, decimals: 1)) in all",
            x: Axis(.band(names), label: "latent dimension, by falling KL"),
            y: Axis(.covering(data.map(\.y), includesZero: true), hasGrid: true), marks: marks,
            innerHeight: 110)
    }

    package var altText: String {
        let top = order.prefix(3).map { "z\($0) \(NumberText.fixed(kl[$0], decimals: 2))" }
        return "KL of \(kl.count) latent dimensions, sorted: \(activeCount) carry at least "
            + "\(NumberText.trimmed(Self.threshold)) nats, \(kl.count - activeCount) have collapsed. "
            + "The sum is \(NumberText.fixed(total, decimals: 2)) nats; "
            + "the largest are \(top.joined(separator: ", "))."
    }

    package var dataTable: FigureTable {
        var sum = 0.0
        return FigureTable(
            header: ["Rank", "Dimension", "KL (nats)", "Cumulative (nats)", "State"],
            rows: order.enumerated().map { rank, dimension in
                if kl[dimension].isFinite { sum += kl[dimension] }
                return [
                    .number(Double(rank + 1), decimals: 0), .number(Double(dimension), decimals: 0),
                    .optional(kl[dimension], decimals: 4), .number(sum, decimals: 3),
                    .text(kl[dimension] >= Self.threshold ? "active" : "collapsed"),
                ]
            })
    }
}
