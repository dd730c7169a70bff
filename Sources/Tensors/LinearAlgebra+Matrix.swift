extension LinearAlgebra {
    /// A float64 matrix `[rows, columns]` in row-major order.
    public struct Matrix: Sendable, Equatable {
        /// First axis.
        public let rows: Int
        /// Second axis, contiguous.
        public let columns: Int
        /// The numbers, row by row.
        public var values: [Double]

        /// Wraps numbers, which must be as many as the shape says.
        public init(rows: Int, columns: Int, values: [Double]) {
            precondition(
                values.count == rows * columns,
                "\(values.count) numbers do not fill a matrix of [\(rows), \(columns)]")
            self.rows = rows
            self.columns = columns
            self.values = values
        }

        /// Zeros.
        public init(rows: Int, columns: Int) {
            self.init(
                rows: rows, columns: columns, values: Array(repeating: 0, count: rows * columns))
        }

        /// The number in a row and a column.
        public subscript(row: Int, column: Int) -> Double {
            get { values[row * columns + column] }
            set { values[row * columns + column] = newValue }
        }

        /// The numbers of one row.
        public func row(_ index: Int) -> ArraySlice<Double> {
            values[index * columns..<(index + 1) * columns]
        }

        /// The sizes in brackets, as messages show them.
        public var shape: String { "[\(rows), \(columns)]" }
    }
}
