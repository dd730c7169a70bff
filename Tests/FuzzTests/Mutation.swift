/// Files that are nearly valid: a parser's seeds, changed in ways that parsers are known to dislike.
struct Mutation {
    private let parser: FuzzedParser
    private var random: CaseRandom
    private var bytes: [UInt8]

    /// The file of case `number`.
    static func file(of parser: FuzzedParser, number: Int) -> [UInt8] {
        var mutation = Mutation(parser, number: number)
        let rounds = 1 + mutation.random.small(below: 12)
        for _ in 0..<rounds { mutation.change() }
        if mutation.random.oneIn(150) { mutation.nest() }
        if mutation.random.oneIn(150) { mutation.lengthen() }
        return mutation.bytes
    }

    private init(_ parser: FuzzedParser, number: Int) {
        self.parser = parser
        random = CaseRandom(parser: parser.name, number: number)
        bytes = random.pick(parser.seeds)
        if random.oneIn(6) {
            // Two seeds spliced.
            let other = random.pick(parser.seeds)
            bytes = Array(bytes.prefix(random.below(bytes.count + 1)))
            bytes += other.suffix(random.below(other.count + 1))
        }
    }

    private mutating func change() {
        guard !bytes.isEmpty else { return insert(random.pick(parser.seeds)) }
        switch random.below(14) {
        case 0: bytes[place()] ^= 1 << UInt8(random.below(8))
        case 1: bytes[place()] = random.pick([0, 1, 9, 10, 32, 0x7f, 0x80, 0xff])
        case 2: bytes[place()] = UInt8(truncatingIfNeeded: random.next())
        case 3: writeInteger()
        case 4: writeDigits()
        case 5: bytes.removeSubrange(part())
        case 6: duplicate()
        case 7: insertToken()
        case 8: overwrite(with: token())
        case 9: if random.oneIn(4) { bytes.removeLast(random.below(bytes.count)) }
        case 10: swap()
        case 11: insert((0...random.small(below: 16)).map { _ in UInt8(random.below(256)) })
        case 12: insert(Array(Self.oddText(&random).utf8))
        default:
            let other = random.pick(parser.seeds)
            let start = random.below(other.count + 1)
            insert(Array(other[start...].prefix(1 + random.small(below: 200))))
        }
    }

    private mutating func place() -> Int { random.below(bytes.count) }

    private mutating func part() -> Range<Int> {
        let start = place()
        return start..<min(bytes.count, start + 1 + random.small(below: 200))
    }

    private mutating func insert(_ new: [UInt8]) {
        bytes.insert(contentsOf: new, at: random.below(bytes.count + 1))
    }

    private mutating func token() -> [UInt8] {
        parser.tokens.isEmpty ? Array("\0\n".utf8) : random.pick(parser.tokens)
    }

    private mutating func insertToken() {
        let token = token()
        for _ in 0...(random.oneIn(8) ? random.below(20) : 0) { insert(token) }
    }

    private mutating func overwrite(with new: [UInt8]) {
        let start = place()
        bytes.replaceSubrange(start..<min(bytes.count, start + new.count), with: new)
    }

    private mutating func duplicate() {
        let part = part()
        let piece = Array(bytes[part])
        let times = random.oneIn(6) ? 1 + random.below(30) : 1
        for _ in 0..<times { bytes.insert(contentsOf: piece, at: part.lowerBound) }
    }

    private mutating func swap() {
        let (first, second) = (part(), part())
        guard first.upperBound <= second.lowerBound else { return }
        let piece = Array(bytes[first])
        bytes.replaceSubrange(first, with: bytes[second])
        bytes.insert(contentsOf: piece, at: min(bytes.count, second.lowerBound))
    }

    /// A binary number at which sums and products overflow, or that is just no size.
    private mutating func writeInteger() {
        let numbers: [UInt64] = [
            0, 1, 2, .max, .max - 1, 1 << 31, 1 << 31 - 1, 1 << 32, 1 << 32 - 1, 1 << 63,
            1 << 63 - 1, 1 << 15, 1 << 16 - 1, 127, 128, 255, 1 << 62, 1 << 40,
        ]
        let (number, size) = (random.pick(numbers), random.pick([1, 2, 4, 8]))
        let little = (0..<size).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
        overwrite(with: random.oneIn(2) ? little : little.reversed())
    }

    /// A number in digits in the place of another.
    private mutating func writeDigits() {
        let isDigit = { (byte: UInt8) in (48...57).contains(byte) }
        let start = place()
        let first = bytes[start...].firstIndex(where: isDigit) ?? bytes.firstIndex(where: isDigit)
        let texts = [
            "0", "-1", "1", "-0", "2147483647", "2147483648", "4294967296", "9223372036854775807",
            "9223372036854775808", "-9223372036854775808", "18446744073709551616", "1e308",
            "1e400", "-1e400", "1e-400", "nan", "inf", "-inf", "0x10", "1_000", "1.5", "1e19",
            "1e30", "00000000000000000001", "٣", ".5", "5.", "1e", "--1", "+1",
            String(repeating: "9", count: 1 + random.small(below: 500)),
        ]
        let text = Array(random.pick(texts).utf8)
        guard let first else { return insert(text) }
        let end = bytes[first...].firstIndex { !isDigit($0) } ?? bytes.count
        bytes.replaceSubrange(first..<end, with: text)
    }

    /// Up to 100,000 brackets inside one another, closed or not.
    private mutating func nest() {
        guard !parser.brackets.isEmpty else { return }
        let (open, close) = random.pick(parser.brackets)
        let depth = random.pick([50, 200, 600, 1100, 5000, 20_000, 100_000])
        var new = Array(repeatElement(open, count: depth).joined())
        if random.oneIn(2) {
            new += token()
            new += repeatElement(close, count: depth).joined()
        }
        insert(new)
    }

    /// Something short a great many times: very long lines, lists and words.
    private mutating func lengthen() {
        let piece = random.oneIn(2) || bytes.isEmpty ? token() : Array(bytes[part()].prefix(24))
        guard !piece.isEmpty else { return }
        let length = random.pick([2000, 20_000, 100_000, 300_000])
        insert(Array(repeatElement(piece, count: max(1, length / piece.count)).joined()))
    }

    private static func oddText(_ random: inout CaseRandom) -> String {
        random.pick([
            "\u{301}", "\u{200D}", "\u{FEFF}", "\u{202E}", "é", "e\u{301}", "👩‍👩‍👧",
            "\u{E0F0}0\u{E0F1}",
            "\u{E0F2}", "\u{2028}", "\u{85}", "\r\n", "\r", "\t", "\u{0}", "\u{1B}[31m", "\u{A0}",
            "\u{FFFF}", "\u{10FFFF}", "ﬃ", "İ", "ß", "۞", "한", "\\", "\"", "'", "\\u0000", "&lt;",
        ])
    }
}
