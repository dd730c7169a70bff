import Charts
import Drawing

/// A first look at a data set: its first training images, class by class where it has classes.
package struct DataExamples: Figure {
    /// Images beside each other.
    package struct Line: Sendable {
        /// The class and how many training images it has; nil for a row of a mixed grid.
        package var group: (name: String, count: Int)?
        /// Its first images.
        package var images: [ImageTile]

        /// Images of a class, or a row of a grid.
        package init(group: (name: String, count: Int)? = nil, images: [ImageTile]) {
            self.group = group
            self.images = images
        }
    }

    /// Rows from top to bottom.
    package var lines: [Line]
    /// What the images have in common: "of MNIST".
    package var subject: String

    package let title = "Examples"

    /// Rows of training images of the data set called `subject`.
    package init(lines: [Line], subject: String) {
        self.lines = lines
        self.subject = subject
    }

    private var columns: Int { max(1, lines.map(\.images.count).max() ?? 1) }

    package func chart() -> Chart {
        let columns = columns
        let group = ImageGrid.Group(columns: columns)
        return Chart(
            ImageGrid(groups: [group], lines: lines.map { $0.row(columns) }, largestTile: 48))
    }

    package var altText: String {
        let names = lines.compactMap { $0.group?.name }
        let count = lines.map(\.images.count).reduce(0, +)
        if names.isEmpty { return "\(count) training images of \(subject)." }
        let classes = names.count == 1 ? "one class" : "\(names.count) classes"
        return "The first training images of \(classes) of \(subject), up to "
            + "\(columns) of each: \(names.joined(separator: ", "))."
    }

    package var dataTable: FigureTable {
        FigureTable(header: ["Class", "Training images", "Shown"], rows: lines.map(\.cells))
    }
}

extension DataExamples.Line {
    /// The row of a grid of `columns` images.
    fileprivate func row(_ columns: Int) -> ImageGrid.Line {
        var tiles: [Bitmap?] = images.map(\.bitmap)
        while tiles.count < columns { tiles.append(nil) }
        return ImageGrid.Line(
            label: group?.name, detail: group.map { NumberText.whole($0.count) }, tiles: tiles)
    }

    /// Its row of the table.
    fileprivate var cells: [FigureTable.Cell] {
        let shown = FigureTable.Cell.number(Double(images.count), decimals: 0)
        guard let group else { return [.text("any"), .missing, shown] }
        return [.text(group.name), .number(Double(group.count), decimals: 0), shown]
    }
}
