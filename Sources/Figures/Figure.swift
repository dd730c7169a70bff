import Charts
import Drawing

/// One of the report's figures: plain numbers and images in, a chart with its words out.
package protocol Figure: Sendable {
    /// What it is called in lists and on tabs.
    var title: String { get }
    /// The picture as a value.
    func chart() -> Chart
    /// A sentence or two with the numbers, for those who do not see the picture.
    var altText: String { get }
    /// The numbers behind the picture.
    var dataTable: FigureTable { get }
}

extension Figure {
    /// The figure as an SVG element whose ids start with `label`, its alternative text included.
    package func svg(label: String) throws -> String {
        try chart().svg(label: label, alternativeText: altText)
    }

    /// The figure as a PNG file, `scale` pixels per point.
    package func png(scale: Double = 2, appearance: Appearance = .light) throws -> [UInt8] {
        try chart().png(scale: scale, appearance: appearance)
    }
}
