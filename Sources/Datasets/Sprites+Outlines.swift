import Drawing
import Foundation

extension Sprites {
    /// Radius of the circle about the largest sprite, as a share of the image's side.
    private static let radius = 0.2
    /// Room between the centre and the image's edge, as a share of its side.
    private static let margin = 0.25

    /// The outline of the sprite at a place of the grid, in pixels.
    static func outline(_ grid: SpriteGrid, at place: Int) -> Path {
        let values = grid.values(at: place)
        let side = Double(grid.side)
        let size = side * radius * (0.5 + 0.5 * step(values[1], of: grid.scales, single: 1))
        let angle = grid.turn * .pi / 180 * Double(values[2]) / Double(grid.orientations)
        func center(_ value: Int, of count: Int) -> Double {
            side * (margin + (1 - 2 * margin) * step(value, of: count, single: 0.5))
        }
        let (x, y) = (center(values[3], of: grid.columns), center(values[4], of: grid.rows))
        let (cosine, sine) = (cos(angle) * size, sin(angle) * size)
        let shape = SpriteGrid.Shape(rawValue: values[0]) ?? .square
        return path(of: shape) { point in
            Point(x + cosine * point.x - sine * point.y, y + sine * point.x + cosine * point.y)
        }
    }

    /// A value as a share of the way from the first to the last; `single` where there is but one.
    private static func step(_ value: Int, of count: Int, single: Double) -> Double {
        count > 1 ? Double(value) / Double(count - 1) : single
    }

    /// A shape within the unit circle, y downwards, each point put where `place` says.
    private static func path(of shape: SpriteGrid.Shape, _ place: (Point) -> Point) -> Path {
        var path = Path()
        switch shape {
        case .square:
            let half = 0.5.squareRoot()
            path = .polyline(
                [Point(-half, -half), Point(half, -half), Point(half, half), Point(-half, half)]
                    .map(place))
        case .ellipse: addCurves(ellipse, to: &path, place)
        case .heart: addCurves(heart, to: &path, place)
        }
        path.close()
        return path
    }

    /// Bézier curves one after the other: a start, then two handles and an end each.
    private static func addCurves(
        _ points: [Point], to path: inout Path, _ place: (Point) -> Point
    ) {
        path.move(to: place(points[0]))
        for index in stride(from: 1, to: points.count - 2, by: 3) {
            path.curve(
                to: place(points[index + 2]), place(points[index]), place(points[index + 1]))
        }
    }

    /// Half axes of 1 and 1/2; the handles' length makes quarters of a circle round to 0.03 %.
    private static let ellipse: [Point] = {
        let (a, b, handle) = (1.0, 0.5, 0.552_284_75)
        return [
            Point(a, 0), Point(a, b * handle), Point(a * handle, b), Point(0, b),
            Point(-a * handle, b), Point(-a, b * handle), Point(-a, 0),
            Point(-a, -b * handle), Point(-a * handle, -b), Point(0, -b),
            Point(a * handle, -b), Point(a, -b * handle), Point(a, 0),
        ]
    }()

    private static let heart: [Point] = [
        Point(0, 0.95), Point(-0.35, 0.55), Point(-0.95, 0.2), Point(-0.95, -0.3),
        Point(-0.95, -0.65), Point(-0.7, -0.85), Point(-0.47, -0.85),
        Point(-0.25, -0.85), Point(-0.08, -0.7), Point(0, -0.5),
        Point(0.08, -0.7), Point(0.25, -0.85), Point(0.47, -0.85),
        Point(0.7, -0.85), Point(0.95, -0.65), Point(0.95, -0.3),
        Point(0.95, 0.2), Point(0.35, 0.55), Point(0, 0.95),
    ]
}
