import Datasets

/// Each number becomes the median of the 3×3 pixels round it in its channel; at the border the nearest
/// pixel of the image stands for what lies outside.
public struct MedianFilter: Sendable {
    private let shape: ImageShape

    /// Comparators that leave the median of nine numbers at place 4 (Paeth 1990).
    private static let comparators: [(Int, Int)] = [
        (1, 2), (4, 5), (7, 8), (0, 1), (3, 4), (6, 7), (1, 2), (4, 5), (7, 8), (0, 3),
        (5, 8), (4, 7), (3, 6), (1, 4), (2, 5), (4, 7), (4, 2), (6, 4), (4, 2),
    ]

    /// A filter for images of a shape.
    public init(_ shape: ImageShape) {
        self.shape = shape
    }

    /// Filtered copies of images `[any, channels, height, width]`.
    public func applied(to images: [Float]) -> [Float] {
        let size = shape.height * shape.width
        var result = images
        var window = [Float](repeating: 0, count: 9)
        for plane in stride(from: 0, to: images.count, by: size) {
            for row in 0..<shape.height {
                for column in 0..<shape.width {
                    load(images, plane, row, column, into: &window)
                    for (low, high) in Self.comparators where window[low] > window[high] {
                        window.swapAt(low, high)
                    }
                    result[plane + row * shape.width + column] = window[4]
                }
            }
        }
        return result
    }

    private func load(
        _ images: [Float], _ plane: Int, _ row: Int, _ column: Int, into window: inout [Float]
    ) {
        for down in -1...1 {
            let source = plane + min(max(row + down, 0), shape.height - 1) * shape.width
            for right in -1...1 {
                let place = min(max(column + right, 0), shape.width - 1)
                window[(down + 1) * 3 + right + 1] = images[source + place]
            }
        }
    }
}
