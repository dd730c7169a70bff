import Evaluation
import Literate
import Words

/// The table of the latent dimensions, by falling KL.
struct LatentTable {
    private let statistics: LatentStatistics
    private let kl: KLPerDimension
    private let units: ActiveUnits
    private let count: Int
    private let title: String

    init(_ view: RunView, title: String) throws {
        count = try view.evaluation.count
        statistics = try view.evaluation.latentStatistics
        kl = try view.evaluation.klPerDimension
        units = try view.evaluation.activeUnits
        self.title = title
    }

    var output: TableOutput {
        let active = Set(units.active)
        return TableOutput(
            columns: [
                "Dimension", "KL, nats", "Mean of μ", "Variance of μ", "Mean σ",
                "σ of the aggregate", "Strongest correlation", "State",
            ],
            rows: kl.order.map { dimension in
                [
                    .text("z\(dimension)"), .number(kl.values[dimension], ".3f"),
                    .number(statistics.means[dimension], ".3f"),
                    .number(units.variances[dimension], ".4f"),
                    .number(statistics.averageDeviations[dimension], ".3f"),
                    .number(statistics.aggregateDeviations[dimension], ".3f"),
                    correlation(dimension),
                    .text(active.contains(dimension) ? "active" : "collapsed"),
                ]
            },
            defaultCaption:
                "Latent dimensions by falling KL, over \(Quantity.text(count)) test images of \(title)."
        )
    }

    private func correlation(_ dimension: Int) -> TableCell {
        let others = kl.values.indices.filter { $0 != dimension }
        let strongest = others.max {
            abs(statistics.correlations[dimension, $0])
                < abs(statistics.correlations[dimension, $1])
        }
        return strongest.map {
            TableCell(
                .number(statistics.correlations[dimension, $0], format: ".2f"), note: "with z\($0)")
        } ?? TableCell(.empty)
    }
}
