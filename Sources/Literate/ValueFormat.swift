/// How an inline value is written: `.2f`, `.3g`, `.1%`, with `±` for the standard error.
public struct ValueFormat: Sendable, Equatable, Hashable {
    /// The notation.
    public enum Notation: Sendable, Equatable, Hashable {
        /// As the value asks for: whole numbers whole, others with four digits.
        case natural
        /// A fixed number of decimals.
        case fixed(Int)
        /// A number of significant digits.
        case significant(Int)
        /// A share as per cent with a number of decimals.
        case percent(Int)
    }

    /// The notation.
    public let notation: Notation
    /// Whether the standard error follows.
    public let showsError: Bool

    /// No wishes.
    public static let natural = ValueFormat(.natural)

    /// A format with a notation.
    public init(_ notation: Notation, showsError: Bool = false) {
        self.notation = notation
        self.showsError = showsError
    }

    /// Reads `.Nf`, `.Ng`, `%`, `.N%`, each with or without `±` at the end, and `±` alone; nil for
    /// anything else.
    public init?(parsing text: String) {
        var rest = Substring(text)
        showsError = rest.last == "±"
        if showsError { rest.removeLast() }
        if rest.isEmpty {
            guard showsError else { return nil }
            notation = .natural
            return
        }
        guard let letter = rest.popLast() else { return nil }
        var digits: Int?
        if rest.first == "." {
            guard rest.count <= 3, let number = Int(rest.dropFirst()), (0...15).contains(number),
                rest.dropFirst().allSatisfy(\.isNumber)
            else { return nil }
            digits = number
        } else if !rest.isEmpty {
            return nil
        }
        switch (letter, digits) {
        case ("f", let digits?): notation = .fixed(digits)
        case ("g", let digits?): notation = .significant(max(1, digits))
        case ("%", let digits): notation = .percent(digits ?? 0)
        default: return nil
        }
    }

    /// What a format may look like, for messages.
    public static let grammar = ".2f, .3g, %, .1%, each also with ± at the end, or ± alone"
}
