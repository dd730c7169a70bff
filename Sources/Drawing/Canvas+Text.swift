internal import CCairo

extension Canvas {
    /// Writes one line of text with its anchor at `point`, turned by `angle` radians about it.
    package func text(
        _ text: String, at point: Point, _ style: TextStyle,
        anchor: TextAnchor = TextAnchor(.start, .baseline), angle: Double = 0
    ) {
        guard !text.isEmpty else { return }
        transformed(origin: point, angle: angle) {
            let offset = self.offset(of: text, style, anchor)
            setSource(style.ink)
            cairo_move_to(context, offset.x, offset.y)
            pango_cairo_show_layout(context, typesetter.layout(text, style))
        }
    }

    /// Writes a line of text with a rim around its letters, to be read on top of marks.
    package func text(
        _ text: String, at point: Point, _ style: TextStyle, anchor: TextAnchor, halo: Ink,
        haloWidth: Double = 3
    ) {
        guard !text.isEmpty else { return }
        transformed(origin: point) {
            let offset = self.offset(of: text, style, anchor)
            cairo_new_path(context)
            cairo_move_to(context, offset.x, offset.y)
            pango_cairo_layout_path(context, typesetter.layout(text, style))
            setSource(halo)
            cairo_set_line_width(context, haloWidth)
            cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
            cairo_set_dash(context, [], 0, 0)
            cairo_stroke(context)
        }
        self.text(text, at: point, style, anchor: anchor)
    }

    /// Where the upper left corner of the line falls, seen from its anchor.
    private func offset(of text: String, _ style: TextStyle, _ anchor: TextAnchor) -> Point {
        let size = typesetter.size(of: text, style)
        let baseline = typesetter.baseline(of: text, style)
        let x: Double =
            switch anchor.horizontal {
            case .start: 0
            case .middle: -size.width / 2
            case .end: -size.width
            }
        let capitalHeight = 0.727 * style.size
        let y: Double =
            switch anchor.vertical {
            case .top: capitalHeight - baseline
            case .middle: capitalHeight / 2 - baseline
            case .baseline: -baseline
            case .bottom: -size.height
            }
        return Point(x, y)
    }
}
