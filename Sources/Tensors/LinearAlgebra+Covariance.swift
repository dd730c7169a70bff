import CLAPACK

extension LinearAlgebra {
    /// The mean and covariance of rows that arrive in pieces: memory does not grow with their number.
    ///
    /// Rows are shifted by the mean of the first piece, so that nothing cancels; products of at most
    /// 1,024 rows are summed in float32 (twice as fast) and those sums in float64.
    public struct CovarianceSum: Sendable {
        private static let rowsAtOnce = 1_024

        /// Numbers in a row.
        public let size: Int
        /// Rows added so far.
        public private(set) var count = 0
        private var shift: [Float] = []
        private var sums: [Double]
        private var products: Matrix

        /// A sum over no rows.
        public init(size: Int) {
            self.size = size
            sums = Array(repeating: 0, count: size)
            products = Matrix(rows: size, columns: size)
        }

        /// Adds rows, `[any, size]`.
        public mutating func add(_ rows: [Float]) {
            let added = size == 0 ? 0 : rows.count / size
            precondition(added * size == rows.count, "\(rows.count) numbers, rows of \(size)")
            guard added > 0 else { return }
            if count == 0 { shift = columnMeans(rows, count: added) }
            for start in stride(from: 0, to: added, by: Self.rowsAtOnce) {
                let end = min(added, start + Self.rowsAtOnce)
                accumulate(rows[start * size..<end * size], count: end - start)
            }
            count += added
        }

        /// Mean of each column.
        public var mean: [Double] {
            precondition(count > 0, "the mean of no rows")
            return zip(shift, sums).map { Double($0) + $1 / Double(count) }
        }

        /// The covariance `[size, size]`, divided by the number of rows (`population`) or by one less.
        public func covariance(population: Bool = false) -> Matrix {
            let divisor = Double(population ? count : count - 1)
            precondition(divisor > 0, "the covariance of \(count) rows")
            var result = Matrix(rows: size, columns: size)
            for row in 0..<size {
                let scaled = sums[row] / Double(count)
                for column in row..<size {
                    let value = (products[row, column] - scaled * sums[column]) / divisor
                    result[row, column] = value
                    result[column, row] = value
                }
            }
            return result
        }

        private func columnMeans(_ rows: [Float], count: Int) -> [Float] {
            var totals = [Double](repeating: 0, count: size)
            for row in 0..<count {
                for column in 0..<size { totals[column] += Double(rows[row * size + column]) }
            }
            return totals.map { Float($0 / Double(count)) }
        }

        private mutating func accumulate(_ rows: ArraySlice<Float>, count: Int) {
            guard singleThreaded else { return }
            var centred = Array(rows)
            for row in 0..<count {
                for column in 0..<size {
                    centred[row * size + column] -= shift[column]
                    sums[column] += Double(centred[row * size + column])
                }
            }
            var product = [Float](repeating: 0, count: size * size)
            cblas_ssyrk(
                CblasRowMajor, CblasUpper, CblasTrans, Int32(size), Int32(count), 1, centred,
                Int32(size), 0, &product, Int32(size))
            for row in 0..<size {
                for index in row * size + row..<(row + 1) * size {
                    products.values[index] += Double(product[index])
                }
            }
        }
    }
}
