import Tensors

/// The squared maximum mean discrepancy of two sets of feature vectors with the polynomial kernel
/// k(x, y) = (x·y / size + 1)³ (Bińkowski et al. 2018, §4): the KID, for any features.
///
/// The unbiased estimate (Gretton et al. 2012, eq. 3) averaged over disjoint blocks of both sets, which
/// makes the standard error an honest one. It may fall below 0 where the sets are alike.
public struct KernelDistance: Sendable, Hashable, Codable {
    /// Most vectors of either set in a block.
    public static let blockSize = 500

    /// Mean over blocks.
    public let value: Double
    /// Standard error over blocks; nil for one block.
    public let standardError: Double?
    /// Disjoint blocks that were averaged.
    public let blocks: Int
    /// Vectors of either set in a block.
    public let vectorsPerBlock: Int

    /// The distance of `first` and `second`, `[count, size]` each with the same count ≥ 2; what is left
    /// over whole blocks is not used.
    public init(_ first: [Float], _ second: [Float], size: Int) {
        precondition(
            first.count == second.count && size > 0 && first.count >= 2 * size,
            "\(first.count) and \(second.count) numbers, vectors of \(size)")
        let count = first.count / size
        let blocks = max(1, count / Self.blockSize)
        let length = count / blocks
        let estimates = (0..<blocks).map { block in
            let range = block * length * size..<(block + 1) * length * size
            return Self.estimate(first[range], second[range], size: size)
        }
        let statistics = SampleStatistics(estimates)
        value = statistics.mean
        standardError = statistics.standardError
        self.blocks = blocks
        vectorsPerBlock = length
    }

    private static func estimate(
        _ first: ArraySlice<Float>, _ second: ArraySlice<Float>, size: Int
    ) -> Double {
        let rows = first.count / size
        let (left, right) = (matrix(first, rows, size), matrix(second, rows, size))
        let within = Double(rows * (rows - 1))
        let own = (sum(left, left, diagonal: false) + sum(right, right, diagonal: false)) / within
        return own - 2 * sum(left, right, diagonal: true) / Double(rows * rows)
    }

    private static func matrix(
        _ values: ArraySlice<Float>, _ rows: Int, _ columns: Int
    ) -> LinearAlgebra.Matrix {
        LinearAlgebra.Matrix(rows: rows, columns: columns, values: values.map { Double($0) })
    }

    /// Sum of the kernel over all pairs of rows, with or without those of a row and itself.
    private static func sum(
        _ left: LinearAlgebra.Matrix, _ right: LinearAlgebra.Matrix, diagonal: Bool
    ) -> Double {
        let products = LinearAlgebra.product(left, transposed: right)
        var total = 0.0
        for row in 0..<products.rows {
            for column in 0..<products.columns where diagonal || row != column {
                let base = products[row, column] / Double(left.columns) + 1
                total += base * base * base
            }
        }
        return total
    }
}
