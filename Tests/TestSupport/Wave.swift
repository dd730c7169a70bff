import Foundation

/// Numbers from a formula, so that a test and the script that made its oracle start from the same ones
/// and the oracle's file holds results only.
public enum Wave {
    /// Number i is sin(0.1·i + 0.013·i² + `phase`), rounded to float32; no two rows look alike.
    public static func values(_ count: Int, phase: Double) -> [Float] {
        (0..<count).map { index in
            let i = Double(index)
            return Float(sin(0.1 * i + 0.013 * i * i + phase))
        }
    }

    /// offset + scale · wave, for weights, pixels and variances.
    public static func values(
        _ count: Int, phase: Double, scale: Float, offset: Float = 0
    ) -> [Float] {
        values(count, phase: phase).map { offset + scale * $0 }
    }
}
