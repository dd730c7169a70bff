/// Moments over images of each latent dimension's posterior, from means and σ `[images, latentSize]`.
struct CodeMoments: Sendable {
    let imageCount: Int
    let latentSize: Int
    /// E_x(μ_j).
    let means: [Double]
    /// Var_x(μ_j), population variance.
    let meanVariances: [Double]
    /// E_x|μ_j|.
    let meanMagnitudes: [Double]
    /// E_x(σ_j).
    let averageDeviations: [Double]
    /// √(Var_x(μ_j) + E_x(σ_j²)): the standard deviation of the aggregate posterior.
    let aggregateDeviations: [Double]

    init(means values: [Float], deviations: [Float], latentSize: Int) {
        precondition(
            latentSize > 0 && values.count == deviations.count && values.count % latentSize == 0,
            "\(values.count) means and \(deviations.count) σ for \(latentSize) dimensions")
        self.latentSize = latentSize
        imageCount = values.count / latentSize
        let scale = 1 / Double(max(imageCount, 1))
        var (sums, magnitudes) = (Self.zeros(latentSize), Self.zeros(latentSize))
        var (spreads, squares) = (Self.zeros(latentSize), Self.zeros(latentSize))
        for index in values.indices {
            let dimension = index % latentSize
            let (mean, deviation) = (Double(values[index]), Double(deviations[index]))
            sums[dimension] += mean * scale
            magnitudes[dimension] += abs(mean) * scale
            spreads[dimension] += deviation * scale
            squares[dimension] += deviation * deviation * scale
        }
        var variances = Self.zeros(latentSize)
        for index in values.indices {
            let difference = Double(values[index]) - sums[index % latentSize]
            variances[index % latentSize] += difference * difference * scale
        }
        means = sums
        meanMagnitudes = magnitudes
        averageDeviations = spreads
        meanVariances = variances
        aggregateDeviations = zip(variances, squares).map { ($0 + $1).squareRoot() }
    }

    private static func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }
}
