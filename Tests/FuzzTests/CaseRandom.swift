/// The random numbers of one fuzzed case: the same for the same parser and number.
struct CaseRandom: RandomNumberGenerator {
    private let key: UInt64
    private var count: UInt64 = 0

    init(parser: String, number: Int) {
        let name = parser.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
        }
        key = Self.mixed(name ^ Self.mixed(UInt64(bitPattern: Int64(number))))
    }

    mutating func next() -> UInt64 {
        count += 1
        return Self.mixed(key &+ count &* 0x9e37_79b9_7f4a_7c15)
    }

    /// SplitMix64's finisher (Steele, Lea & Flood 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var bits = value
        bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
        return bits ^ bits >> 31
    }

    /// A number below `bound`, which is at least 1.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// True once in `odds` times.
    mutating func oneIn(_ odds: Int) -> Bool { below(odds) == 0 }

    /// Mostly small numbers, below `bound`.
    mutating func small(below bound: Int) -> Int {
        below(1 + below(1 + below(bound)))
    }

    /// One of `items`, which has some.
    mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
}
