import Drawing
import Foundation

extension Plot {
    /// The area between a line and a base; parts without a number are left out.
    func drawArea(
        _ data: [Datum], _ ink: Ink, base: Double, on canvas: Canvas, _ frame: PlotFrame
    ) {
        let floor = min(frame.down(base), frame.inside.maxY)
        for run in data.split(whereSeparator: { !$0.y.isFinite || !$0.x.isFinite })
        where run.count > 1 {
            let points = Thinning.thinned(run.map(frame.point))
            guard let first = points.first, let last = points.last else { continue }
            var path = Path()
            path.move(to: Point(first.x, floor))
            for point in points { path.line(to: point) }
            path.line(to: Point(last.x, floor))
            path.close()
            canvas.fill(path, ink)
        }
    }

    func drawLyingBars(
        _ extents: [Extent], _ ink: Ink, thickness: Double, on canvas: Canvas, _ frame: PlotFrame
    ) {
        var path = Path()
        for extent in extents where extent.from.isFinite && extent.to.isFinite {
            let (start, end) = (frame.across(extent.from), frame.across(extent.to))
            let edges = [extent.place - thickness / 2, extent.place + thickness / 2]
                .map(frame.down)
            path.addRectangle(
                Rectangle(
                    x: min(start, end), y: edges.min() ?? 0, width: abs(end - start),
                    height: abs(edges[1] - edges[0])))
        }
        if !path.elements.isEmpty { canvas.fill(path, ink) }
    }

    func drawWhiskers(
        _ extents: [Extent], _ stroke: Stroke, isLying: Bool, on canvas: Canvas,
        _ frame: PlotFrame
    ) {
        let cap = 3.0
        var path = Path()
        func line(_ start: Point, _ end: Point) {
            path.move(to: start)
            path.line(to: end)
        }
        for extent in extents where extent.from.isFinite && extent.to.isFinite {
            if isLying {
                let y = frame.down(extent.place)
                let ends = [frame.across(extent.from), frame.across(extent.to)]
                line(Point(ends[0], y), Point(ends[1], y))
                for x in ends { line(Point(x, y - cap), Point(x, y + cap)) }
            } else {
                let x = frame.across(extent.place)
                let ends = [frame.down(extent.from), frame.down(extent.to)]
                line(Point(x, ends[0]), Point(x, ends[1]))
                for y in ends { line(Point(x - cap, y), Point(x + cap, y)) }
            }
        }
        if !path.elements.isEmpty { canvas.stroke(path, stroke) }
    }

    /// Words beside their places: on the right, else wherever they touch nothing.
    func drawNames(
        _ names: [PlaceName], _ style: TextStyle, dropsCrowded: Bool, on canvas: Canvas,
        _ frame: PlotFrame
    ) {
        let finite = names.filter { $0.datum.x.isFinite && $0.datum.y.isFinite }
        var taken = finite.map { name -> Rectangle in
            let place = frame.point(name.datum)
            return Rectangle(x: place.x - 3, y: place.y - 3, width: 6, height: 6)
        }
        let lines = lineObstacles(frame)
        for name in finite {
            let width = canvas.typesetter.size(of: name.text, style).width
            let choices = NamePlacement.choices(
                around: frame.point(name.datum), width: width, height: style.size)
            let free = choices.first { choice in
                choice.area.x >= frame.inside.x && choice.area.maxX <= frame.inside.maxX + 8
                    && choice.area.y >= frame.inside.y - 4
                    && choice.area.maxY <= frame.inside.maxY
                    && !taken.contains { $0.overlaps(choice.area) }
                    && !lines.contains { $0.overlaps(choice.area) }
            }
            if free == nil, dropsCrowded { continue }
            guard let chosen = free ?? choices.first else { continue }
            taken.append(chosen.area)
            canvas.text(
                name.text, at: chosen.point, style, anchor: chosen.anchor, halo: Theme.surface)
        }
    }
}

extension Plot {
    /// Small squares along every line that is data, for words to keep off.
    fileprivate func lineObstacles(_ frame: PlotFrame) -> [Rectangle] {
        marks.flatMap { mark -> [Rectangle] in
            guard case .line(let data, let stroke, _) = mark, stroke.ink.name != Theme.grid.name
            else { return [] }
            let points = data.filter { $0.x.isFinite && $0.y.isFinite }.map(frame.point)
            return zip(points, points.dropFirst()).flatMap { start, end in
                let steps = min(400, max(1, Int(hypot(end.x - start.x, end.y - start.y) / 3)))
                return (0...steps).map { step in
                    let part = Double(step) / Double(steps)
                    return Rectangle(
                        x: start.x + (end.x - start.x) * part - 1,
                        y: start.y + (end.y - start.y) * part - 1, width: 2, height: 2)
                }
            }
        }
    }
}

/// One way to put a word beside a place.
struct NamePlacement {
    let point: Point
    let anchor: TextAnchor
    /// What the word covers.
    let area: Rectangle

    /// Right, left, above, below, then the four corners.
    static func choices(around place: Point, width: Double, height: Double) -> [NamePlacement] {
        let gap = 6.0
        func choice(_ x: Double, _ y: Double, _ side: TextAnchor.Horizontal) -> NamePlacement {
            let left: Double =
                switch side {
                case .start: x
                case .middle: x - width / 2
                case .end: x - width
                }
            return NamePlacement(
                point: Point(x, y), anchor: TextAnchor(side, .middle),
                area: Rectangle(x: left, y: y - height / 2, width: width, height: height))
        }
        let rise = gap + height / 2
        return [
            choice(place.x + gap, place.y, .start), choice(place.x - gap, place.y, .end),
            choice(place.x, place.y - rise, .middle), choice(place.x, place.y + rise, .middle),
            choice(place.x + 4, place.y - rise, .start), choice(place.x - 4, place.y - rise, .end),
            choice(place.x + 4, place.y + rise, .start), choice(place.x - 4, place.y + rise, .end),
        ]
    }
}
