import CLAPACK

extension LinearAlgebra {
    /// The lower triangle L with A = L Lᵀ of a symmetric matrix (LAPACK dpotrf), zeros above it; nil
    /// where the matrix is not positive definite.
    public static func choleskyFactor(_ matrix: Matrix) -> Matrix? {
        let size = matrix.rows
        precondition(size == matrix.columns, "\(matrix.shape) is not square")
        guard size > 0, matrix.values.allSatisfy(\.isFinite), singleThreaded else { return nil }
        var factor = matrix
        // In column-major order the upper triangle is this lower one.
        let status = LAPACKE_dpotrf(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), Int32(size), &factor.values, Int32(size))
        guard status == 0 else { return nil }
        for row in 0..<size {
            for column in row + 1..<size { factor[row, column] = 0 }
        }
        return factor
    }

    /// The inverse of a lower triangle without zeros on its diagonal (LAPACK dtrtri).
    public static func lowerInverse(_ factor: Matrix) throws -> Matrix {
        let size = factor.rows
        precondition(size == factor.columns, "\(factor.shape) is not square")
        guard size > 0, singleThreaded else { return factor }
        var inverse = factor
        let status = LAPACKE_dtrtri(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), CChar(UInt8(ascii: "N")), Int32(size),
            &inverse.values, Int32(size))
        guard status == 0 else {
            throw LinearAlgebraError.failed(routine: "dtrtri", code: Int(status))
        }
        return inverse
    }
}
