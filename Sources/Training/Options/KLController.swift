import Foundation

/// Moves β so that the KL settles at a target, as GECO moves its multiplier (Rezende & Viola 2018,
/// algorithm 1), with the KL in the place of the reconstruction.
///
/// After each step, with K̄ the moving average of the batch's KL (decay 0.95) and C the target:
///
///     β ← clamp(β · exp(0.01 · clamp((K̄ − C) / C, −1, 1)), 10⁻⁴, 10⁴)
///
/// A KL above the target raises β, one below lowers it, by at most 1 % a step. The controller waits
/// while a warm-up holds the weight below its full value.
public struct KLController: Sendable, Hashable, Codable {
    /// C, nats per image.
    public let target: Double
    /// β that the next step has.
    public private(set) var weight: Double
    /// K̄, nats per image; nil before the first step.
    public private(set) var mean: Double?

    private static let decay = 0.95
    private static let gain = 0.01
    private static let range = 1e-4...1e4

    /// A controller that starts from the weight `start`.
    public init(target: Double, start: Double) {
        self.target = target
        weight = min(max(start, Self.range.lowerBound), Self.range.upperBound)
    }

    /// Takes notice of a step's KL, nats per image; others than numbers change nothing.
    public mutating func observe(kl: Double) {
        guard kl.isFinite else { return }
        let average = mean.map { Self.decay * $0 + (1 - Self.decay) * kl } ?? kl
        mean = average
        let excess = min(1, max(-1, (average - target) / target))
        weight = min(
            max(weight * exp(Self.gain * excess), Self.range.lowerBound), Self.range.upperBound)
    }
}
