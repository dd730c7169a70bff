import Tensors
import VAEModels

/// The codes of a split against the prior: moments of each dimension and correlations between them.
///
/// Where the aggregate posterior matches N(0, I), every mean is 0, every aggregate deviation 1 and no
/// two dimensions correlate.
public struct LatentStatistics: Sendable, Equatable {
    /// Mean over images of each dimension's posterior mean, `[latentSize]`.
    public let means: [Double]
    /// Population standard deviation over images of each dimension's posterior mean.
    public let meanDeviations: [Double]
    /// Mean over images of each dimension's posterior σ.
    public let averageDeviations: [Double]
    /// Standard deviation of each dimension of the aggregate posterior: √(Var_x(μ) + E_x(σ²)).
    public let aggregateDeviations: [Double]
    /// Pearson correlation of the posterior means, `[latentSize, latentSize]`; 0 beside a dimension
    /// whose mean never varies, 1 on the diagonal. Rounded to float32, as a cache holds them.
    public let correlations: LinearAlgebra.Matrix

    /// From the posteriors of `count` ≥ 1 images.
    public init(_ posterior: Posterior, count: Int, latentSize: Int) {
        precondition(
            count > 0 && posterior.mean.count == count * latentSize,
            "\(posterior.mean.count) numbers are no \(count) codes of \(latentSize)")
        var sum = LinearAlgebra.CovarianceSum(size: latentSize)
        sum.add(posterior.mean)
        let covariance = sum.covariance(population: true)
        let variances = (0..<latentSize).map { max(covariance[$0, $0], 0) }
        var deviations = [Double](repeating: 0, count: latentSize)
        var squares = deviations
        for index in posterior.mean.indices {
            let deviation = Double(posterior.deviation(index))
            deviations[index % latentSize] += deviation / Double(count)
            squares[index % latentSize] += deviation * deviation / Double(count)
        }
        means = sum.mean
        meanDeviations = variances.map { $0.squareRoot() }
        averageDeviations = deviations
        aggregateDeviations = zip(variances, squares).map { ($0 + $1).squareRoot() }
        correlations = Self.correlations(covariance, meanDeviations)
    }

    private static func correlations(
        _ covariance: LinearAlgebra.Matrix, _ deviations: [Double]
    ) -> LinearAlgebra.Matrix {
        var result = covariance
        for row in deviations.indices {
            for column in deviations.indices {
                let scale = deviations[row] * deviations[column]
                let correlation = scale > 0 ? covariance[row, column] / scale : 0
                let rounded = Double(Float(min(max(correlation, -1), 1)))
                result[row, column] = row == column ? 1 : rounded
            }
        }
        return result
    }
}

extension LatentStatistics: Hashable, Codable {
    private enum Key: String, CodingKey {
        case means, meanDeviations, averageDeviations, aggregateDeviations, correlations
    }

    /// Reads what `encode` wrote.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        means = try fields.decode([Double].self, forKey: .means)
        meanDeviations = try fields.decode([Double].self, forKey: .meanDeviations)
        averageDeviations = try fields.decode([Double].self, forKey: .averageDeviations)
        aggregateDeviations = try fields.decode([Double].self, forKey: .aggregateDeviations)
        let values = try fields.decode(CompactFloats.self, forKey: .correlations).values
        guard values.count == means.count * means.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .correlations, in: fields,
                debugDescription: "\(values.count) correlations of \(means.count) dimensions")
        }
        correlations = LinearAlgebra.Matrix(
            rows: means.count, columns: means.count, values: values.map { Double($0) })
    }

    /// Writes the moments as numbers and the correlations in compact form.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(means, forKey: .means)
        try fields.encode(meanDeviations, forKey: .meanDeviations)
        try fields.encode(averageDeviations, forKey: .averageDeviations)
        try fields.encode(aggregateDeviations, forKey: .aggregateDeviations)
        try fields.encode(CompactFloats(correlations.values), forKey: .correlations)
    }

    /// Feeds the moments; equal statistics have equal ones.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(means)
        hasher.combine(aggregateDeviations)
    }
}
