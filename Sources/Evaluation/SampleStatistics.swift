/// The mean over images with its standard error, and other summaries of one number an image.
struct SampleStatistics {
    /// Arithmetic mean.
    let mean: Double
    /// Sample standard deviation / √n; nil for fewer than two images.
    let standardError: Double?

    /// Summarises one number an image.
    init(_ values: [Double]) {
        precondition(!values.isEmpty, "the mean of no images")
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        self.mean = mean
        guard values.count > 1 else {
            standardError = nil
            return
        }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        standardError = (squares / (count - 1) / count).squareRoot()
    }

    /// The middle value; the mean of the middle two when their number is even.
    static func median(_ values: [Double]) -> Double {
        precondition(!values.isEmpty, "the median of no images")
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// The five-number summary: least, lower quartile, median, upper quartile, most; between two
    /// values in proportion.
    static func summary(_ values: [Double]) -> [Double] {
        precondition(!values.isEmpty, "the quartiles of no images")
        let sorted = values.sorted()
        return (0...4).map { quarter in
            let place = Double(quarter) / 4 * Double(sorted.count - 1)
            let lower = Int(place)
            let upper = min(lower + 1, sorted.count - 1)
            return sorted[lower] + (sorted[upper] - sorted[lower]) * (place - Double(lower))
        }
    }
}
