/// How an inline value is written: `.2f`, `.3g`, `.1%`, with `±` for the standard error, or `epoch(s)` for
/// a number of things.
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
        /// A number of things that go by this noun: "1 epoch", "16 epochs".
        case counted(String)
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

    /// Reads `.Nf`, `.Ng`, `%`, `.N%`, each with or without `±` at the end, `±` alone, and a noun with
    /// `(s)` at its end; nil for anything else.
    public init?(parsing text: String) {
        var rest = Substring(text)
        if text.hasSuffix("(s)") {
            rest = rest.dropLast(3)
            guard let first = rest.first, first.isLetter,
                rest.allSatisfy({ $0.isLetter || $0 == "-" || $0 == " " })
            else { return nil }
            notation = .counted(String(rest))
            showsError = false
            return
        }
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
    public static let grammar =
        ".2f, .3g, %, .1%, each also with ± at the end, ± alone, or a noun like epoch(s)"
}
