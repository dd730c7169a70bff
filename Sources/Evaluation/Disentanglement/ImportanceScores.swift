import Glibc

/// Disentanglement and completeness of a matrix of importances (Eastwood & Williams 2018, section 2.2).
package struct ImportanceScores: Sendable {
    /// 1 − H(importance over factors) of each dimension, logarithms to the base of the factors' number.
    package let ofDimensions: [Double]
    /// 1 − H(importance over dimensions) of each factor, logarithms to the base of the dimensions' number.
    package let ofFactors: [Double]
    /// Mean over dimensions, each by its share of all importance.
    package let disentanglement: Double
    /// Mean over factors, each by its share of all importance.
    package let completeness: Double

    /// Of importances `[factors][latentSize]`, none negative. Where none is positive all count alike.
    package init(_ importance: [[Double]]) {
        let size = importance.first?.count ?? 0
        let columns = (0..<size).map { dimension in importance.map { $0[dimension] } }
        ofDimensions = columns.map(Self.concentration)
        ofFactors = importance.map(Self.concentration)
        disentanglement = Self.mean(ofDimensions, by: columns)
        completeness = Self.mean(ofFactors, by: importance)
    }

    /// 1 − entropy of numbers as shares of their sum.
    private static func concentration(_ numbers: [Double]) -> Double {
        guard numbers.count > 1 else { return 1 }
        // disentanglement_lib's guard against the logarithm of 0.
        let raised = numbers.map { $0 + 1e-11 }
        let total = raised.reduce(0, +)
        let entropy = raised.reduce(0) { $0 - $1 / total * log($1 / total) }
        return 1 - entropy / log(Double(numbers.count))
    }

    private static func mean(_ values: [Double], by groups: [[Double]]) -> Double {
        let sums = groups.map { $0.reduce(0, +) }
        let total = sums.reduce(0, +)
        guard total > 0 else { return values.reduce(0, +) / Double(max(values.count, 1)) }
        return zip(values, sums).reduce(0) { $0 + $1.0 * $1.1 / total }
    }
}
