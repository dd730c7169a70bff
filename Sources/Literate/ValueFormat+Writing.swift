import Foundation

extension ValueFormat {
    /// A published value in this format: "−96.21", "−96.2 ± 0.3", "92.5 %", or "not computed: why".
    ///
    /// Signs are real minus signs; whole numbers from 10,000 on are grouped by narrow spaces.
    public func write(_ value: PublishedValue) -> String {
        switch value.content {
        case .text(let text): text
        case .notComputed(let reason): "not computed: \(reason)"
        case .number(let number): write(number, standardError: value.spread)
        case .integer(let integer):
            if case .natural = notation {
                ValueFormat.grouped(integer)
            } else {
                write(Double(integer), standardError: value.spread)
            }
        }
    }

    /// A number in this format; the standard error is shown when the format asks for it.
    public func write(_ number: Double, standardError: Double? = nil) -> String {
        guard showsError, let standardError, standardError > 0 else { return plain(number) }
        var notation = notation
        if case .natural = notation {
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
        case .fixed(let decimals): return ValueFormat.fixed(number, decimals)
        case .percent(let decimals): return ValueFormat.fixed(number * 100, decimals) + " %"
        case .significant(let digits): return ValueFormat.significant(number, digits)
        case .natural:
            if let whole = Int(exactly: number), abs(number) < 1e15 {
                return ValueFormat.grouped(whole)
            }
            return ValueFormat.significant(number, 4)
        }
    }

    private static func fixed(_ number: Double, _ decimals: Int) -> String {
        if decimals == 0, let whole = Int(exactly: number.rounded(.toNearestOrEven)) {
            return grouped(whole)
        }
        let text = String(format: "%.\(decimals)f", abs(number))
        let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
        return number < 0 && !isZero ? "−" + text : text
    }

    private static func significant(_ number: Double, _ digits: Int) -> String {
        let text = String(format: "%.\(digits)g", number)
        guard let e = text.firstIndex(of: "e") else { return text.replacing("-", with: "−") }
        let exponent = Int(text[text.index(after: e)...]) ?? 0
        let mantissa = text[..<e].replacing("-", with: "−")
        return "\(mantissa) × 10\(superscript(exponent))"
    }

    private static func superscript(_ number: Int) -> String {
        let digits: [Character: String] = [
            "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶",
            "7": "⁷", "8": "⁸", "9": "⁹",
        ]
        return String(number).map { digits[$0] ?? "" }.joined()
    }

    private static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = ""
        for (index, digit) in digits.enumerated() {
            let left = digits.count - index
            if digits.count > 4, index > 0, left.isMultiple(of: 3) { text += "\u{202F}" }
            text.append(digit)
        }
        return number < 0 ? "−" + text : text
    }
}
