import Drawing

/// A whole figure as a value: what it shows, not yet drawn.
package struct Chart: Sendable {
    /// What it shows.
    package var content: any ChartBlock
    /// Width in points; the height follows from the content.
    package var width: Double
    /// Space around the content.
    package var margin: Double

    /// A chart of the width of a page's text column.
    package init(_ content: any ChartBlock, width: Double = 760, margin: Double = 8) {
        self.content = content
        self.width = width
        self.margin = margin
    }

    /// The drawing: the background and the content.
    package func picture() -> Picture {
        let inner = width - 2 * margin
        let height = content.height(forWidth: inner, Typesetter())
        let size = Size(width, (height + 2 * margin).rounded(.up))
        return Picture(size: size) { canvas in
            canvas.fill(
                .rectangle(Rectangle(x: 0, y: 0, width: size.width, height: size.height)),
                Theme.surface)
            try content.draw(
                on: canvas, in: Rectangle(x: margin, y: margin, width: inner, height: height))
        }
    }

    /// The chart as SVG whose ids start with `label`.
    package func svg(label: String, alternativeText: String = "") throws -> String {
        try picture().svg(label: label, alternativeText: alternativeText)
    }

    /// The chart as a PNG file, `scale` pixels per point.
    package func png(scale: Double = 2, appearance: Appearance = .light) throws -> [UInt8] {
        try picture().png(scale: scale, appearance: appearance)
    }
}
