internal import CCairo

/// A small grey surface to draw on many times over: white on black, with smooth edges.
package final class CoverageCanvas {
    /// Columns.
    package let width: Int
    /// Rows.
    package let height: Int
    private let surface: Surface

    /// A black surface; not to be shared between threads. Curves become chords that stray from them
    /// by at most `tolerance` pixels.
    package init(width: Int, height: Int, tolerance: Double = 0.3) throws {
        self.width = width
        self.height = height
        surface = try Surface.coverage(width: width, height: height)
        cairo_set_line_cap(surface.context, CAIRO_LINE_CAP_ROUND)
        cairo_set_tolerance(surface.context, tolerance)
        cairo_set_line_join(surface.context, CAIRO_LINE_JOIN_ROUND)
    }

    /// Draws the open lines in white with a round pen on black.
    ///
    /// - Parameters:
    ///   - lines: points of each line in pixels.
    ///   - penWidth: width of the pen in pixels.
    /// - Returns: bytes `[height, width]`, 0 black … 255 white.
    package func draw(lines: [[Point]], penWidth: Double) throws -> [UInt8] {
        let context = surface.context
        clear()
        cairo_set_line_width(context, penWidth)
        for line in lines {
            cairo_new_path(context)
            for (index, point) in line.enumerated() {
                if index == 0 {
                    cairo_move_to(context, point.x, point.y)
                } else {
                    cairo_line_to(context, point.x, point.y)
                }
            }
            cairo_stroke(context)
        }
        return try surface.coverage()
    }

    /// Fills the inside of an outline, in pixels, in white on black.
    ///
    /// - Returns: bytes `[height, width]`: how much of each pixel is inside.
    package func fill(_ outline: Path) throws -> [UInt8] {
        clear()
        outline.trace(on: surface.context)
        cairo_fill(surface.context)
        return try surface.coverage()
    }

    /// Makes everything black and the paint white.
    private func clear() {
        let context = surface.context
        cairo_set_operator(context, CAIRO_OPERATOR_CLEAR)
        cairo_paint(context)
        cairo_set_operator(context, CAIRO_OPERATOR_OVER)
        cairo_set_source_rgba(context, 1, 1, 1, 1)
    }
}
