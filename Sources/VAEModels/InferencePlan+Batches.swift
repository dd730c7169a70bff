import Networks
import Tensors

extension InferencePlan {
    /// Sends `values`, rows of `rowSize`, through the plan a batch at a time; `use` sees the output of
    /// the rows given.
    func run(
        _ values: [Float], rowSize: Int, use: (Buffer, Range<Int>) throws -> Void
    ) throws {
        try eachBatch(values, rowSize: rowSize) { rows in
            try forward()
            try use(output, rows)
        }
    }

    /// Fills the plan's input with `values` a batch at a time; `work` sees which rows they are.
    func eachBatch(
        _ values: [Float], rowSize: Int, work: (Range<Int>) throws -> Void
    ) throws {
        let count = values.count / rowSize
        precondition(
            count * rowSize == values.count,
            "\(values.count) numbers are no whole rows of \(rowSize)")
        for start in stride(from: 0, to: count, by: batch) {
            let rows = start..<min(start + batch, count)
            input.write(values[rows.lowerBound * rowSize..<rows.upperBound * rowSize])
            try work(rows)
        }
    }

    /// The whole output, `[rows, outputSize]`, for `values`, rows of `rowSize`.
    func outputs(of values: [Float], rowSize: Int, outputSize: Int) throws -> [Float] {
        var outputs: [Float] = []
        outputs.reserveCapacity(values.count / rowSize * outputSize)
        try run(values, rowSize: rowSize) { output, rows in
            outputs.append(contentsOf: output.read(rows.count * outputSize))
        }
        return outputs
    }
}
