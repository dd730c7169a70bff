import Foundation

/// A marked value of an axis.
package struct Tick: Sendable, Hashable {
    /// The value.
    package let value: Double
    /// What stands beside it.
    package let label: String

    /// A tick with its label.
    package init(value: Double, label: String) {
        self.value = value
        self.label = label
    }
}

/// Round distances between ticks.
enum TickSteps {
    /// The step of 1, 2, 2.5 or 5 times a power of ten that gives about `count` steps.
    static func step(range: Double, count: Int, isWhole: Bool = false) -> Double {
        let raw = range / Double(max(count, 1))
        guard raw > 0, raw.isFinite else { return 1 }
        let power = pow(10, floor(log10(raw)))
        let choices = isWhole ? [1.0, 2, 5, 10] : [1.0, 2, 2.5, 5, 10]
        let step = power * (choices.first { $0 * power >= raw * 0.999 } ?? 10)
        return isWhole ? max(1, step.rounded()) : step
    }

    /// The multiples of `step` from `lower` to `upper`.
    static func multiples(of step: Double, from lower: Double, to upper: Double) -> [Double] {
        let first = (lower / step - 1e-6).rounded(.up)
        let last = (upper / step + 1e-6).rounded(.down)
        guard first <= last, last - first < 1000 else { return [] }
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }
}

extension Scale {
    /// Round values to mark, about `count` of them; for bands every name, or every few.
    package func ticks(about count: Int) -> [Tick] {
        switch kind {
        case .linear:
            let step = TickSteps.step(range: upper - lower, count: count)
            return TickSteps.multiples(of: step, from: lower, to: upper).map {
                Tick(value: $0, label: NumberText.tick($0, step: step))
            }
        case .whole: return wholeTicks(about: count)
        case .logarithmic: return logTicks(about: count)
        case .band(let names):
            let step = max(1, Int((Double(names.count) / Double(max(count, 1))).rounded(.up)))
            return stride(from: 0, to: names.count, by: step).map {
                Tick(value: Double($0), label: names[$0])
            }
        }
    }

    private func wholeTicks(about count: Int) -> [Tick] {
        let first = lower.rounded(.up)
        let step = TickSteps.step(range: upper - lower, count: count, isWhole: true)
        var values = TickSteps.multiples(of: step, from: lower, to: upper)
        if let smallest = values.first, smallest - first >= 0.6 * step {
            values.insert(first, at: 0)
        }
        if values.isEmpty { values = [first] }
        return values.map { Tick(value: $0, label: NumberText.fixed($0, decimals: 0)) }
    }

    private func logTicks(about count: Int) -> [Tick] {
        let decades = log10(upper / lower)
        if decades < 0.7 {
            let step = TickSteps.step(range: upper - lower, count: count)
            return TickSteps.multiples(of: step, from: lower, to: upper).map {
                Tick(value: $0, label: NumberText.tick($0, step: step))
            }
        }
        let mantissas: [Double] = decades < Double(count) / 3 ? [1, 2, 5] : [1]
        let every = max(1, Int((decades / Double(max(count, 1))).rounded(.up)))
        let powers = Int(floor(log10(lower)))...Int(ceil(log10(upper)))
        let values = powers.filter { mantissas.count > 1 || $0 % every == 0 }.flatMap { power in
            mantissas.map { $0 * pow(10, Double(power)) }
        }
        return values.filter { $0 >= lower * 0.9999 && $0 <= upper * 1.0001 }.map {
            Tick(value: $0, label: NumberText.logTick($0))
        }
    }
}
