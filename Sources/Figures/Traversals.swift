import Charts
import Drawing

/// Figure 9: what each latent dimension changes, dimensions in KL order.
package struct Traversals: Figure {
    /// One dimension moved while the others stay.
    package struct Line: Sendable {
        /// Index of the dimension in the model's order.
        package var dimension: Int
        /// Its KL, nats.
        package var kl: Double
        /// Decoded images, one per step.
        package var images: [ImageTile]

        /// One dimension moved while the others stay.
        package init(dimension: Int, kl: Double, images: [ImageTile]) {
            self.dimension = dimension
            self.kl = kl
            self.images = images
        }
    }

    /// Rows from top to bottom.
    package var lines: [Line]
    /// The value of the dimension at each step, in standard deviations of the prior.
    package var steps: [Double]
    /// Number of dimensions the model has.
    package var latentSize: Int
    /// Whether somebody chose the rows and their order; they go by falling KL otherwise.
    package var isChosen: Bool
    /// At most so many rows are drawn, unless they were chosen.
    package var mostRows = 16

    package let title = "Latent traversals"

    /// Rows, each with one image per step.
    package init(lines: [Line], steps: [Double], latentSize: Int, isChosen: Bool = false) {
        self.lines = lines
        self.steps = steps
        self.latentSize = latentSize
        self.isChosen = isChosen
    }

    private var shown: ArraySlice<Line> { isChosen ? lines[...] : lines.prefix(mostRows) }

    private var order: String { isChosen ? "as chosen" : "by falling KL" }

    private var centre: Int {
        steps.indices.min { abs(steps[$0]) < abs(steps[$1]) } ?? 0
    }

    package func chart() -> Chart {
        let grid = ImageGrid(
            groups: [ImageGrid.Group(columns: steps.count)],
            headers: steps.map(Self.stepText),
            lines: shown.map { line in
                ImageGrid.Line(
                    label: "z\(line.dimension)",
                    detail: "\(NumberText.short(line.kl, digits: 3)) nats",
                    tiles: line.images.map(\.bitmap), framed: [centre])
            },
            largestTile: 56)
        let rest =
            shown.count < latentSize
            ? "\(shown.count) of \(latentSize) dimensions, \(order)" : order
        return Chart(
            Column(
                [grid, TextBlock("Value in standard deviations of the prior above; \(rest).")],
                spacing: 10))
    }

    private static func stepText(_ step: Double) -> String {
        NumberText.trimmed(step) + (step == 0 ? "" : "σ")
    }

    package var altText: String {
        let first = shown.prefix(3).map {
            "z\($0.dimension) (\(NumberText.short($0.kl, digits: 3)) nats)"
        }
        let range = NumberText.trimmed(steps.map(abs).max() ?? 0)
        return "Decoded images as one latent dimension at a time goes from −\(range) to \(range) "
            + "prior standard deviations, \(steps.count) steps, for \(shown.count) of "
            + "\(latentSize) dimensions \(order); first \(first.joined(separator: ", "))."
    }

    package var dataTable: FigureTable {
        FigureTable(
            header: ["Row", "Dimension", "KL (nats)", "Mean |change| of a pixel, end to end"],
            rows: shown.enumerated().map { index, line in
                var change: Double?
                if let first = line.images.first, let last = line.images.last {
                    let errors = first.absoluteError(last)
                    change = errors.reduce(0, +) / Double(max(errors.count, 1))
                }
                return [
                    .number(Double(index + 1), decimals: 0),
                    .number(Double(line.dimension), decimals: 0), .optional(line.kl, decimals: 4),
                    .optional(change, decimals: 4),
                ]
            })
    }

    /// `traverse_dim_<k>.png`: the row of one dimension as plain pixels; nil when it has no row.
    package func sheet(dimension: Int) -> ImageSheet? {
        lines.first { $0.dimension == dimension }.map {
            ImageSheet(rows: [$0.images.map(\.bitmap)])
        }
    }
}
