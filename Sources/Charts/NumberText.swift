import Foundation
import Words

/// Numbers as a reader expects them: a real minus sign, thousands apart, powers of ten raised.
package enum NumberText {
    /// A number with `decimals` places, for example `−1,234.50`; "–" for what is no number.
    package static func fixed(_ value: Double, decimals: Int) -> String {
        value.isFinite ? Quantity.text(value, decimals: decimals) : "–"
    }

    /// A number with about `digits` significant digits: `0.0123`, `98.4`, `3.1 × 10⁻⁵`.
    package static func short(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite else { return "–" }
        guard value != 0 else { return "0" }
        let exponent = Int(floor(log10(abs(value))))
        if exponent < -3 || exponent > 6 {
            let mantissa = value / pow(10, Double(exponent))
            return "\(fixed(mantissa, decimals: 1)) × 10\(raised(exponent))"
        }
        return fixed(value, decimals: max(0, digits - 1 - exponent))
    }

    /// Like `short`, without zeros at the end of the decimals: `0.5`, `1`, `0.01`.
    package static func trimmed(_ value: Double, digits: Int = 3) -> String {
        let text = short(value, digits: digits)
        guard text.contains("."), !text.contains("×") else { return text }
        let kept = text.reversed().drop { $0 == "0" }.reversed()
        return String(kept.last == "." ? Array(kept.dropLast()) : Array(kept))
    }

    /// A share of one as whole per cent, for example `42 %`; one decimal below ten per cent.
    package static func percent(_ share: Double) -> String {
        fixed(share * 100, decimals: share != 0 && abs(share) < 0.1 ? 1 : 0) + " %"
    }

    /// A whole number with thousands apart.
    package static func whole(_ value: Int) -> String { Quantity.text(value) }

    /// The label of a tick on a scale whose neighbouring ticks are `step` apart.
    static func tick(_ value: Double, step: Double) -> String {
        guard step > 0, step.isFinite else { return short(value) }
        if value == 0 { return "0" }
        if step < 1e-4 || abs(value) >= 1e7 { return short(value, digits: 2) }
        let exponent = Int(floor(log10(step) + 1e-9))
        let isWhole = abs(step / pow(10, Double(exponent)) - 2.5) > 1e-6
        return fixed(value, decimals: max(0, -exponent + (isWhole ? 0 : 1)))
    }

    /// The label of a tick on a logarithmic scale.
    static func logTick(_ value: Double) -> String {
        let exponent = log10(value)
        if value < 9.99e-4 || value > 9.99e5 {
            let whole = exponent.rounded()
            if abs(exponent - whole) < 1e-9 { return "10\(raised(Int(whole)))" }
            return short(value, digits: 1)
        }
        return fixed(value, decimals: max(0, -Int(floor(exponent + 1e-9))))
    }

    /// An exponent in raised digits.
    static func raised(_ number: Int) -> String {
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        let text = String(abs(number)).compactMap { $0.wholeNumberValue.map { digits[$0] } }
        return (number < 0 ? "⁻" : "") + String(text)
    }
}
