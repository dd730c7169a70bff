import Foundation
import Words

extension ValueFormat {
    /// A published value in this format: "−96.21", "−96.2 ± 0.3", "92.5 %", or "not computed: why".
    ///
    /// Signs are real minus signs, and thousands stand apart by commas.
    public func write(_ value: PublishedValue) -> String {
        switch value.content {
        case .text(let text): text
        case .notComputed(let reason): "not computed: \(reason)"
        case .number(let number): write(number, standardError: value.spread)
        case .integer(let integer):
            switch notation {
            case .natural: Quantity.text(integer)
            case .counted(let noun): Quantity.text(integer, noun)
            default: write(Double(integer), standardError: value.spread)
            }
        }
    }

    /// A number in this format; the standard error is shown when the format asks for it.
    public func write(_ number: Double, standardError: Double? = nil) -> String {
        guard showsError, let standardError, standardError > 0 else { return plain(number) }
        var notation = notation
        if case .natural = notation {
            // Less than single precision can tell: the digits would be those of rounding.
            guard standardError > 1e-7 * abs(number) else { return plain(number) }
            let decimals = 1 - Int(log10(standardError).rounded(.down))
            notation = .fixed(min(8, max(0, decimals)))
        }
        let format = ValueFormat(notation)
        if case .percent(let decimals) = notation {
            let share = ValueFormat(.fixed(decimals))
            return "\(share.plain(number * 100)) ± \(share.plain(standardError * 100)) %"
        }
        return "\(format.plain(number)) ± \(format.plain(standardError))"
    }

    private func plain(_ number: Double) -> String {
        guard number.isFinite else { return "not a number" }
        switch notation {
        case .fixed(let decimals): return Quantity.text(number, decimals: decimals)
        case .percent(let decimals): return Quantity.text(number * 100, decimals: decimals) + " %"
        case .significant(let digits): return ValueFormat.significant(number, digits)
        case .counted(let noun):
            if let whole = Int(exactly: number) { return Quantity.text(whole, noun) }
            return "\(ValueFormat.significant(number, 4)) \(noun)s"
        case .natural:
            if let whole = Int(exactly: number), abs(number) < 1e15 {
                return Quantity.text(whole)
            }
            return ValueFormat.significant(number, 4)
        }
    }

    private static func significant(_ number: Double, _ digits: Int) -> String {
        let text = String(format: "%.\(digits)g", abs(number))
        let sign = number < 0 ? "−" : ""
        guard let e = text.firstIndex(of: "e") else {
            let whole = text.prefix { $0 != "." }
            return sign + Quantity.grouped(String(whole)) + text.dropFirst(whole.count)
        }
        let exponent = Int(text[text.index(after: e)...]) ?? 0
        return "\(sign)\(text[..<e]) × 10\(superscript(exponent))"
    }

    private static func superscript(_ number: Int) -> String {
        let digits: [Character: String] = [
            "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶",
            "7": "⁷", "8": "⁸", "9": "⁹",
        ]
        return String(number).map { digits[$0] ?? "" }.joined()
    }
}
