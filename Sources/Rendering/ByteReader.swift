/// Reads a style sheet or a script byte by byte; knows where texts end.
struct ByteReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The byte that comes next, not taken.
    var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    /// Takes the next byte.
    mutating func next() -> UInt8? {
        guard let byte = peek else { return nil }
        place += 1
        return byte
    }

    /// Goes on before the next such byte.
    mutating func skip(to end: UInt8) {
        while let byte = peek, byte != end { place += 1 }
    }

    /// Goes on behind the next such two bytes.
    mutating func skip(past end: [UInt8]) {
        while place < bytes.count, !bytes[place...].starts(with: end) { place += 1 }
        place = min(bytes.count, place + end.count)
    }

    /// The rest of a text in quotes, with its last quote.
    mutating func quoted(by quote: UInt8) -> [UInt8] {
        var text: [UInt8] = []
        while let byte = next() {
            text.append(byte)
            if byte == quote { break }
            if byte == .backslash, let escaped = next() { text.append(escaped) }
        }
        return text
    }

    /// The rest of a regular expression, up to its last slash.
    mutating func regularExpression() -> [UInt8] {
        var text: [UInt8] = []
        var isInClass = false
        while let byte = next() {
            text.append(byte)
            switch byte {
            case .backslash: if let escaped = next() { text.append(escaped) }
            case UInt8(ascii: "["): isInClass = true
            case UInt8(ascii: "]"): isInClass = false
            case .slash where !isInClass: return text
            default: break
            }
        }
        return text
    }

    /// The rest of a template literal, what is computed in it included.
    mutating func template() -> [UInt8] {
        var text: [UInt8] = []
        while let byte = next() {
            text.append(byte)
            if byte == UInt8(ascii: "`") { break }
            if byte == .backslash, let escaped = next() {
                text.append(escaped)
            } else if byte == UInt8(ascii: "$"), peek == UInt8(ascii: "{") {
                text += substitution()
            }
        }
        return text
    }

    /// `{…}` within a template literal.
    private mutating func substitution() -> [UInt8] {
        var text: [UInt8] = []
        var depth = 0
        while let byte = next() {
            text.append(byte)
            if byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { break }
            } else if byte == UInt8(ascii: "`") {
                text += template()
            } else if byte.isQuote {
                text += quoted(by: byte)
            }
        }
        return text
    }
}

extension UInt8 {
    static let slash = UInt8(ascii: "/")
    static let star = UInt8(ascii: "*")
    static let backslash = UInt8(ascii: "\\")
    static let lineEnd = UInt8(ascii: "\n")

    var isSpace: Bool { self <= UInt8(ascii: " ") }
    var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    /// Whether it can be part of a name or a number.
    var isWord: Bool {
        isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 32)
            || self == UInt8(ascii: "_") || self == UInt8(ascii: "$") || self >= 128
    }
}
