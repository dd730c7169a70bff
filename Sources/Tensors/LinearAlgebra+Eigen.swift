import CLAPACK

extension LinearAlgebra {
    /// Eigenvalues in descending order with their unit eigenvectors, a row each.
    public struct Eigensystem: Sendable, Equatable {
        /// λ₁ ≥ λ₂ ≥ …
        public let values: [Double]
        /// `[values.count, size]`; each row's number of largest magnitude is positive, so that the
        /// sign does not depend on the library.
        public let vectors: Matrix
    }

    /// The `leading` largest eigenvalues of a symmetric matrix and their eigenvectors (LAPACK dsyevr);
    /// all of them when `leading` is nil.
    public static func symmetricEigensystem(
        _ matrix: Matrix, leading: Int? = nil
    ) throws -> Eigensystem {
        let size = matrix.rows
        precondition(size == matrix.columns, "\(matrix.shape) is not square")
        let wanted = min(leading ?? size, size)
        guard wanted > 0, singleThreaded else {
            return Eigensystem(values: [], vectors: Matrix(rows: 0, columns: size))
        }
        guard matrix.values.allSatisfy(\.isFinite) else {
            throw LinearAlgebraError.notFinite(routine: "dsyevr")
        }
        var copy = matrix.values
        var values = [Double](repeating: 0, count: size)
        var vectors = [Double](repeating: 0, count: wanted * size)
        var support = [Int32](repeating: 0, count: 2 * size)
        var found: Int32 = 0
        // A symmetric matrix is its own transpose: in column-major order LAPACK needs no copy and
        // leaves each eigenvector contiguous.
        let status = LAPACKE_dsyevr(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "I")),
            CChar(UInt8(ascii: "L")), Int32(size), &copy, Int32(size), 0, 0,
            Int32(size - wanted + 1), Int32(size), 0, &found, &values, &vectors, Int32(size),
            &support)
        guard status == 0, Int(found) == wanted else {
            throw LinearAlgebraError.failed(routine: "dsyevr", code: Int(status))
        }
        return descending(values: values.prefix(wanted), vectors: vectors, size: size)
    }

    /// Turns LAPACK's ascending order round and fixes the signs.
    private static func descending(
        values: ArraySlice<Double>, vectors: [Double], size: Int
    ) -> Eigensystem {
        var ordered: [Double] = []
        ordered.reserveCapacity(vectors.count)
        for index in values.indices.reversed() {
            let vector = vectors[index * size..<(index + 1) * size]
            let largest = vector.max { abs($0) < abs($1) } ?? 0
            ordered.append(contentsOf: largest < 0 ? vector.map { -$0 } : Array(vector))
        }
        return Eigensystem(
            values: values.reversed(),
            vectors: Matrix(rows: values.count, columns: size, values: ordered))
    }
}
