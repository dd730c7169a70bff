import Charts
import Drawing

/// The same draws from the prior at rising temperatures: each column is one ε, each row one T,
/// decoded from T ε.
package struct TemperatureGrid: Figure {
    /// One batch per temperature, all from the same ε in the same order.
    package var batches: [PriorSamples.Batch]

    package let title = "Prior samples by temperature"

    /// Batches by rising temperature, all from the same ε in the same order.
    package init(batches: [PriorSamples.Batch]) { self.batches = batches }

    private var columns: Int { batches.map(\.images.count).max() ?? 0 }

    package func chart() -> Chart {
        let shown = min(columns, 12)
        let grid = ImageGrid(
            groups: [ImageGrid.Group(columns: shown)],
            lines: batches.map { batch in
                ImageGrid.Line(
                    label: "T = \(NumberText.trimmed(batch.temperature))",
                    tiles: (0..<shown).map { index in
                        batch.images.indices.contains(index) ? batch.images[index].bitmap : nil
                    })
            },
            largestTile: 60)
        let note = TextBlock("Each column is one draw ε from N(0, I), decoded from T ε.")
        return Chart(Column([grid, note], spacing: 8))
    }

    /// Mean over pixels of the standard deviation over the batch: how unlike its images are.
    private func variety(_ batch: PriorSamples.Batch) -> Double? {
        guard batch.images.count > 1 else { return nil }
        let spread = ImageTile.spread(of: batch.images)
        return spread.reduce(0, +) / Double(max(spread.count, 1))
    }

    package var altText: String {
        let parts = batches.map { batch in
            let number = variety(batch).map { NumberText.short($0, digits: 2) } ?? "–"
            return "\(number) at T = \(NumberText.trimmed(batch.temperature))"
        }
        return "\(columns) draws from the prior decoded at \(batches.count) temperatures, the same "
            + "draws in each row. A pixel's standard deviation over the draws is "
            + "\(parts.joined(separator: ", "))."
    }

    package var dataTable: FigureTable {
        FigureTable(
            header: ["Temperature", "Samples", "Mean standard deviation of a pixel over samples"],
            rows: batches.map { batch in
                [
                    .number(batch.temperature, decimals: 2),
                    .number(Double(batch.images.count), decimals: 0),
                    .optional(variety(batch), decimals: 4),
                ]
            })
    }

    /// `prior_temperatures.png`: one row per temperature as plain pixels.
    package func sheet() -> ImageSheet {
        ImageSheet(rows: batches.map { $0.images.map(\.bitmap) })
    }
}
