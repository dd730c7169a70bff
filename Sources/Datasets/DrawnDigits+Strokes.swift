import Drawing
import Foundation

extension DrawnDigits {
    /// The lines of one digit in pixels of the 28 × 28 image, ready for a pen `thickness` wide.
    ///
    /// As MNIST's were, the ink is fitted into a square box, then its centre of mass is put at the
    /// centre of the image, here give or take the shift.
    static func lines(of factors: DrawnDigitFactors) -> [[Point]] {
        let form = forms[factors.digit][factors.form]
        let lines = form.strokes.map { stroke in
            smooth(stroke.map { place($0, width: form.width, factors) })
        }
        let points = lines.joined()
        let (left, right) = extent(points.map(\.x))
        let (top, bottom) = extent(points.map(\.y))
        let side = max(right - left, bottom - top)
        let factor = (factors.scale - factors.thickness) / side
        let center = centerOfMass(lines)
        return lines.map { line in
            line.map { point in
                Point(
                    Double(imageSide) / 2 + factors.shiftX + (point.x - center.x) * factor,
                    Double(imageSide) / 2 + factors.shiftY + (point.y - center.y) * factor)
            }
        }
    }

    private static func extent(_ values: [Double]) -> (Double, Double) {
        (values.min() ?? 0, values.max() ?? 0)
    }

    /// A smooth line through the points: a centred Catmull–Rom spline, six chords a span.
    private static func smooth(_ points: [Point]) -> [Point] {
        guard let first = points.first, let last = points.last else { return [] }
        let chords = 4
        var line = [first]
        for span in 0..<points.count - 1 {
            let before = span > 0 ? points[span - 1] : first
            let (start, end) = (points[span], points[span + 1])
            let after = span + 2 < points.count ? points[span + 2] : last
            for step in 1...chords {
                let t = Double(step) / Double(chords)
                line.append(
                    Point(
                        spline(before.x, start.x, end.x, after.x, t),
                        spline(before.y, start.y, end.y, after.y, t)))
            }
        }
        return line
    }

    private static func spline(
        _ before: Double, _ start: Double, _ end: Double, _ after: Double, _ t: Double
    ) -> Double {
        let linear = (end - before) * t
        let square = (2 * before - 5 * start + 4 * end - after) * t * t
        let cube = (3 * start - before - 3 * end + after) * t * t * t
        return start + 0.5 * (linear + square + cube)
    }

    /// A point of the form after the hand's straying, breadth, slant and rotation.
    ///
    /// The straying is a sum of slow waves over the plane, so strokes that meet still meet.
    private static func place(
        _ point: Point, width: Double, _ factors: DrawnDigitFactors
    ) -> Point {
        var (strayX, strayY) = (0.0, 0.0)
        for wave in 0..<3 {
            let angle = 2 * .pi * factors.waves[wave * 3]
            let frequency = 2 + 4 * factors.waves[wave * 3 + 1]
            let phase = 2 * .pi * factors.waves[wave * 3 + 2]
            let along = point.x * cos(angle) + point.y * sin(angle)
            strayX += sin(frequency * along + phase)
            strayY += cos(frequency * along + 1.7 * phase)
        }
        let x = (point.x - 0.5) * width * factors.breadth + factors.jitter * strayX
        let y = point.y - 0.5 + factors.jitter * strayY
        let sheared = x - factors.slant * y
        return Point(
            sheared * cos(factors.rotation) - y * sin(factors.rotation),
            sheared * sin(factors.rotation) + y * cos(factors.rotation))
    }

    /// The mean place of the ink, each piece of line weighed by its length.
    private static func centerOfMass(_ lines: [[Point]]) -> Point {
        var (x, y, total) = (0.0, 0.0, 0.0)
        for line in lines {
            for (start, end) in zip(line, line.dropFirst()) {
                let length = hypot(end.x - start.x, end.y - start.y)
                x += length * (start.x + end.x) / 2
                y += length * (start.y + end.y) / 2
                total += length
            }
        }
        return total > 0 ? Point(x / total, y / total) : Point(0, 0)
    }
}
