import Glibc
import Tensors

/// Multinomial logistic regression on codes: how well a linear map tells the classes apart.
///
/// Codes are standardised by the training codes' mean and deviation; what is minimised is the sum of the
/// cross-entropies plus ½‖W‖² without the offsets (scikit-learn's `LogisticRegression` with C = 1), by
/// L-BFGS from zero, so that nothing is random.
public struct LinearProbe: Sendable {
    /// Numbers in a code.
    public let codeSize: Int
    /// Classes.
    public let classCount: Int
    /// Steps that the optimiser took.
    public let iterations: Int
    private let scaling: CodeScaling
    private let parameters: [Double]

    /// Fits to codes `[labels.count, codeSize]`, whose classes lie in 0 ..< `classCount`.
    public init(
        _ codes: [Float], labels: [UInt8], classCount: Int, maximumIterations: Int = 500,
        progress: EvaluationProgress.Report = { _ in }
    ) {
        precondition(!labels.isEmpty && codes.count % labels.count == 0, "\(codes.count) numbers")
        precondition(labels.allSatisfy { Int($0) < classCount }, "a label over \(classCount)")
        let size = codes.count / labels.count
        scaling = CodeScaling(codes, size: size)
        let problem = LogisticProblem(
            codes: scaling.scaled(codes), labels: labels, classCount: classCount)
        let start = [Double](repeating: 0, count: classCount * (size + 1))
        let found = LimitedMemoryMinimizer(maximumIterations: maximumIterations)
            .minimum(of: problem.valueAndGradient, from: start) { step in
                progress(
                    EvaluationProgress(
                        stage: "fitting the linear probe", completed: step,
                        total: maximumIterations, unit: "steps"))
            }
        parameters = found.point
        iterations = found.iterations
        codeSize = size
        self.classCount = classCount
    }

    /// The likeliest class of each of the codes `[any, codeSize]`.
    public func classes(of codes: [Float]) -> [UInt8] {
        let logits = LogisticProblem.logits(
            scaling.scaled(codes), parameters: parameters, classCount: classCount)
        return (0..<logits.rows).map { row in
            let values = logits.row(row)
            let best = values.indices.max { values[$0] < values[$1] } ?? values.startIndex
            return UInt8(best - values.startIndex)
        }
    }

    /// Logits `[any, classCount]` of codes.
    public func logits(of codes: [Float]) -> [Double] {
        LogisticProblem.logits(
            scaling.scaled(codes), parameters: parameters, classCount: classCount
        ).values
    }
}

/// Mean and deviation of each number of a code, by which probes standardise.
struct CodeScaling: Sendable {
    private let means: [Double]
    private let deviations: [Double]

    /// Of codes `[any, size]`; a number that never varies keeps its scale.
    init(_ codes: [Float], size: Int) {
        let count = Double(codes.count / size)
        var means = [Double](repeating: 0, count: size)
        var squares = means
        for (index, value) in codes.enumerated() { means[index % size] += Double(value) / count }
        for (index, value) in codes.enumerated() {
            let distance = Double(value) - means[index % size]
            squares[index % size] += distance * distance / count
        }
        self.means = means
        deviations = squares.map { $0 > 1e-24 ? $0.squareRoot() : 1 }
    }

    /// Codes with mean 0 and deviation 1, `[any, size]`.
    func scaled(_ codes: [Float]) -> LinearAlgebra.Matrix {
        let size = means.count
        var values = [Double](repeating: 0, count: codes.count)
        for index in codes.indices {
            let column = index % size
            values[index] = (Double(codes[index]) - means[column]) / deviations[column]
        }
        return LinearAlgebra.Matrix(rows: codes.count / size, columns: size, values: values)
    }
}

/// The objective of a multinomial logistic regression, divided by the number of codes.
struct LogisticProblem {
    /// Standardised codes, `[count, size]`.
    let codes: LinearAlgebra.Matrix
    /// One class a code.
    let labels: [UInt8]
    /// Classes.
    let classCount: Int

    /// Value and gradient at `parameters`: weights `[classCount, size]`, then offsets `[classCount]`.
    func valueAndGradient(_ parameters: [Double]) -> (value: Double, gradient: [Double]) {
        let count = Double(codes.rows)
        let weightCount = classCount * codes.columns
        var errors = Self.logits(codes, parameters: parameters, classCount: classCount)
        var value = 0.0
        var offsets = [Double](repeating: 0, count: classCount)
        for row in 0..<errors.rows {
            value += Self.softmax(&errors.values, row: row, classCount, label: labels[row])
            for index in 0..<classCount { offsets[index] += errors[row, index] / count }
        }
        var gradient = LinearAlgebra.product(transposed: errors, codes).values
        for index in 0..<weightCount {
            gradient[index] = (gradient[index] + parameters[index]) / count
            value += parameters[index] * parameters[index] / 2
        }
        return (value / count, gradient + offsets)
    }

    /// Codes times weights plus offsets, `[count, classCount]`.
    static func logits(
        _ codes: LinearAlgebra.Matrix, parameters: [Double], classCount: Int
    ) -> LinearAlgebra.Matrix {
        let weightCount = classCount * codes.columns
        let weights = LinearAlgebra.Matrix(
            rows: classCount, columns: codes.columns, values: Array(parameters[..<weightCount]))
        var logits = LinearAlgebra.product(codes, transposed: weights)
        for index in logits.values.indices {
            logits.values[index] += parameters[weightCount + index % classCount]
        }
        return logits
    }

    /// Turns a row of logits into probabilities minus the wanted ones; gives the cross-entropy.
    private static func softmax(
        _ values: inout [Double], row: Int, _ classCount: Int, label: UInt8
    ) -> Double {
        let range = row * classCount..<(row + 1) * classCount
        let largest = values[range].max() ?? 0
        var total = 0.0
        let wanted = values[range.lowerBound + Int(label)] - largest
        for index in range {
            values[index] = exp(values[index] - largest)
            total += values[index]
        }
        for index in range { values[index] /= total }
        values[range.lowerBound + Int(label)] -= 1
        return log(total) - wanted
    }
}
