import CKernels

/// A rectangle of an image, in pixels and fractions of them.
package struct ImageRectangle: Sendable, Hashable {
    /// Columns and rows before it.
    package let left, top: Double
    /// How many columns and rows it has.
    package let width, height: Double

    package init(left: Double, top: Double, width: Double, height: Double) {
        (self.left, self.top, self.width, self.height) = (left, top, width, height)
    }
}

extension Kernels {
    /// A rectangle of an image of bytes `[rows, columns, channels]` at another size, as
    /// `[channels, newRows, newColumns]`; on the calling thread alone.
    ///
    /// Each new pixel is the mean of what it covers, weighted by area, rounded half up; an image that
    /// grows is interpolated linearly.
    package static func resized(
        _ pixels: [UInt8], columns: Int, channels: Int, _ part: ImageRectangle, newRows: Int,
        newColumns: Int
    ) -> [UInt8] {
        precondition(
            columns > 0 && channels > 0 && newRows > 0 && newColumns > 0
                && pixels.count % (columns * channels) == 0,
            "\(pixels.count) bytes for \(columns) columns of \(channels) channels")
        let rows = pixels.count / (columns * channels)
        precondition(
            part.left >= 0 && part.top >= 0 && part.width > 0 && part.height > 0
                && part.left + part.width <= Double(columns)
                && part.top + part.height <= Double(rows),
            "\(part) reaches out of \(columns) × \(rows) pixels")
        return pixels.withUnsafeBufferPointer { old in
            var shape = vk_image_part()
            shape.pixels = old.baseAddress
            (shape.columns, shape.channels) = (columns, channels)
            (shape.left, shape.top) = (part.left, part.top)
            (shape.width, shape.height) = (part.width, part.height)
            var sums = [Float](repeating: 0, count: newColumns * channels)
            var out = [UInt8](repeating: 0, count: channels * newRows * newColumns)
            vk_resize_area(&shape, newRows, newColumns, &sums, &out)
            return out
        }
    }
}
