import Charts
import Drawing

/// What each dimension of a code has to do with each factor that the images were drawn from: a row a
/// factor, a column a dimension by falling KL.
///
/// Where every factor has a column of its own and every column at most one factor, the code is
/// disentangled; a row with two dark cells is a factor that two dimensions share.
package struct FactorMap: Figure {
    /// What a cell's number says.
    package enum Measure: Sendable {
        /// I(z_j; v_k) / H(v_k).
        case information
        /// The share of a factor's boosted trees that splits along z_j are good for.
        case importance

        var title: String {
            switch self {
            case .information: "Mutual information"
            case .importance: "Importance"
            }
        }

        fileprivate var subtitle: String {
            switch self {
            case .information: "as a share of the factor's entropy"
            case .importance: "for boosted trees that tell the factor's value; rows add up to 1"
            }
        }

        fileprivate var scoreName: String {
            switch self {
            case .information: "MIG"
            case .importance: "DCI disentanglement"
            }
        }
    }

    /// One heat map.
    package struct Panel: Sendable {
        package let measure: Measure
        /// 0 … 1, `[factors][latentSize]` in the model's order.
        package let values: [[Double]]
        /// The score that is computed from it.
        package let score: Double

        /// One heat map.
        package init(_ measure: Measure, values: [[Double]], score: Double) {
            self.measure = measure
            self.values = values
            self.score = score
        }
    }

    /// Names of the factors, from top to bottom.
    package let factors: [String]
    /// From top to bottom.
    package let panels: [Panel]
    /// Nats of each dimension in the model's order.
    package let kl: [Double]
    /// Dimensions shown, by falling KL.
    let order: ArraySlice<Int>

    package let title = "Factors by dimension"

    /// Up to so many columns have their numbers printed.
    static let mostPrinted = 14

    /// Heat maps of the same factors and dimensions.
    package init(factors: [String], panels: [Panel], kl: [Double], mostDimensions: Int = 32) {
        for panel in panels {
            precondition(
                panel.values.count == factors.count
                    && panel.values.allSatisfy { $0.count == kl.count },
                "\(panel.values.count) rows for \(factors.count) factors and \(kl.count) dimensions"
            )
        }
        self.factors = factors
        self.panels = panels
        self.kl = kl
        order = kl.indices.sorted { (kl[$1], $0) < (kl[$0], $1) }.prefix(mostDimensions)
    }

    package func chart() -> Chart {
        let ramp = Legend([Legend.Entry(.ramp(.share, low: "0", high: "1"), "")])
        let rest =
            order.count < kl.count
            ? "the \(order.count) of \(kl.count) dimensions with the largest KL, " : "dimensions "
        return Chart(
            Column(
                panels.map(plot) + [ramp, TextBlock("Columns: \(rest)by falling KL.")], spacing: 12)
        )
    }

    private func plot(_ panel: Panel) -> Plot {
        let shown = panel.values.map { row in order.map { row[$0] } }
        let cells = ColorMap.share.bitmap(
            width: order.count, height: factors.count, values: shown.flatMap { $0 })
        var rows = Axis(.band(factors))
        rows.isReversed = true
        let score = NumberText.fixed(panel.score, decimals: 3)
        return Plot(
            title: panel.measure.title,
            subtitle: "\(panel.measure.subtitle); \(panel.measure.scoreName) \(score)",
            x: Axis(.band(order.map { "z\($0)" })), y: rows,
            marks: order.isEmpty || factors.isEmpty ? [] : [.cells(cells), numbers(shown)],
            innerHeight: Double(max(factors.count, 1)) * 24)
    }

    /// The numbers in their cells, dark on pale ones and white on dark ones.
    private func numbers(_ shown: [[Double]]) -> Mark {
        guard order.count <= Self.mostPrinted else { return .words([]) }
        return .words(
            shown.enumerated().flatMap { row, values in
                values.enumerated().filter { $0.element.isFinite }.map { column, value in
                    let ink = Ink(Color(hex: value > 0.55 ? 0xFFFFFF : 0x1B1F27))
                    return PlacedWord(
                        NumberText.fixed(value, decimals: 2),
                        at: Datum(Double(column), Double(row)), Theme.tick.with(ink: ink))
                }
            })
    }

    /// Each factor's best and second dimension of a panel.
    private func best(_ panel: Panel, _ factor: Int) -> [Int] {
        let row = panel.values[factor]
        return Array(
            order.filter { row[$0].isFinite }.sorted { (row[$1], $0) < (row[$0], $1) }
                .prefix(2))
    }

    package var altText: String {
        let parts = panels.map { panel in
            let rows = factors.indices.map { factor -> String in
                let found = best(panel, factor).map {
                    "z\($0) \(NumberText.fixed(panel.values[factor][$0], decimals: 2))"
                }
                return "\(factors[factor]): \(found.joined(separator: ", then "))"
            }
            let score = NumberText.fixed(panel.score, decimals: 3)
            return
                "\(panel.measure.title) \(panel.measure.subtitle), the best two dimensions of each "
                + "factor: \(rows.joined(separator: "; ")). \(panel.measure.scoreName) is \(score)."
        }
        return "Heat map of \(factors.count) factors by \(order.count) latent dimensions. "
            + parts.joined(separator: " ")
    }

    package var dataTable: FigureTable {
        FigureTable(
            header: ["Dimension", "KL (nats)"]
                + panels.flatMap { panel in
                    factors.map { "\(panel.measure.title): \($0)" }
                },
            rows: order.map { dimension in
                [.text("z\(dimension)"), .optional(kl[dimension], decimals: 3)]
                    + panels.flatMap { panel in
                        factors.indices.map {
                            FigureTable.Cell.optional(panel.values[$0][dimension], decimals: 3)
                        }
                    }
            })
    }
}
