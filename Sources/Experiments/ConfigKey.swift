/// One key of a config: what may stand there and what it does.
public struct ConfigKey: Sendable, Equatable {
    /// The dotted name, for example `train.epochs`.
    public let name: String
    /// What may stand there.
    public let kind: Kind
    /// What holds when nothing is said; `.null` for a key that may stay unset.
    public let defaultValue: ConfigValue
    /// Which results depend on it.
    public let reach: Reach
    /// One line for the reference page.
    public let documentation: String

    /// What may stand at a key.
    public enum Kind: Sendable, Equatable {
        /// A whole number in a range.
        case integer(ClosedRange<Int>)
        /// A number in a range; `isPositive` shuts out the lower end when that is 0.
        case number(ClosedRange<Double>, isPositive: Bool = false)
        /// One of these names.
        case choice([String])
        /// `true` or `false`.
        case flag
        /// A list of numbers in a range, held as text: "0.1, 0.3".
        case numbers(ClosedRange<Double>)
        /// A name with its own check: the device.
        case device
        /// Any text that is not empty.
        case text
    }

    /// Which results change when a key changes; a part of the cache keys.
    public enum Reach: String, Sendable {
        /// The trained model and everything made from it.
        case training
        /// Scores and figures, not the model.
        case evaluation
        /// The denoising autoencoder beside it, and what compares the two.
        case denoising
        /// Where things are found and put, never what they are.
        case nothing
    }

    /// What may stand there, in words: "a whole number from 1 to 100000".
    public var expectation: String {
        switch kind {
        case .integer(let range):
            return "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range, let isPositive):
            let lower = isPositive ? "above" : "from"
            return "a number \(lower) \(plain(range.lowerBound)) to \(plain(range.upperBound))"
        case .choice(let names):
            return names.count < 3
                ? names.joined(separator: " or ")
                : names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
        case .flag: return "true or false"
        case .numbers(let range):
            return "a list of numbers above \(plain(range.lowerBound)) to "
                + "\(plain(range.upperBound)), such as [0.1, 0.3]"
        case .device: return "cpu, or a device such as cuda:0, which runs on the CPU with a notice"
        case .text: return "a text"
        }
    }

    private func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : String(number)
    }
}
