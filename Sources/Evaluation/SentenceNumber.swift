import Glibc
import Words

/// Numbers as sentences show them.
enum SentenceNumber {
    /// A number with so many digits after the point and a true minus sign; "not a number" has none.
    static func fixed(_ value: Double, decimals: Int) -> String {
        value.isNaN ? "undefined" : Quantity.text(value, decimals: decimals)
    }

    /// A number with two digits that count: "0.012", "3.1e-6".
    static func short(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return fixed(value, decimals: 0) }
        let exponent = Int(floor(log10(abs(value))))
        if exponent >= -3 { return fixed(value, decimals: max(0, 1 - exponent)) }
        let mantissa = fixed(value / pow(10, Double(exponent)), decimals: 1)
        return "\(mantissa)e\(exponent)"
    }

    /// A share in percent: "97.1 %".
    static func percent(_ share: Double, decimals: Int = 1) -> String {
        "\(fixed(share * 100, decimals: decimals)) %"
    }

    /// "22.7 dB", or "13.2 to 19.9 dB" for several numbers.
    static func range(_ values: [Double], decimals: Int, unit: String) -> String {
        let texts = [values.min(), values.max()].map { fixed($0 ?? .nan, decimals: decimals) }
        let unit = unit.isEmpty ? "" : " \(unit)"
        return texts[0] == texts[1] ? texts[0] + unit : "\(texts[0]) to \(texts[1])\(unit)"
    }

    /// "a", "a and b", "a, b and c".
    static func list(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " and " + last
    }
}
