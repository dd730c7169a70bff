import Tensors

/// The directions of largest variance of a set of vectors (Pearson 1901): the linear autoencoder that a
/// VAE has to beat, and the axes of a latent scatter.
public struct PrincipalComponents: Sendable, Equatable {
    /// Mean vector, `[size]`.
    public let mean: [Float]
    /// Unit directions in order of variance, `[variances.count, size]`.
    public let components: LinearAlgebra.Matrix
    /// Sample variance along each direction, descending.
    public let variances: [Double]
    /// Variance along all directions, kept or not.
    public let totalVariance: Double
    /// Vectors that the directions were fitted to.
    public let fittedCount: Int

    /// Fits `leading` directions to `count` vectors of `size` numbers that `rows` hands out a range at a
    /// time, `[range.count, size]`; memory does not grow with `count`. Very long vectors are not all
    /// used: see ``fittedCount``.
    public init(
        count: Int, size: Int, leading: Int, ranges: [Range<Int>],
        rows: (Range<Int>) throws -> [Float]
    ) throws {
        precondition(count > 1, "principal components of \(count) vectors")
        precondition(leading <= size, "\(leading) directions of vectors of \(size)")
        guard size <= Self.longestCovariance else {
            self = try Self.ofLongVectors(
                count: count, size: size, leading: leading, ranges: ranges, rows: rows)
            return
        }
        var sum = LinearAlgebra.CovarianceSum(size: size)
        for range in ranges { sum.add(try rows(range)) }
        precondition(sum.count == count, "\(sum.count) of \(count) vectors were handed out")
        let covariance = sum.covariance()
        let system = try LinearAlgebra.symmetricEigensystem(covariance, leading: leading)
        self.init(
            mean: sum.mean.map { Float($0) }, components: system.vectors,
            variances: system.values.map { max($0, 0) },
            totalVariance: (0..<size).reduce(0) { $0 + covariance[$1, $1] }, fittedCount: count)
    }

    init(
        mean: [Float], components: LinearAlgebra.Matrix, variances: [Double],
        totalVariance: Double, fittedCount: Int
    ) {
        (self.mean, self.components, self.variances) = (mean, components, variances)
        (self.totalVariance, self.fittedCount) = (totalVariance, fittedCount)
    }

    /// Share of the whole variance along each direction; zeros when nothing varies.
    public var varianceFractions: [Double] {
        variances.map { totalVariance > 0 ? $0 / totalVariance : 0 }
    }

    /// Coordinates of vectors `[any, size]` along the directions, `[any, variances.count]`.
    public func project(_ vectors: [Float]) -> [Double] {
        let size = mean.count
        var centred = LinearAlgebra.Matrix(rows: vectors.count / size, columns: size)
        for row in 0..<centred.rows {
            for column in 0..<size {
                centred[row, column] = Double(vectors[row * size + column] - mean[column])
            }
        }
        return LinearAlgebra.product(centred, transposed: components).values
    }

    /// Vectors from coordinates `[any, variances.count]`, `[any, size]`.
    public func reconstruct(_ coordinates: [Double]) -> [Float] {
        let size = mean.count
        let codes = LinearAlgebra.Matrix(
            rows: variances.isEmpty ? 0 : coordinates.count / variances.count,
            columns: variances.count, values: coordinates)
        let offsets = LinearAlgebra.product(codes, components).values
        var vectors = [Float](repeating: 0, count: offsets.count)
        for row in 0..<codes.rows {
            for column in 0..<size {
                vectors[row * size + column] = Float(offsets[row * size + column]) + mean[column]
            }
        }
        return vectors
    }
}
