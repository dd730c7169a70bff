import Charts
import Drawing

/// The same thing as two models paint it: test images with both reconstructions, or the same draws of
/// the prior decoded by both.
package struct PairedImages: Figure {
    /// One model's images, a column each.
    package struct Line: Sendable {
        /// What stands left of the row.
        package var name: String
        /// The images.
        package var tiles: [ImageTile]
        /// What stands below each; empty for nothing.
        package var captions: [String]

        /// A row of images.
        package init(_ name: String, _ tiles: [ImageTile], captions: [String] = []) {
            self.name = name
            self.tiles = tiles
            self.captions = captions
        }
    }

    /// What the columns are: "Reconstructions".
    package var title: String
    /// Rows from top to bottom.
    package var lines: [Line]
    /// What the rows show, for the alternative text.
    package var subject: String

    /// Rows of equal length.
    package init(title: String, lines: [Line], subject: String) {
        self.title = title
        self.lines = lines
        self.subject = subject
    }

    package func chart() -> Chart {
        Chart(
            ImageGrid(
                groups: [ImageGrid.Group(columns: lines.map(\.tiles.count).max() ?? 0)],
                lines: lines.map {
                    ImageGrid.Line(
                        label: $0.name, tiles: $0.tiles.map(\.bitmap),
                        captions: $0.captions.isEmpty ? nil : $0.captions)
                },
                largestTile: 64))
    }

    package var altText: String {
        let count = NumberText.whole(lines.first?.tiles.count ?? 0)
        return "\(subject), \(count) in a row; rows: \(lines.map(\.name).joined(separator: ", "))."
    }

    package var dataTable: FigureTable {
        FigureTable(
            header: ["Row"] + (0..<(lines.map(\.tiles.count).max() ?? 0)).map { "\($0 + 1)" },
            rows: lines.map { line in
                [.text(line.name)]
                    + line.tiles.indices.map {
                        line.captions.indices.contains($0)
                            ? .text(line.captions[$0]) : FigureTable.Cell.missing
                    }
            })
    }
}
