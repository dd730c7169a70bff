import Dispatch
import Drawing
import Files
import Foundation
import Tensors

/// Coloured shapes in a folder for each, drawn for a project whose user has named no images yet.
public enum SampleImages {
    /// Images of each shape.
    private static let count = 200
    private static let side = 64.0
    /// Names of the folders, and corners of each shape; 0 for a circle.
    private static let shapes = [("circles", 0), ("squares", 4), ("triangles", 3)]

    /// PNG files by their paths, the same ones each time. Throws when Cairo or libpng refuses.
    public static func files() throws -> [(name: String, content: [UInt8])] {
        let source = RandomSource(seed: 0)
        let total = shapes.count * count
        let results = Guarded<[Int: Result<[UInt8], any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: total) { place in
            let numbers = source.uniform(6, for: .drawing, step: UInt64(place)).map(Double.init)
            let corners = shapes[place / count].1
            let file = Result { try picture(corners: corners, numbers).png(scale: 1) }
            results.withLock { $0[place] = file }
        }
        return try results.withLock { results in
            try (0..<total).compactMap { place in
                try results[place].map { file in
                    ("\(shapes[place / count].0)/\(1000 + place % count).png", try file.get())
                }
            }
        }
    }

    /// A shape whose place, size, angle and colours six numbers in 0 … 1 choose.
    private static func picture(corners: Int, _ numbers: [Double]) -> Picture {
        let radius = 9 + 11 * numbers[0]
        let reach = side - 2 * radius - 8
        let center = Point(
            radius + 4 + reach * numbers[1], radius + 4 + reach * numbers[2])
        let hue = 360 * numbers[4]
        let ground = Ink(Color(hue: hue + 150, saturation: 0.25, lightness: 0.88))
        let ink = Ink(Color(hue: hue, saturation: 0.7, lightness: 0.35 + 0.25 * numbers[5]))
        let shape =
            corners == 0
            ? Path.circle(center: center, radius: radius)
            : polygon(corners, center, radius, turn: 2 * .pi * numbers[3])
        return Picture(size: Size(side, side)) { canvas in
            canvas.fill(.rectangle(Rectangle(x: 0, y: 0, width: side, height: side)), ground)
            canvas.fill(shape, ink)
        }
    }

    private static func polygon(
        _ corners: Int, _ center: Point, _ radius: Double, turn: Double
    ) -> Path {
        var path = Path.polyline(
            (0..<corners).map { corner in
                let angle = turn + 2 * .pi * Double(corner) / Double(corners)
                return Point(center.x + radius * cos(angle), center.y + radius * sin(angle))
            })
        path.close()
        return path
    }
}
