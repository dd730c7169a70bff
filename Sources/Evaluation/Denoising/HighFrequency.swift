import Datasets

/// How much fine structure an image has: the root mean square of its Laplacian, the sum of the four
/// neighbours minus four times the pixel, where the nearest pixel stands for what lies outside.
///
/// The ratio of a restored image's to the clean one's is below 1 where it is blurred and above 1 where
/// noise is left.
public struct HighFrequency: Sendable {
    private let shape: ImageShape

    /// A measure for images of a shape.
    public init(_ shape: ImageShape) {
        self.shape = shape
    }

    /// The root mean square over pixels and channels of each of the images `[count, channels, height,
    /// width]`.
    public func energies(_ images: [Float]) -> [Double] {
        stride(from: 0, to: images.count, by: shape.pixelCount).map { start in
            var sum = 0.0
            for channel in 0..<shape.channels {
                sum += squares(images, plane: start + channel * shape.height * shape.width)
            }
            return (sum / Double(shape.pixelCount)).squareRoot()
        }
    }

    private func squares(_ images: [Float], plane: Int) -> Double {
        let width = shape.width
        var sum = 0.0
        for row in 0..<shape.height {
            let above = plane + max(row - 1, 0) * width
            let here = plane + row * width
            let below = plane + min(row + 1, shape.height - 1) * width
            for column in 0..<width {
                let left = images[here + max(column - 1, 0)]
                let right = images[here + min(column + 1, width - 1)]
                let value =
                    images[above + column] + images[below + column] + left + right
                    - 4 * images[here + column]
                sum += Double(value) * Double(value)
            }
        }
        return sum
    }
}
