import Drawing

extension Plot {
    /// The title, then unit and axis name in lighter type.
    func drawHeading(on canvas: Canvas, in area: Rectangle) {
        let baseline = area.y + 11
        var start = area.x
        if let title {
            canvas.text(title, at: Point(start, baseline), Theme.title)
            start += canvas.typesetter.size(of: title, Theme.title).width + 7
        }
        let rest = [subtitle, y.label].compactMap { $0 }.joined(separator: " · ")
        let text = canvas.typesetter.fitted(rest, Theme.subtitle, width: area.maxX - start)
        canvas.text(text, at: Point(start, baseline), Theme.subtitle)
    }

    /// Faint lines at the ticks, under the marks.
    func drawGrid(on canvas: Canvas, _ frame: PlotFrame) {
        var path = Path()
        let inside = frame.inside
        if y.hasGrid {
            for tick in verticalTicks(height: inside.height) {
                let y = frame.down(tick.value)
                path.move(to: Point(inside.x, y))
                path.line(to: Point(inside.maxX, y))
            }
        }
        if x.hasGrid {
            for tick in horizontalTicks(frame, canvas.typesetter) {
                let x = frame.across(tick.value)
                path.move(to: Point(x, inside.y))
                path.line(to: Point(x, inside.maxY))
            }
        }
        guard !path.elements.isEmpty else { return }
        canvas.stroke(path, Stroke(Theme.grid, width: 1, isRound: false))
    }

    /// Tick labels, the line along the bottom and the horizontal axis's name.
    func drawAxes(on canvas: Canvas, _ frame: PlotFrame) {
        let inside = frame.inside
        if y.hasLabels {
            for tick in verticalTicks(height: inside.height) {
                canvas.text(
                    tick.label, at: Point(inside.x - 6, frame.down(tick.value)), Theme.tick,
                    anchor: TextAnchor(.end, .middle))
            }
        }
        var lines = Path.line(Point(inside.x, inside.maxY), Point(inside.maxX, inside.maxY))
        if x.hasLabels {
            for tick in horizontalTicks(frame, canvas.typesetter) {
                let place = Point(frame.across(tick.value), inside.maxY)
                lines.move(to: place)
                lines.line(to: Point(place.x, place.y + 3.5))
                canvas.text(
                    tick.label, at: Point(place.x, place.y + 6.5), Theme.tick,
                    anchor: TextAnchor(.middle, .top))
            }
        }
        canvas.stroke(lines, Stroke(Theme.muted, width: 0.8, isRound: false))
        if let label = x.label {
            canvas.text(
                label, at: Point(inside.maxX, inside.maxY + (x.hasLabels ? 31 : 14)),
                Theme.subtitle, anchor: TextAnchor(.end, .baseline))
        }
    }

    /// As many ticks of the horizontal axis as fit beside each other.
    private func horizontalTicks(_ frame: PlotFrame, _ typesetter: Typesetter) -> [Tick] {
        if let ticks = x.ticks { return ticks }
        let room: Double =
            switch x.scale.kind {
            case .band: 14
            case .whole: 30
            case .linear, .logarithmic: 56
            }
        var count = max(2, Int(frame.inside.width / room))
        while true {
            let ticks = x.scale.ticks(about: count)
            let places = ticks.map { tick in
                let half = typesetter.size(of: tick.label, Theme.tick).width / 2
                let middle = frame.across(tick.value)
                return (middle - half, middle + half)
            }
            let fits = zip(places, places.dropFirst()).allSatisfy { $0.1 + 5 < $1.0 }
            if fits || count <= 1 { return ticks }
            count -= max(1, count / 12)
        }
    }
}
