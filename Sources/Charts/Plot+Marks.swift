import Drawing
import Foundation

extension Plot {
    /// More dots than this are drawn as an image.
    static let mostVectorMarks = 2000

    /// All marks; what would leave the axes is cut, names are not.
    func drawMarks(on canvas: Canvas, _ frame: PlotFrame) throws {
        try canvas.clipped(to: frame.inside.grown(by: 3)) {
            for mark in marks { try draw(mark, on: canvas, frame) }
        }
        for mark in marks { drawWords(of: mark, on: canvas, frame) }
        drawLineNames(on: canvas, frame)
    }

    private func draw(_ mark: Mark, on canvas: Canvas, _ frame: PlotFrame) throws {
        let inside = frame.inside
        switch mark {
        case .line(let data, let stroke, _): drawLine(data, stroke, on: canvas, frame)
        case .steps(let data, let stroke):
            let corners = zip(data, data.dropFirst()).flatMap { [$0, Datum($1.x, $0.y)] }
            drawLine(corners + data.suffix(1), stroke, on: canvas, frame)
        case .bars(let data, let ink, let width, let base):
            drawBars(data, ink, width: width, base: base, on: canvas, frame)
        case .area(let data, let ink, let base): drawArea(data, ink, base: base, on: canvas, frame)
        case .lyingBars(let extents, let ink, let thickness):
            drawLyingBars(extents, ink, thickness: thickness, on: canvas, frame)
        case .whiskers(let extents, let stroke, let isLying):
            drawWhiskers(extents, stroke, isLying: isLying, on: canvas, frame)
        case .points(let set): try drawPoints(set, on: canvas, frame)
        case .cells(let bitmap): try canvas.draw(bitmap, in: inside)
        default: drawGuide(mark, on: canvas, frame)
        }
    }

    /// Spans, rules, circles and single dots: what helps to read the data.
    private func drawGuide(_ mark: Mark, on canvas: Canvas, _ frame: PlotFrame) {
        let inside = frame.inside
        switch mark {
        case .span(let from, let to, let ink):
            let left = max(frame.across(from), inside.x)
            let right = min(frame.across(to), inside.maxX)
            guard right > left else { return }
            canvas.fill(
                .rectangle(
                    Rectangle(x: left, y: inside.y, width: right - left, height: inside.height)),
                ink)
        case .horizontalRule(let value, let stroke, _):
            let y = frame.down(value)
            canvas.stroke(.line(Point(inside.x, y), Point(inside.maxX, y)), stroke)
        case .verticalRule(let value, let stroke, _):
            let x = frame.across(value)
            canvas.stroke(.line(Point(x, inside.y), Point(x, inside.maxY)), stroke)
        case .circle(let center, let radius, let stroke, _):
            let points = (0...96).map { step in
                let angle = Double(step) / 96 * 2 * .pi
                return frame.point(
                    Datum(center.x + radius * cos(angle), center.y + radius * sin(angle)))
            }
            canvas.stroke(.polyline(points), stroke)
        case .highlight(let datum, let ink):
            let center = frame.point(datum)
            canvas.fill(.circle(center: center, radius: 5), Theme.surface)
            canvas.fill(.circle(center: center, radius: 3.5), ink)
        default: break
        }
    }

    private func drawLine(
        _ data: [Datum], _ stroke: Stroke, on canvas: Canvas, _ frame: PlotFrame
    ) {
        var path = Path()
        var dots = Path()
        for run in data.split(whereSeparator: { !$0.y.isFinite || !$0.x.isFinite }) {
            let points = Thinning.thinned(run.map(frame.point))
            if points.count == 1 {
                dots.addDot(at: points[0])
            } else {
                for (index, point) in points.enumerated() {
                    if index == 0 { path.move(to: point) } else { path.line(to: point) }
                }
            }
        }
        if !path.elements.isEmpty { canvas.stroke(path, stroke) }
        if !dots.elements.isEmpty {
            canvas.stroke(dots, Stroke(stroke.ink, width: max(5, stroke.width * 2.6)))
        }
    }

    private func drawBars(
        _ data: [Datum], _ ink: Ink, width: Double, base: Double, on canvas: Canvas,
        _ frame: PlotFrame
    ) {
        var path = Path()
        let floor = min(frame.down(base), frame.inside.maxY)
        for datum in data where datum.y.isFinite {
            let left = frame.across(datum.x - width / 2)
            let right = frame.across(datum.x + width / 2)
            let top = frame.down(datum.y)
            path.addRectangle(
                Rectangle(
                    x: left, y: min(top, floor), width: right - left, height: abs(floor - top)))
        }
        if !path.elements.isEmpty { canvas.fill(path, ink) }
    }

    private func drawPoints(_ set: PointSet, on canvas: Canvas, _ frame: PlotFrame) throws {
        guard set.points.count > Self.mostVectorMarks else {
            for (index, ink) in set.inks.enumerated() {
                var path = Path()
                for (place, datum) in set.points.enumerated()
                where (set.groups.isEmpty ? 0 : set.groups[place]) == index {
                    path.addDot(at: frame.point(datum))
                }
                guard !path.elements.isEmpty else { continue }
                canvas.stroke(path, Stroke(ink.opacity(0.8), width: 2 * set.radius))
            }
            return
        }
        let inside = frame.inside
        let layer = Picture(size: Size(inside.width, inside.height)) { layer in
            layer.withoutSmoothing {
                for (index, datum) in set.points.enumerated() {
                    let place = frame.point(datum)
                    var dot = Path()
                    // Whole points downwards: rows of pixels come in equal pairs, and the PNG
                    // is nearly half as large.
                    let down = (place.y - inside.y).rounded()
                    dot.addDot(at: Point(place.x - inside.x, down))
                    layer.stroke(dot, Stroke(set.ink(at: index), width: 2 * set.radius))
                }
            }
        }
        let bitmap = try layer.bitmap(scale: 2, appearance: canvas.appearance)
        try canvas.draw(
            bitmap,
            in: Rectangle(
                x: inside.x, y: inside.y, width: Double(bitmap.width) / 2,
                height: Double(bitmap.height) / 2), isSmooth: true)
    }
}
