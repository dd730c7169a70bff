import Tensors

/// Mean and covariance of a set of feature vectors, in float64.
public struct FeatureMoments: Sendable {
    private static let rowsAtOnce = 1_000

    /// Vectors in the set.
    public let count: Int
    /// `[size]`.
    public let mean: [Double]
    /// Sample covariance (divided by one less than `count`), `[size, size]`.
    public let covariance: LinearAlgebra.Matrix

    /// The moments of `features` `[count, size]`, at least two vectors.
    public init(_ features: [Float], size: Int) {
        precondition(
            size > 0 && features.count % size == 0 && features.count > size,
            "\(features.count) numbers are no two vectors of \(size)")
        let count = features.count / size
        var mean = [Double](repeating: 0, count: size)
        for (index, value) in features.enumerated() { mean[index % size] += Double(value) }
        mean = mean.map { $0 / Double(count) }
        var products = LinearAlgebra.Matrix(rows: size, columns: size)
        for start in stride(from: 0, to: count, by: Self.rowsAtOnce) {
            let rows = start..<min(count, start + Self.rowsAtOnce)
            var centred = LinearAlgebra.Matrix(rows: rows.count, columns: size)
            for index in centred.values.indices {
                centred.values[index] =
                    Double(features[rows.lowerBound * size + index]) - mean[index % size]
            }
            let part = LinearAlgebra.product(transposed: centred, centred)
            for index in products.values.indices { products.values[index] += part.values[index] }
        }
        for index in products.values.indices { products.values[index] /= Double(count - 1) }
        self.count = count
        self.mean = mean
        covariance = products
    }
}
