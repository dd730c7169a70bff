/// A block of pixels, red, green, blue and straight opacity, one byte each.
package struct Bitmap: Sendable, Hashable {
    /// Columns.
    package let width: Int
    /// Rows.
    package let height: Int
    /// Bytes `[height, width, 4]` in the order red, green, blue, opacity.
    package private(set) var pixels: [UInt8]

    /// A block whose every pixel is clear.
    package init(width: Int, height: Int) {
        self.init(
            width: width, height: height,
            pixels: [UInt8](repeating: 0, count: width * height * 4))
    }

    /// A block from bytes `[height, width, 4]`.
    package init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(
            pixels.count == width * height * 4,
            "\(pixels.count) bytes for \(width) × \(height) pixels of 4 bytes")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// A block from values in 0 … 1 laid out `[channels, height, width]`, 1 channel for grey or 3
    /// for colour; values outside are clamped, values that are no number become black.
    package init(channels: Int, width: Int, height: Int, values: [Float]) {
        precondition(channels == 1 || channels == 3, "\(channels) channels; 1 or 3 can be drawn")
        precondition(
            values.count == channels * width * height,
            "\(values.count) values for \(channels) × \(height) × \(width) pixels")
        let area = width * height
        var pixels = [UInt8](repeating: 255, count: area * 4)
        for place in 0..<area {
            for channel in 0..<3 {
                let value = values[(channels == 1 ? 0 : channel) * area + place]
                pixels[place * 4 + channel] =
                    value > 0 ? UInt8(min(value, 1) * 255 + 0.5) : 0
            }
        }
        self.init(width: width, height: height, pixels: pixels)
    }

    /// Copies `other` with its upper left corner at (`x`, `y`); what falls outside is dropped.
    package mutating func paste(_ other: Bitmap, x: Int, y: Int) {
        let columns = max(0, -x)..<max(0, -x, min(other.width, width - x))
        for row in 0..<other.height where y + row >= 0 && y + row < height && !columns.isEmpty {
            let source = (row * other.width + columns.lowerBound) * 4
            let target = ((y + row) * width + x + columns.lowerBound) * 4
            let length = columns.count * 4
            pixels.replaceSubrange(
                target..<target + length, with: other.pixels[source..<source + length])
        }
    }

    /// Paints a rectangle of pixels in one colour; what falls outside is dropped.
    package mutating func fill(x: Int, y: Int, width: Int, height: Int, _ color: Color) {
        let number = color.hexNumber
        let bytes = [
            UInt8(number >> 16), UInt8((number >> 8) & 255), UInt8(number & 255),
            UInt8((color.alpha * 255).rounded()),
        ]
        for row in max(0, y)..<max(0, y, min(self.height, y + height)) {
            for column in max(0, x)..<max(0, x, min(self.width, x + width)) {
                for channel in 0..<4 {
                    pixels[(row * self.width + column) * 4 + channel] = bytes[channel]
                }
            }
        }
    }

    /// Each pixel as a square of `factor` × `factor` pixels: hard edges, no smoothing.
    package func scaled(by factor: Int) -> Bitmap {
        precondition(factor >= 1, "scale factor \(factor) is below 1")
        guard factor > 1 else { return self }
        var result: [UInt8] = []
        result.reserveCapacity(pixels.count * factor * factor)
        for row in 0..<height {
            var line: [UInt8] = []
            line.reserveCapacity(width * factor * 4)
            for column in 0..<width {
                let pixel = pixels[(row * width + column) * 4..<(row * width + column) * 4 + 4]
                for _ in 0..<factor { line.append(contentsOf: pixel) }
            }
            for _ in 0..<factor { result.append(contentsOf: line) }
        }
        return Bitmap(width: width * factor, height: height * factor, pixels: result)
    }
}
