import Drawing

extension Plot {
    /// Names of rules, circles and places, on top of all marks.
    func drawWords(of mark: Mark, on canvas: Canvas, _ frame: PlotFrame) {
        let inside = frame.inside
        switch mark {
        case .horizontalRule(let value, let stroke, let label?):
            canvas.text(
                label, at: Point(inside.maxX - 2, frame.down(value) - 4),
                Theme.tick.with(ink: stroke.ink.opacity(1)), anchor: TextAnchor(.end, .baseline),
                halo: Theme.surface)
        case .verticalRule(let value, let stroke, let label?):
            let place = frame.across(value)
            let width = canvas.typesetter.size(of: label, Theme.tick).width
            let isLeft = place + width + 6 > inside.maxX
            canvas.text(
                label, at: Point(place + (isLeft ? -5 : 5), inside.y + 10),
                Theme.tick.with(ink: stroke.ink.opacity(1)),
                anchor: TextAnchor(isLeft ? .end : .start, .baseline), halo: Theme.surface)
        case .circle(let center, let radius, let stroke, let label?):
            canvas.text(
                label, at: frame.point(Datum(center.x, center.y - radius)),
                Theme.tick.with(ink: stroke.ink.opacity(1)), anchor: TextAnchor(.middle, .middle),
                halo: Theme.surface, haloWidth: 4.5)
        case .note(let text, let datum, let style, let anchor):
            canvas.text(
                text, at: frame.point(datum), style, anchor: anchor, halo: Theme.surface,
                haloWidth: 4.5)
        case .words(let words):
            for word in words {
                canvas.text(
                    word.text, at: frame.point(word.datum), word.style,
                    anchor: TextAnchor(.middle, .middle))
            }
        case .names(let names, let style, let dropsCrowded):
            drawNames(names, style, dropsCrowded: dropsCrowded, on: canvas, frame)
        default: break
        }
    }

    /// Names of lines at their right ends, moved apart where they would touch.
    func drawLineNames(on canvas: Canvas, _ frame: PlotFrame) {
        var names: [(text: String, ink: Ink, y: Double)] = marks.compactMap { mark in
            guard case .line(let data, let stroke, let label?) = mark,
                let last = data.last(where: { $0.y.isFinite })
            else { return nil }
            return (label, stroke.ink.opacity(1), frame.down(last.y))
        }
        names.sort { $0.y < $1.y }
        for index in names.indices.dropFirst() {
            names[index].y = max(names[index].y, names[index - 1].y + 13)
        }
        let excess = max(0, (names.last?.y ?? 0) - frame.inside.maxY + 2)
        for name in names {
            canvas.text(
                name.text, at: Point(frame.inside.maxX + 6, name.y - excess),
                Theme.label.with(ink: name.ink), anchor: TextAnchor(.start, .middle))
        }
    }
}
