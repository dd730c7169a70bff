import Tensors

/// Finite-difference check of a gradient: the slope of a loss along random directions.
public enum GradientCheck {
    /// The largest |slope − gradient·direction| / ‖gradient‖ over `directions` of random signs.
    ///
    /// The slope is the central difference (L(x + h·d) − L(x − h·d)) / 2h; of several `steps` h the
    /// best counts, since a long one may cross a ReLU's kink and a short one drowns in rounding.
    /// `loss` should sum in float64, since the two losses differ little.
    public static func error(
        at point: [Float], gradient: [Float], steps: [Float], directions: Int = 3,
        seed: UInt64 = 0, loss: ([Float]) throws -> Double
    ) rethrows -> Double {
        precondition(
            point.count == gradient.count,
            "a gradient of \(gradient.count) numbers at a point of \(point.count)")
        let source = RandomSource(seed: seed)
        let norm = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        var worst = 0.0
        for number in 0..<directions {
            let signs = source.uniform(point.count, for: .selection, step: UInt64(number))
                .map { $0 < 0.5 ? Float(-1) : 1 }
            let expected = dot(gradient, signs)
            let errors = try steps.map { step in
                let ahead = try loss(zip(point, signs).map { $0 + step * $1 })
                let behind = try loss(zip(point, signs).map { $0 - step * $1 })
                let slope = (ahead - behind) / (2 * Double(step))
                return abs(slope - expected) / max(norm, 1e-30)
            }
            worst = max(worst, errors.filter(\.isFinite).min() ?? .infinity)
        }
        return worst
    }

    /// Σ values·weights in float64, a loss whose gradient with respect to `values` is `weights`.
    public static func dot(_ values: [Float], _ weights: [Float]) -> Double {
        zip(values, weights).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    }
}
