import Foundation

/// Numbers and counted things as every text of the program writes them: "10,000", "−1,234.50",
/// "1 epoch", "16 epochs".
package enum Quantity {
    /// A whole number, thousands apart by commas, with a real minus sign.
    package static func text(_ number: Int) -> String {
        (number < 0 ? "−" : "") + grouped(String(number.magnitude))
    }

    /// So many of a thing: "1 epoch", "10,000 images". The plural adds an s unless it is given.
    package static func text(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        "\(text(number)) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// A number with `decimals` places; zero has no sign. "not a number" for what is none.
    package static func text(_ number: Double, decimals: Int) -> String {
        guard number.isFinite else {
            return number.isNaN ? "not a number" : number > 0 ? "∞" : "−∞"
        }
        let text = String(format: "%.\(decimals)f", abs(number))
        let whole = text.prefix { $0 != "." }
        let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
        return (number < 0 && !isZero ? "−" : "") + grouped(String(whole))
            + text.dropFirst(whole.count)
    }

    /// Digits with a comma before every third one from the right.
    package static func grouped(_ digits: String) -> String {
        guard digits.count > 3 else { return digits }
        var result = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place).isMultiple(of: 3) { result.append(",") }
            result.append(digit)
        }
        return result
    }
}
