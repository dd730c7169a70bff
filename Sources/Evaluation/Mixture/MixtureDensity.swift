import Glibc
import Tensors

/// log densities under a mixture of Gaussians, a block of codes at a time.
struct MixtureDensity {
    private static let rowsAtOnce = 2_048

    private let logWeights: [Double]
    private let means: LinearAlgebra.Matrix
    /// L⁻¹ of each component: whitened codes are (z − μ) L⁻ᵀ.
    private let whitenings: [LinearAlgebra.Matrix]
    /// log |2πΣ| / 2 of each component.
    private let normalisers: [Double]

    /// A mixture of `weights`, centres `means` `[components, size]` and covariances L Lᵀ.
    init(
        weights: [Double], means: LinearAlgebra.Matrix, factors: [LinearAlgebra.Matrix]
    ) throws {
        logWeights = weights.map { log($0) }
        self.means = means
        whitenings = try factors.map(LinearAlgebra.lowerInverse)
        normalisers = factors.map { factor in
            (0..<factor.rows).reduce(0) { $0 + log(factor[$1, $1]) + log(2 * .pi) / 2 }
        }
    }

    /// Ranges that cut `count` codes into blocks.
    static func blocks(count: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: rowsAtOnce).map { $0..<min(count, $0 + rowsAtOnce) }
    }

    /// log w + log N(z; μ, Σ) of a block of codes `[rows, size]`, `[rows, components]`.
    func joint(_ codes: LinearAlgebra.Matrix) -> LinearAlgebra.Matrix {
        var result = LinearAlgebra.Matrix(rows: codes.rows, columns: logWeights.count)
        for component in logWeights.indices {
            let white = LinearAlgebra.product(
                codes.centred(on: means.row(component)), transposed: whitenings[component])
            let constant = logWeights[component] - normalisers[component]
            for row in 0..<codes.rows {
                let square = white.row(row).reduce(0) { $0 + $1 * $1 }
                result[row, component] = constant - square / 2
            }
        }
        return result
    }

    /// log Σ exp of each row, and each row's parts of that sum.
    static func normalised(
        _ joint: LinearAlgebra.Matrix
    ) -> (logs: [Double], shares: LinearAlgebra.Matrix) {
        var shares = joint
        let logs = (0..<joint.rows).map { row -> Double in
            let largest = joint.row(row).max() ?? 0
            var sum = 0.0
            for column in 0..<joint.columns {
                shares[row, column] = exp(joint[row, column] - largest)
                sum += shares[row, column]
            }
            for column in 0..<joint.columns { shares[row, column] /= sum }
            return largest + log(sum)
        }
        return (logs, shares)
    }

    /// log density of each of the codes `[any, size]`.
    func logDensities(_ codes: [Float]) -> [Double] {
        let size = means.columns
        return Self.blocks(count: codes.count / size).flatMap { block in
            Self.normalised(joint(LinearAlgebra.Matrix(codes, rows: block, size: size))).logs
        }
    }
}

extension LinearAlgebra.Matrix {
    /// Some rows of `[any, size]` numbers.
    init(_ values: [Float], rows: Range<Int>, size: Int) {
        self.init(
            rows: rows.count, columns: size,
            values: values[rows.lowerBound * size..<rows.upperBound * size].map { Double($0) })
    }

    /// Each row minus `centre`.
    func centred(on centre: ArraySlice<Double>) -> LinearAlgebra.Matrix {
        var result = self
        let centre = Array(centre)
        for row in 0..<rows {
            for column in 0..<columns { result.values[row * columns + column] -= centre[column] }
        }
        return result
    }
}
