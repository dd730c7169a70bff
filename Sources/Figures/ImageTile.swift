import Drawing

/// One image as plain numbers in 0 … 1, `[channels, height, width]`, 1 or 3 channels.
package struct ImageTile: Sendable, Hashable {
    /// 1 for grey, 3 for red, green, blue.
    package let channels: Int
    /// Rows of pixels.
    package let height: Int
    /// Columns of pixels.
    package let width: Int
    /// Values `[channels, height, width]`.
    package let values: [Float]

    /// An image from values in 0 … 1; what lies outside is drawn as the nearer end.
    package init(channels: Int, height: Int, width: Int, values: [Float]) {
        precondition(
            values.count == channels * height * width,
            "\(values.count) values for an image \(channels) × \(height) × \(width)")
        self.channels = channels
        self.height = height
        self.width = width
        self.values = values
    }

    /// Images cut from values `[count, channels, height, width]`.
    package static func tiles(
        channels: Int, height: Int, width: Int, values: [Float]
    ) -> [ImageTile] {
        let size = channels * height * width
        guard size > 0 else { return [] }
        return stride(from: 0, through: values.count - size, by: size).map { start in
            ImageTile(
                channels: channels, height: height, width: width,
                values: Array(values[start..<start + size]))
        }
    }

    /// The image as a block of pixels.
    package var bitmap: Bitmap {
        Bitmap(channels: channels, width: width, height: height, values: values)
    }

    /// |this − other| at each pixel, mean over channels, `[height, width]`.
    func absoluteError(_ other: ImageTile) -> [Double] {
        let area = width * height
        return (0..<area).map { place in
            let sum = (0..<channels).reduce(0.0) { sum, channel in
                let index = channel * area + place
                return sum + Double(abs(values[index] - other.values[index]))
            }
            return sum / Double(channels)
        }
    }
}
