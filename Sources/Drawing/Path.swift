/// Lines and curves to fill or to stroke, as a value.
package struct Path: Sendable, Hashable {
    /// One step of the pen.
    package enum Element: Sendable, Hashable {
        case move(Point)
        case line(Point)
        case curve(Point, Point, Point)
        case arc(center: Point, radius: Double, from: Double, to: Double)
        case close
    }

    /// The steps in order.
    package private(set) var elements: [Element] = []

    /// An empty path.
    package init() {}

    /// Lifts the pen and sets it down at `point`.
    package mutating func move(to point: Point) { elements.append(.move(point)) }

    /// Draws straight to `point`.
    package mutating func line(to point: Point) { elements.append(.line(point)) }

    /// Draws a cubic Bézier curve to `point`.
    package mutating func curve(to point: Point, _ first: Point, _ second: Point) {
        elements.append(.curve(first, second, point))
    }

    /// Closes the current outline.
    package mutating func close() { elements.append(.close) }

    /// Adds the outline of a circle.
    package mutating func addCircle(center: Point, radius: Double) {
        elements.append(.move(Point(center.x + radius, center.y)))
        elements.append(.arc(center: center, radius: radius, from: 0, to: 2 * .pi))
        elements.append(.close)
    }

    /// Adds the outline of a rectangle.
    package mutating func addRectangle(_ rectangle: Rectangle) {
        move(to: Point(rectangle.x, rectangle.y))
        line(to: Point(rectangle.maxX, rectangle.y))
        line(to: Point(rectangle.maxX, rectangle.maxY))
        line(to: Point(rectangle.x, rectangle.maxY))
        close()
    }

    /// Adds a dot: a stroke without length, which a round cap turns into a disc as wide as the pen.
    ///
    /// A thousand discs as one such path take a tenth of the bytes that a thousand outlines take.
    package mutating func addDot(at point: Point) {
        move(to: point)
        line(to: point)
    }

    /// A path through the points, open.
    package static func polyline(_ points: [Point]) -> Path {
        var path = Path()
        for (index, point) in points.enumerated() {
            if index == 0 { path.move(to: point) } else { path.line(to: point) }
        }
        return path
    }

    /// A single straight line.
    package static func line(_ start: Point, _ end: Point) -> Path { polyline([start, end]) }

    /// The outline of a rectangle, its corners rounded by `radius`.
    package static func rectangle(_ area: Rectangle, radius: Double = 0) -> Path {
        var path = Path()
        let radius = min(radius, area.width / 2, area.height / 2)
        guard radius > 0 else {
            path.addRectangle(area)
            return path
        }
        let corners: [(Point, Double)] = [
            (Point(area.maxX - radius, area.y + radius), -0.5),
            (Point(area.maxX - radius, area.maxY - radius), 0),
            (Point(area.x + radius, area.maxY - radius), 0.5),
            (Point(area.x + radius, area.y + radius), 1),
        ]
        path.move(to: Point(area.x + radius, area.y))
        for (center, start) in corners {
            path.elements.append(
                .arc(center: center, radius: radius, from: start * .pi, to: (start + 0.5) * .pi))
        }
        path.close()
        return path
    }

    /// The outline of a circle.
    package static func circle(center: Point, radius: Double) -> Path {
        var path = Path()
        path.addCircle(center: center, radius: radius)
        return path
    }
}

/// How a path is drawn as a line.
package struct Stroke: Sendable, Hashable {
    /// The paint.
    package var ink: Ink
    /// Width in points.
    package var width: Double
    /// Lengths of dash and gap in turn; empty for a solid line.
    package var dash: [Double]
    /// True for round ends and joins.
    package var isRound: Bool

    /// A line of `width` points.
    package init(_ ink: Ink, width: Double, dash: [Double] = [], isRound: Bool = true) {
        self.ink = ink
        self.width = width
        self.dash = dash
        self.isRound = isRound
    }
}
