import Charts
import Drawing

/// Figure 7: the aggregate posterior of each active dimension against N(0, 1), its quantiles against
/// the prior's, and how the codes' dimensions correlate.
package struct AggregateMarginals: Figure {
    /// KL of each dimension in the model's order, nats.
    package let kl: [Double]
    /// Pearson correlations of the posterior means `[latentSize, latentSize]`.
    package let correlations: [Double]
    let moments: CodeMoments
    /// Active dimensions by falling KL; all of them when none is active.
    let order: [Int]
    /// Densities of the first of them.
    let densities: [AggregateDensity]
    let reach: Double

    package let title = "Aggregate posterior"

    /// At most so many dimensions enter the heat map.
    static let mostCorrelated = 64

    /// - Parameters:
    ///   - means: posterior means `[images, latentSize]`.
    ///   - deviations: posterior σ `[images, latentSize]`.
    ///   - kl: nats, in the model's order.
    ///   - correlations: of the posterior means, `[latentSize, latentSize]`.
    ///   - mostPanels: at most so many dimensions get a panel.
    package init(
        means: [Float], deviations: [Float], latentSize: Int, kl: [Double],
        correlations: [Double], mostPanels: Int = 12
    ) {
        precondition(
            kl.count == latentSize && correlations.count == latentSize * latentSize,
            "\(kl.count) KL and \(correlations.count) correlations for \(latentSize) dimensions")
        let moments = CodeMoments(means: means, deviations: deviations, latentSize: latentSize)
        let sorted = kl.indices.sorted { (kl[$1], $0) < (kl[$0], $1) }
        let active = sorted.filter { kl[$0] >= KLSpectrum.threshold }
        let order = active.isEmpty ? sorted : active
        let edges = order.prefix(mostPanels).map {
            abs(moments.means[$0]) + 3.5 * moments.aggregateDeviations[$0]
        }
        let reach = min(max(3.5, edges.filter(\.isFinite).max() ?? 0), 8)
        densities = order.prefix(mostPanels).map {
            AggregateDensity(
                means: means, deviations: deviations, latentSize: latentSize, dimension: $0,
                reach: reach)
        }
        self.kl = kl
        self.correlations = correlations
        self.moments = moments
        self.order = order
        self.reach = reach
    }

    package func chart() -> Chart {
        let legend = Legend([
            Legend.Entry(.swatch(Self.areaInk), "aggregate posterior"),
            Legend.Entry(.line(Self.priorStroke), "N(0, 1)"),
        ])
        let columns = densities.count > 4 ? 4 : max(densities.count, 1)
        let rows = stride(from: 0, to: densities.count, by: columns).map { start -> Row in
            let panels = (start..<start + columns).map { place -> any ChartBlock in
                densities.indices.contains(place) ? panel(place) : Column([])
            }
            return Row(panels, spacing: 14)
        }
        let below = Row([Column([heatMap, ramp], spacing: 8), quantiles], spacing: 32)
        return Chart(Column([legend, Column(rows, spacing: 8), below], spacing: 14))
    }

    static let areaInk = Theme.palette[0].opacity(0.35)
    private static let priorStroke = Stroke(Theme.ink, width: 1.1, dash: [4, 3], isRound: false)

    private func panel(_ place: Int) -> Plot {
        let (density, dimension) = (densities[place], order[place])
        // Every other point of the grid is as smooth as a panel can show.
        let data = stride(from: 0, to: density.grid.count, by: 2).map {
            Datum(density.grid[$0], density.density[$0])
        }
        let prior = stride(from: 0, to: density.grid.count, by: 4).map {
            Datum(density.grid[$0], AggregateDensity.prior(density.grid[$0]))
        }
        let highest = densities.flatMap(\.density).filter(\.isFinite).max() ?? 0
        let mean = NumberText.fixed(moments.means[dimension], decimals: 2)
        let deviation = NumberText.fixed(moments.aggregateDeviations[dimension], decimals: 2)
        return Plot(
            title: "z\(dimension)", subtitle: "mean \(mean), σ \(deviation)",
            x: Axis(.linear(-reach, reach), ticks: Self.ticks),
            y: Axis(.linear(0, max(0.42, min(highest, 2) * 1.04)), hasLabels: false),
            marks: [
                .area(data, Self.areaInk), .line(data, Stroke(Theme.palette[0], width: 1.25)),
                .line(prior, Self.priorStroke),
            ],
            innerHeight: 70)
    }

    private static let ticks = [-3.0, 0, 3].map {
        Tick(value: $0, label: NumberText.fixed($0, decimals: 0))
    }

    /// The dimensions of the heat map.
    var correlated: ArraySlice<Int> { order.prefix(Self.mostCorrelated) }

    private func correlation(_ row: Int, _ column: Int) -> Double {
        correlations[row * kl.count + column]
    }

    /// The largest |correlation| of two different dimensions among those shown.
    var strongest: (first: Int, second: Int, value: Double)? {
        var best: (first: Int, second: Int, value: Double)?
        for (place, first) in correlated.enumerated() {
            for second in correlated.dropFirst(place + 1) {
                let value = correlation(first, second)
                guard value.isFinite, abs(value) > abs(best?.value ?? 0) else { continue }
                best = (first, second, value)
            }
        }
        return best
    }

    /// The colours' ends: the least of these that holds every correlation.
    private var limit: Double {
        let largest = abs(strongest?.value ?? 0)
        return [0.1, 0.25, 0.5, 1].first { $0 >= largest } ?? 1
    }

    private var heatMap: Plot {
        let limit = limit
        let values = correlated.flatMap { row in
            correlated.map { column in
                row == column ? .nan : correlation(row, column) / limit / 2 + 0.5
            }
        }
        let cells = ColorMap.diverging.bitmap(
            width: correlated.count, height: correlated.count, values: values)
        let names = correlated.map { "z\($0)" }
        var rows = Axis(.band(names))
        rows.isReversed = true
        return Plot(
            title: "Correlation of codes", subtitle: "by falling KL", x: Axis(.band(names)),
            y: rows, marks: correlated.isEmpty ? [] : [.cells(cells)], innerHeight: nil)
    }

    private var ramp: Legend {
        let end = NumberText.trimmed(limit)
        return Legend([
            Legend.Entry(.ramp(.diverging, low: "−\(end)", high: end), "Pearson r, diagonal grey")
        ])
    }

    private var quantiles: Plot {
        let probes = (0...40).map { Double($0) * 0.15 - 3 }
        let lines = densities.reversed().map { density -> Mark in
            let data = probes.map { probe in
                Datum(
                    probe, density.quantile(AggregateDensity.priorShare(below: probe)) ?? .nan)
            }
            return .line(data, Stroke(Theme.palette[0].opacity(0.55), width: 1.4))
        }
        let end = 3.2
        let diagonal = Mark.line([Datum(-end, -end), Datum(end, end)], Self.priorStroke)
        return Plot(
            title: "Quantiles", subtitle: "aggregate posterior, one line per dimension",
            x: Axis(.linear(-end, end), label: "quantile of N(0, 1)", hasGrid: true),
            y: Axis(.linear(-end, end), hasGrid: true), marks: lines + [diagonal],
            innerHeight: nil)
    }
}
