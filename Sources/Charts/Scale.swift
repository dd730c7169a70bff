import Foundation

/// How values become places along an axis: 0 at its start, 1 at its end.
package struct Scale: Sendable, Hashable {
    /// The kinds of axis.
    package enum Kind: Sendable, Hashable {
        /// Equal steps, equal distances.
        case linear
        /// Equal ratios, equal distances; positive values only.
        case logarithmic
        /// Linear, with ticks at whole numbers only: epochs, counts.
        case whole
        /// One equal band for each name; value `n` is the middle of band `n`.
        case band([String])
    }

    /// The kind.
    package let kind: Kind
    /// The value at the start.
    package let lower: Double
    /// The value at the end.
    package let upper: Double

    private init(kind: Kind, lower: Double, upper: Double) {
        self.kind = kind
        self.lower = lower
        self.upper = upper
    }

    /// A linear scale from `lower` to `upper`.
    package static func linear(_ lower: Double, _ upper: Double) -> Scale {
        let (lower, upper) = widened(lower, upper)
        return Scale(kind: .linear, lower: lower, upper: upper)
    }

    /// A logarithmic scale; bounds that are not positive are raised to `lower` = 10⁻⁶ `upper`.
    package static func logarithmic(_ lower: Double, _ upper: Double) -> Scale {
        let upper = upper > 0 && upper.isFinite ? upper : 1
        let lower = lower > 0 && lower < upper ? lower : upper * 1e-6
        return Scale(kind: .logarithmic, lower: lower, upper: upper)
    }

    /// A scale for whole numbers, half a step wide around a single one.
    package static func whole(_ lower: Int, _ upper: Int) -> Scale {
        let isSingle = lower >= upper
        return Scale(
            kind: .whole, lower: Double(lower) - (isSingle ? 0.5 : 0),
            upper: isSingle ? Double(lower) + 0.5 : Double(upper))
    }

    /// A scale with one band for each name.
    package static func band(_ names: [String]) -> Scale {
        Scale(kind: .band(names), lower: -0.5, upper: Double(max(names.count, 1)) - 0.5)
    }

    /// A linear scale that covers all finite values with some room, its ends at round numbers.
    package static func covering(_ values: [Double], includesZero: Bool = false) -> Scale {
        let finite = values.filter(\.isFinite) + (includesZero ? [0] : [])
        guard let low = finite.min(), let high = finite.max() else { return .linear(0, 1) }
        if includesZero, low == 0, high == 0 { return .linear(0, 1) }
        let (lower, upper) = widened(low, high)
        let step = TickSteps.step(range: upper - lower, count: 5)
        return Scale(
            kind: .linear,
            lower: includesZero && low == 0 ? 0 : (lower / step).rounded(.down) * step,
            upper: includesZero && high == 0 ? 0 : (upper / step).rounded(.up) * step)
    }

    /// A logarithmic scale that covers all positive values with some room.
    package static func coveringLogarithmically(_ values: [Double]) -> Scale {
        let positive = values.filter { $0.isFinite && $0 > 0 }
        guard let low = positive.min(), let high = positive.max() else {
            return .logarithmic(0.1, 1)
        }
        let room = pow(max(high / low, 1.05), 0.04)
        return .logarithmic(low / room, high * room)
    }

    /// The place of a value; outside 0 … 1 when the scale does not cover it.
    package func fraction(of value: Double) -> Double {
        switch kind {
        case .logarithmic:
            return value > 0 ? log(value / lower) / log(upper / lower) : -.infinity
        default:
            return (value - lower) / (upper - lower)
        }
    }

    private static func widened(_ lower: Double, _ upper: Double) -> (Double, Double) {
        guard lower.isFinite, upper.isFinite else { return (0, 1) }
        guard lower >= upper else { return (lower, upper) }
        let room = lower == 0 ? 0.5 : abs(lower) * 0.05
        return (lower - room, lower + room)
    }
}
