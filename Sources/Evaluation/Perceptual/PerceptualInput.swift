import Datasets

/// Turns images in 0 … 1 into what a trunk sees: three channels, resized where they are small, −1 … 1,
/// then shifted and scaled by the constants of the `lpips` package.
struct PerceptualInput: Sendable {
    private static let shift: [Float] = [-0.030, -0.088, -0.188]
    private static let scale: [Float] = [0.458, 0.448, 0.450]

    /// An image as it comes.
    let image: ImageShape
    /// Rows that the trunk sees.
    let height: Int
    /// Columns that the trunk sees.
    let width: Int
    private let rows: [Weights]
    private let columns: [Weights]

    /// Where a resized number comes from.
    private struct Weights {
        let first: Int
        let second: Int
        let share: Float
    }

    /// The way of images of a shape with 1 or 3 channels; those with a side under `side` pixels are
    /// resized to a square of it.
    init(_ image: ImageShape, side: Int) {
        precondition(image.channels == 1 || image.channels == 3, "\(image.channels) channels")
        self.image = image
        let isSmall = min(image.height, image.width) < side
        height = isSmall ? side : image.height
        width = isSmall ? side : image.width
        rows = Self.weights(from: image.height, to: height)
        columns = Self.weights(from: image.width, to: width)
    }

    /// Numbers of one picture.
    var pictureSize: Int { 3 * height * width }

    /// What a protocol says of the size.
    var sentence: String {
        height == image.height && width == image.width
            ? "at their own size" : "resized to \(height)×\(width) bilinearly, corners not aligned"
    }

    /// Pictures `[count, 3, height, width]` of images `[count, channels, …]`, clipped to 0 … 1 first.
    func pictures(_ images: [Float]) -> [Float] {
        let plane = image.height * image.width
        var result: [Float] = []
        result.reserveCapacity(images.count / image.pixelCount * pictureSize)
        for start in stride(from: 0, to: images.count, by: image.pixelCount) {
            for channel in 0..<3 {
                let source = start + (image.channels == 1 ? 0 : channel * plane)
                append(images, source, channel, to: &result)
            }
        }
        return result
    }

    private func append(
        _ images: [Float], _ source: Int, _ channel: Int, to result: inout [Float]
    ) {
        func pixel(_ row: Int, _ column: Int) -> Float {
            min(max(images[source + row * image.width + column], 0), 1)
        }
        for row in rows {
            for column in columns {
                let top =
                    pixel(row.first, column.first) * (1 - column.share)
                    + pixel(row.first, column.second) * column.share
                let bottom =
                    pixel(row.second, column.first) * (1 - column.share)
                    + pixel(row.second, column.second) * column.share
                let value = top * (1 - row.share) + bottom * row.share
                result.append((2 * value - 1 - Self.shift[channel]) / Self.scale[channel])
            }
        }
    }

    /// Bilinear weights, corners not aligned: pixel centres lie at half numbers.
    private static func weights(from small: Int, to large: Int) -> [Weights] {
        let step = Float(small) / Float(large)
        return (0..<large).map { index in
            let place = max((Float(index) + 0.5) * step - 0.5, 0)
            let first = min(Int(place), small - 1)
            return Weights(
                first: first, second: min(first + 1, small - 1), share: place - Float(first))
        }
    }
}
