/// Style sheets and scripts without what only people read.
enum Compact {
    /// A style sheet without comments and without the spaces that separate nothing. Texts in quotes
    /// keep theirs.
    static func style(_ css: String) -> String {
        var source = ByteReader(css)
        var out: [UInt8] = []
        var hasGap = false
        while let byte = source.next() {
            if byte == .slash, source.peek == .star {
                source.skip(past: [.star, .slash])
                hasGap = true
            } else if byte.isSpace {
                hasGap = true
            } else {
                if hasGap, let last = out.last, !"{};,>:(".utf8.contains(last),
                    !"{};,>)!".utf8.contains(byte)
                {
                    out.append(UInt8(ascii: " "))
                }
                hasGap = false
                if byte == UInt8(ascii: "}"), out.last == UInt8(ascii: ";") { out.removeLast() }
                out.append(byte)
                if byte.isQuote { out += source.quoted(by: byte) }
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// A script without comments and without the spaces and line ends that separate nothing. A line end
    /// that may end a statement stays. A `/` behind `)` divides.
    static func script(_ javaScript: String) -> String {
        var source = ByteReader(javaScript)
        var out: [UInt8] = []
        var gap = Gap.none
        while let byte = source.next() {
            if byte == .slash, source.peek == .slash {
                source.skip(to: .lineEnd)
            } else if byte == .slash, source.peek == .star {
                source.skip(past: [.star, .slash])
                gap = max(gap, .space)
            } else if byte.isSpace {
                gap = max(gap, byte == .lineEnd ? .line : .space)
            } else {
                out += separator(gap, out, byte)
                gap = .none
                let isExpression = startsExpression(after: out)
                out.append(byte)
                if byte == UInt8(ascii: "`") {
                    out += source.template()
                } else if byte.isQuote {
                    out += source.quoted(by: byte)
                } else if byte == .slash, isExpression {
                    out += source.regularExpression()
                }
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private enum Gap: Comparable { case none, space, line }

    /// What has to stay of a gap between what is written and the next byte.
    private static func separator(_ gap: Gap, _ out: [UInt8], _ next: UInt8) -> [UInt8] {
        guard gap != .none, let last = out.last else { return [] }
        let isDoubled = out.suffix(2) == [last, last]
        if gap == .line {
            let goesOn =
                "{([,;:?=&|*<>!%^~.".utf8.contains(last)
                || ("+-".utf8.contains(last) && !isDoubled)
            return goesOn || "})].,;:?&|=*<>".utf8.contains(next) ? [] : [.lineEnd]
        }
        let touches =
            (last.isWord && next.isWord) || (last == next && "+-/".utf8.contains(last))
            || (last.isDigit && next == UInt8(ascii: "."))
        return touches ? [UInt8(ascii: " ")] : []
    }

    /// Whether a `/` here begins a regular expression: nothing stands before it that could be divided.
    private static func startsExpression(after out: [UInt8]) -> Bool {
        guard let last = out.last else { return true }
        if last.isWord {
            let word = String(
                decoding: out.reversed().prefix(while: \.isWord).reversed(), as: UTF8.self)
            return ["return", "typeof", "case", "in", "of"].contains(word)
        }
        return !")]}\"'`".utf8.contains(last)
    }
}
