import Charts
import Drawing

/// The decoder over a plane of codes: images decoded on a square grid, where their codes are.
package struct DecodedManifold: Figure {
    /// Decoded images, rows from the top (largest vertical value first), each from left to right.
    package var images: [ImageTile]
    /// The grid reaches from −range to range along both axes.
    package var range: Double
    /// Names of the horizontal and the vertical direction.
    package var axisNames: (across: String, up: String)

    package let title = "Decoded manifold"

    /// A square grid of decoded codes.
    package init(
        images: [ImageTile], range: Double, axisNames: (across: String, up: String) = ("z0", "z1")
    ) {
        self.images = images
        self.range = range
        self.axisNames = axisNames
    }

    /// Images along one side.
    private var side: Int { max(1, Int(Double(images.count).squareRoot().rounded())) }

    package func chart() -> Chart {
        // Each image stands around its code, so the outer ones reach half a step beyond the range.
        let edge = side > 1 ? range * (1 + 1 / Double(side - 1)) : max(range, 1)
        let plot = Plot(
            x: Axis(.linear(-edge, edge), label: "\(axisNames.across) →"),
            y: Axis(.linear(-edge, edge), label: "↑ \(axisNames.up)"),
            marks: images.isEmpty ? [] : [.cells(mosaic.roundedIfColored(bits: 6))],
            innerHeight: nil)
        let note = TextBlock("Each image stands where its code is.")
        return Chart(Row([plot, note], weights: [3.2, 1], spacing: 20))
    }

    private var mosaic: Bitmap {
        let (width, height) = (images.first?.width ?? 1, images.first?.height ?? 1)
        var mosaic = Bitmap(width: width * side, height: height * side)
        for (place, image) in images.prefix(side * side).enumerated() {
            mosaic.paste(image.bitmap, x: place % side * width, y: place / side * height)
        }
        return mosaic
    }

    /// Mean |difference| per pixel of images beside each other, the steepest of these changes, and the
    /// place (column, row from the top) of its left image.
    private var changes: (mean: Double, most: Double, column: Int, row: Int)? {
        guard side > 1, images.count >= side * side else { return nil }
        var (sum, most, place) = (0.0, -1.0, 0)
        var count = 0
        for start in images.indices.prefix(side * side) where start % side < side - 1 {
            let change = images[start].meanAbsoluteError(images[start + 1])
            sum += change
            count += 1
            if change > most { (most, place) = (change, start) }
        }
        return (sum / Double(count), most, place % side, place / side)
    }

    private func value(_ index: Int) -> Double {
        side > 1 ? range * (2 * Double(index) / Double(side - 1) - 1) : 0
    }

    package var altText: String {
        let end = NumberText.trimmed(range)
        var text =
            "\(images.count) images decoded on a \(side) by \(side) grid of codes, "
            + "\(axisNames.across) and \(axisNames.up) from −\(end) to \(end)."
        if let changes {
            text +=
                " Neighbours differ by \(NumberText.short(changes.mean, digits: 2)) per pixel on "
                + "average; the largest step, \(NumberText.short(changes.most, digits: 2)), is near "
                + "\(axisNames.across) = \(NumberText.fixed(value(changes.column), decimals: 1)), "
                + "\(axisNames.up) = \(NumberText.fixed(-value(changes.row), decimals: 1))."
        }
        return text
    }

    package var dataTable: FigureTable {
        let rows = images.isEmpty ? 0 : images.count / side
        return FigureTable(
            header: [axisNames.up, "Mean |change| between neighbours along \(axisNames.across)"],
            rows: (0..<rows).map { row in
                let steps = (row * side..<row * side + side - 1).map {
                    images[$0].meanAbsoluteError(images[$0 + 1])
                }
                return [
                    .number(-value(row), decimals: 2),
                    .optional(SortedSample(steps).mean, decimals: 4),
                ]
            })
    }

    /// `manifold.png`: the grid as plain pixels.
    package func sheet() -> ImageSheet { ImageSheet(tiles: images, columns: side) }
}
