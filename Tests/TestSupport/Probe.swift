import Foundation

/// What an oracle's file keeps of a large tensor: some of its numbers and two sums over all of them.
///
/// A sample tells where a tensor is wrong; the projection Σ xᵢ·cos(i) notices a wrong number anywhere.
public struct Probe: Decodable, Sendable {
    /// Numbers in the tensor.
    public let count: Int
    /// Euclidean norm of the tensor.
    public let norm: Double
    /// Σ xᵢ·cos(i).
    public let projection: Double
    /// The numbers at k·7919 mod `count`, k = 0, 1, …
    public let samples: [Double]

    /// The largest deviation of `values`, in units of the larger of the number and the tensor's root
    /// mean square, which counts as `floor` when it is smaller; infinite when the count differs.
    public func deviation(of values: [Float], floor: Double = 1e-30) -> Double {
        guard values.count == count, count > 0 else { return .infinity }
        let root = Double(count).squareRoot()
        let typical = max(norm / root, floor)
        var worst = abs(Probe.projection(of: values) - projection) / (typical * root)
        for (index, expected) in samples.enumerated() {
            let found = Double(values[index * 7919 % count])
            guard found.isFinite else { return .infinity }
            worst = max(worst, abs(found - expected) / max(abs(expected), typical))
        }
        return worst.isNaN ? .infinity : worst
    }

    private static func projection(of values: [Float]) -> Double {
        values.indices.reduce(0.0) { $0 + Double(values[$1]) * cos(Double($1)) }
    }
}

/// Comparison of tensors that two of our own paths computed.
public enum Deviation {
    /// The largest |a − b| in units of the larger of |b| and b's root mean square; infinite when the
    /// counts differ or a number is not finite.
    public static func between(_ a: [Float], _ b: [Float]) -> Double {
        guard a.count == b.count, !b.isEmpty else { return .infinity }
        let squares = b.reduce(0.0) { $0 + Double($1) * Double($1) }
        let typical = max((squares / Double(b.count)).squareRoot(), 1e-30)
        var worst = 0.0
        for (found, expected) in zip(a, b) {
            guard found.isFinite, expected.isFinite else { return .infinity }
            let scale = max(abs(Double(expected)), typical)
            worst = max(worst, abs(Double(found) - Double(expected)) / scale)
        }
        return worst
    }
}
