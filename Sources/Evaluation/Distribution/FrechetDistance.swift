import Tensors

/// The distance of two sets of feature vectors as if both were Gaussian (Dowson & Landau 1982; Heusel
/// et al. 2017, eq. 6): ‖μ₁ − μ₂‖² + Tr(S₁ + S₂ − 2(S₁S₂)^½).
///
/// Only with the features of Inception's pool of 2,048 numbers is it the FID.
public enum FrechetDistance {
    /// The squared distance, at least 0. The trace of (S₁S₂)^½ is that of (S₁^½ S₂ S₁^½)^½, which is
    /// symmetric, so two eigendecompositions in float64 give it. Throws `LinearAlgebraError`.
    public static func between(
        _ first: FeatureMoments, _ second: FeatureMoments
    ) throws -> Double {
        precondition(
            first.mean.count == second.mean.count,
            "features of \(first.mean.count) and of \(second.mean.count) numbers")
        let root = try squareRoot(first.covariance)
        let product = LinearAlgebra.product(
            LinearAlgebra.product(root, second.covariance), root)
        let roots = try LinearAlgebra.symmetricEigensystem(symmetrised(product)).values
            .reduce(0) { $0 + max($1, 0).squareRoot() }
        let means = zip(first.mean, second.mean).reduce(0) {
            $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
        }
        let traces = trace(first.covariance) + trace(second.covariance)
        return max(0, means + traces - 2 * roots)
    }

    /// V λ^½ Vᵀ of a symmetric matrix without negative eigenvalues but for rounding.
    private static func squareRoot(
        _ matrix: LinearAlgebra.Matrix
    ) throws -> LinearAlgebra.Matrix {
        let system = try LinearAlgebra.symmetricEigensystem(matrix)
        var scaled = system.vectors
        for row in 0..<scaled.rows {
            let root = max(system.values[row], 0).squareRoot()
            for column in 0..<scaled.columns { scaled[row, column] *= root }
        }
        return LinearAlgebra.product(transposed: system.vectors, scaled)
    }

    private static func symmetrised(_ matrix: LinearAlgebra.Matrix) -> LinearAlgebra.Matrix {
        var result = matrix
        for row in 0..<matrix.rows {
            for column in 0..<matrix.columns {
                result[row, column] = (matrix[row, column] + matrix[column, row]) / 2
            }
        }
        return result
    }

    private static func trace(_ matrix: LinearAlgebra.Matrix) -> Double {
        (0..<matrix.rows).reduce(0) { $0 + matrix[$1, $1] }
    }
}
