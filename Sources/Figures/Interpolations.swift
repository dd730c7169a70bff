import Charts
import Drawing

/// Figure 11: decoded images on the way from one image's code to another's, along the straight
/// line and along the great circle.
package struct Interpolations: Figure {
    /// One way between two images.
    package struct Pair: Sendable {
        /// The image at the start.
        package var start: ImageTile
        /// The image at the end.
        package var end: ImageTile
        /// Decoded codes (1 − t) a + t b, one per step.
        package var linear: [ImageTile]
        /// Decoded codes on the great circle from a to b (Shoemake 1985), one per step.
        package var spherical: [ImageTile]

        /// One way between two images, straight and round.
        package init(
            start: ImageTile, end: ImageTile, linear: [ImageTile], spherical: [ImageTile]
        ) {
            self.start = start
            self.end = end
            self.linear = linear
            self.spherical = spherical
        }
    }

    /// Pairs of images with the steps between them.
    package var pairs: [Pair]
    /// t of each step, 0 … 1.
    package var steps: [Double]

    package let title = "Interpolations"

    /// Pairs whose ways have one image per step.
    package init(pairs: [Pair], steps: [Double]) {
        self.pairs = pairs
        self.steps = steps
    }

    package func chart() -> Chart {
        let lines = pairs.enumerated().flatMap { index, pair -> [ImageGrid.Line] in
            [
                ImageGrid.Line(
                    label: "linear", tiles: row(pair, pair.linear),
                    spaceBefore: index > 0 ? 10 : 0),
                ImageGrid.Line(label: "spherical", tiles: row(pair, pair.spherical)),
            ]
        }
        let grid = ImageGrid(
            groups: [
                ImageGrid.Group(columns: 1), ImageGrid.Group(columns: steps.count),
                ImageGrid.Group(columns: 1),
            ],
            headers: ["image"] + steps.map { NumberText.trimmed($0, digits: 2) } + ["image"],
            lines: lines, largestTile: 56)
        return Chart(grid)
    }

    private func row(_ pair: Pair, _ way: [ImageTile]) -> [Bitmap?] {
        [pair.start.bitmap] + way.map(\.bitmap) + [pair.end.bitmap]
    }

    package var altText: String {
        let count = pairs.count == 1 ? "one pair" : "\(pairs.count) pairs"
        return "Decoded images on the way between \(count) of test images in \(steps.count) steps, "
            + "along the straight line and along the great circle between their codes. "
            + "The two ways differ by \(difference) per pixel on average."
    }

    private var difference: String {
        let differences = pairs.flatMap { pair in
            zip(pair.linear, pair.spherical).flatMap { $0.absoluteError($1) }
        }
        guard !differences.isEmpty else { return "–" }
        return NumberText.short(differences.reduce(0, +) / Double(differences.count), digits: 2)
    }

    package var dataTable: FigureTable {
        FigureTable(
            header: ["Pair", "t", "Mean |linear − spherical| per pixel"],
            rows: pairs.enumerated().flatMap { index, pair in
                steps.enumerated().map { place, step -> [FigureTable.Cell] in
                    var mean: Double?
                    if place < min(pair.linear.count, pair.spherical.count) {
                        let errors = pair.linear[place].absoluteError(pair.spherical[place])
                        mean = errors.reduce(0, +) / Double(max(errors.count, 1))
                    }
                    return [
                        .number(Double(index + 1), decimals: 0), .number(step, decimals: 2),
                        .optional(mean, decimals: 4),
                    ]
                }
            })
    }

    /// `interpolations.png`: the ways below each other as plain pixels.
    package func sheet() -> ImageSheet {
        ImageSheet(rows: pairs.flatMap { [row($0, $0.linear), row($0, $0.spherical)] })
    }
}
