import CLAPACK

/// Dense algebra in float64 by OpenBLAS and LAPACK.
///
/// OpenBLAS is held to one thread: its pool spins, and the kernels' pool already owns the cores.
public enum LinearAlgebra {
    /// Held by whoever calls OpenBLAS: reading it once takes the library's own threads away.
    static let singleThreaded: Bool = {
        openblas_set_num_threads(1)
        return true
    }()

    /// A · B, `[left.rows, right.columns]`.
    public static func product(_ left: Matrix, _ right: Matrix) -> Matrix {
        multiply(left, right, transposingLeft: false, transposingRight: false)
    }

    /// A · Bᵀ, `[left.rows, right.rows]`.
    public static func product(_ left: Matrix, transposed right: Matrix) -> Matrix {
        multiply(left, right, transposingLeft: false, transposingRight: true)
    }

    /// Aᵀ · B, `[left.columns, right.columns]`.
    public static func product(transposed left: Matrix, _ right: Matrix) -> Matrix {
        multiply(left, right, transposingLeft: true, transposingRight: false)
    }

    private static func multiply(
        _ left: Matrix, _ right: Matrix, transposingLeft: Bool, transposingRight: Bool
    ) -> Matrix {
        let rows = transposingLeft ? left.columns : left.rows
        let inner = transposingLeft ? left.rows : left.columns
        let otherInner = transposingRight ? right.columns : right.rows
        let columns = transposingRight ? right.rows : right.columns
        precondition(
            inner == otherInner,
            "a product over \(inner) of \(left.shape) but \(otherInner) of \(right.shape)")
        var result = Matrix(rows: rows, columns: columns)
        guard rows > 0, columns > 0, inner > 0, singleThreaded else { return result }
        cblas_dgemm(
            CblasRowMajor, transposingLeft ? CblasTrans : CblasNoTrans,
            transposingRight ? CblasTrans : CblasNoTrans,
            Int32(rows), Int32(columns), Int32(inner), 1, left.values, Int32(left.columns),
            right.values, Int32(right.columns), 0, &result.values, Int32(columns))
        return result
    }
}

/// LAPACK gave up, which for finite input it does not do.
public enum LinearAlgebraError: Error, Equatable, CustomStringConvertible {
    /// The matrix holds an infinity or a NaN.
    case notFinite(routine: String)
    /// The routine's own code for a failure to converge.
    case failed(routine: String, code: Int)

    /// What happened, in one sentence.
    public var description: String {
        switch self {
        case .notFinite(let routine):
            "\(routine) was given a matrix with an infinite or undefined number"
        case .failed(let routine, let code):
            "\(routine) of LAPACK did not converge (code \(code))"
        }
    }
}
