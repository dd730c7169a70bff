/// A mean over images with its standard error and their number, as a result keeps it.
public struct MeanEstimate: Sendable, Hashable, Codable {
    /// Arithmetic mean.
    public let mean: Double
    /// Standard error over images; nil for a single image.
    public let standardError: Double?
    /// Images that were averaged.
    public let count: Int

    /// A mean that was computed elsewhere.
    public init(mean: Double, standardError: Double?, count: Int) {
        self.mean = mean
        self.standardError = standardError
        self.count = count
    }

    /// The mean of one number an image; nil of no image.
    public init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        let statistics = SampleStatistics(values)
        self.init(
            mean: statistics.mean, standardError: statistics.standardError, count: values.count)
    }

    /// Whether this mean and another one differ by more than twice the error of their difference,
    /// taken as if they were independent.
    public func differsClearly(from other: MeanEstimate) -> Bool {
        let errors = [standardError ?? 0, other.standardError ?? 0]
        let error = errors.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return abs(mean - other.mean) > 2 * error
    }
}
