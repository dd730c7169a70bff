import Foundation

extension ImageTile {
    /// Mean of |this − other| over pixels and channels.
    func meanAbsoluteError(_ other: ImageTile) -> Double {
        let errors = absoluteError(other)
        return errors.reduce(0, +) / Double(max(errors.count, 1))
    }

    /// PSNR of `other` as a copy of this image, dB, both cut to [0, 1]; infinite for equal images.
    func peakSignalToNoise(_ other: ImageTile) -> Double {
        let squares = zip(values, other.values).reduce(0.0) { sum, pair in
            let difference = Double(min(max(pair.0, 0), 1) - min(max(pair.1, 0), 1))
            return sum + difference * difference
        }
        return -10 * log10(squares / Double(max(values.count, 1)))
    }

    /// Standard deviation of each pixel over several images, mean over channels, `[height, width]`.
    package static func spread(of images: [ImageTile]) -> [Double] {
        guard let first = images.first else { return [] }
        let area = first.width * first.height
        var spread = [Double](repeating: 0, count: area)
        for index in first.values.indices {
            let values = images.map { Double($0.values[index]) }
            let mean = values.reduce(0, +) / Double(values.count)
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            spread[index % area] +=
                (squares / Double(values.count)).squareRoot() / Double(first.channels)
        }
        return spread
    }
}
