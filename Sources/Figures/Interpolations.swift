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
        /// Decoded codes (1 − t) a + t b, one per step; empty to leave this way out.
        package var linear: [ImageTile]
        /// Decoded codes on the great circle from a to b (Shoemake 1985), one per step; empty to leave
        /// this way out.
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
        let lines = pairs.enumerated().flatMap { index, pair in
            ways(pair).enumerated().map { place, way in
                ImageGrid.Line(
                    label: way.name, tiles: row(pair, way.images, hasEnds: place == 0),
                    spaceBefore: index > 0 && place == 0 ? 10 : 0)
            }
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

    /// The ways of a pair that are there.
    private func ways(_ pair: Pair) -> [(name: String, images: [ImageTile])] {
        [("linear", pair.linear), ("spherical", pair.spherical)].filter { !$0.1.isEmpty }
    }

    /// Both ways join the same images, which stand beside the first of them.
    private func row(_ pair: Pair, _ way: [ImageTile], hasEnds: Bool) -> [Bitmap?] {
        let ends = hasEnds ? (pair.start.bitmap, pair.end.bitmap) : (nil, nil)
        return [ends.0] + way.map(\.bitmap) + [ends.1]
    }

    package var altText: String {
        let count = pairs.count == 1 ? "one pair" : "\(pairs.count) pairs"
        let names = Set(pairs.flatMap { pair in ways(pair).map { $0.name } })
        let words =
            names.count == 2
            ? "along the straight line and along the great circle between their codes. "
                + "The two ways differ by \(difference) per pixel on average."
            : names.contains("linear")
                ? "along the straight line between their codes."
                : "along the great circle between their codes."
        return "Decoded images on the way between \(count) of test images in \(steps.count) steps, "
            + words + " From one end to the other a pixel changes by \(change) on average."
    }

    private var change: String {
        let ends = pairs.compactMap { pair -> Double? in
            guard let way = ways(pair).first?.images, let first = way.first, let last = way.last
            else { return nil }
            return first.meanAbsoluteError(last)
        }
        return NumberText.short(SortedSample(ends).mean, digits: 2)
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
            header: [
                "Pair", "t", "Mean |change| since the start, linear",
                "Mean |change| since the start, spherical", "Mean |linear − spherical| per pixel",
            ],
            rows: pairs.enumerated().flatMap { index, pair in
                steps.enumerated().map { place, step -> [FigureTable.Cell] in
                    [
                        .number(Double(index + 1), decimals: 0), .number(step, decimals: 2),
                        .optional(change(pair.linear.first, at(pair.linear, place)), decimals: 4),
                        .optional(
                            change(pair.spherical.first, at(pair.spherical, place)), decimals: 4),
                        .optional(
                            change(at(pair.linear, place), at(pair.spherical, place)), decimals: 4),
                    ]
                }
            })
    }

    private func at(_ way: [ImageTile], _ place: Int) -> ImageTile? {
        way.indices.contains(place) ? way[place] : nil
    }

    private func change(_ first: ImageTile?, _ second: ImageTile?) -> Double? {
        first.flatMap { first in second.map { first.meanAbsoluteError($0) } }
    }

    /// `interpolations.png`: the ways below each other as plain pixels.
    package func sheet() -> ImageSheet {
        ImageSheet(
            rows: pairs.flatMap { pair in
                ways(pair).map { row(pair, $0.images, hasEnds: true) }
            })
    }
}
