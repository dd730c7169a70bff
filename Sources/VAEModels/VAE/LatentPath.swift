import Foundation

/// Ways between codes and along dimensions of the latent space.
public enum LatentPath {
    /// (1 − t)·a + t·b.
    public static func linear(_ a: [Float], _ b: [Float], at t: Double) -> [Float] {
        precondition(a.count == b.count, "codes of \(a.count) and \(b.count) numbers")
        return zip(a, b).map { Float((1 - t) * Double($0) + t * Double($1)) }
    }

    /// The great circle from a to b (Shoemake 1985), lengths between those of a and b; a straight line
    /// where the two point the same way, opposite ways or nowhere.
    public static func spherical(_ a: [Float], _ b: [Float], at t: Double) -> [Float] {
        precondition(a.count == b.count, "codes of \(a.count) and \(b.count) numbers")
        func dot(_ x: [Float], _ y: [Float]) -> Double {
            zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        let lengths = (dot(a, a).squareRoot(), dot(b, b).squareRoot())
        guard lengths.0 > 1e-12, lengths.1 > 1e-12 else { return linear(a, b, at: t) }
        let angle = acos(min(1, max(-1, dot(a, b) / (lengths.0 * lengths.1))))
        guard sin(angle) > 1e-6 else { return linear(a, b, at: t) }
        let first = sin((1 - t) * angle) / sin(angle)
        let second = sin(t * angle) / sin(angle)
        let scale = (1 - t) * lengths.0 + t * lengths.1
        return zip(a, b).map {
            Float(
                scale * (first * Double($0) / lengths.0 + second * Double($1) / lengths.1))
        }
    }

    /// `code` with dimension `dimension` set to each of `values` in turn, the codes one after the other.
    public static func traversal(
        of code: [Float], dimension: Int, values: [Double]
    ) -> [Float] {
        precondition(code.indices.contains(dimension), "dimension \(dimension) of \(code.count)")
        return values.flatMap { value -> [Float] in
            var moved = code
            moved[dimension] = Float(value)
            return moved
        }
    }
}
