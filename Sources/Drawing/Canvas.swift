internal import CCairo

/// The pen: paths, text and images on an SVG or on pixels, in points from the upper left corner.
///
/// The same calls draw the same picture on either; only colour follows the appearance.
package final class Canvas {
    /// The extent that can be seen, in points.
    package let size: Size
    /// The page the colours are chosen for.
    package let appearance: Appearance
    /// Shapes the text; ask it for extents.
    package let typesetter: Typesetter
    /// The theme colours used so far, so that an SVG can carry their names.
    private(set) var inkNames = InkNames()
    /// The embedded PNGs, in base 64, that a browser may blend when it scales them.
    var smoothImages: Set<String> = []
    let context: OpaquePointer

    init(surface: Surface, size: Size, appearance: Appearance, typesetter: Typesetter) {
        context = surface.context
        self.size = size
        self.appearance = appearance
        self.typesetter = typesetter
    }

    /// Fills the inside of a path.
    package func fill(_ path: Path, _ ink: Ink) {
        setSource(ink)
        path.trace(on: context)
        cairo_fill(context)
    }

    /// Draws along a path.
    package func stroke(_ path: Path, _ stroke: Stroke) {
        setSource(stroke.ink)
        cairo_set_line_width(context, stroke.width)
        cairo_set_line_cap(context, stroke.isRound ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
        cairo_set_line_join(
            context, stroke.isRound ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER)
        cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
        path.trace(on: context)
        cairo_stroke(context)
    }

    /// Keeps what `body` draws inside `area`.
    package func clipped(to area: Rectangle, _ body: () throws -> Void) rethrows {
        cairo_save(context)
        defer { cairo_restore(context) }
        cairo_rectangle(context, area.x, area.y, area.width, area.height)
        cairo_clip(context)
        try body()
    }

    /// Draws `body` with its origin at `origin`, turned by `angle` radians, then scaled.
    package func transformed(
        origin: Point, angle: Double = 0, scale: Double = 1, _ body: () throws -> Void
    ) rethrows {
        cairo_save(context)
        defer { cairo_restore(context) }
        cairo_translate(context, origin.x, origin.y)
        cairo_rotate(context, angle)
        cairo_scale(context, scale, scale)
        try body()
    }

    /// Draws shapes with hard edges while `body` runs; text keeps its smooth ones.
    package func withoutSmoothing(_ body: () throws -> Void) rethrows {
        cairo_save(context)
        defer { cairo_restore(context) }
        cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE)
        try body()
    }

    func setSource(_ ink: Ink) {
        let color = inkNames.key(for: ink, on: appearance)
        cairo_set_source_rgba(context, color.red, color.green, color.blue, color.alpha)
    }
}
