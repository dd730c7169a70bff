/// An alphabet of mathematics, by Unicode's mathematical alphanumeric symbols.
enum TeXAlphabet {
    case doubleStruck, script, bold, boldItalic, upright, sansSerif, monospace, italic, fraktur

    /// The letter in this alphabet; the letter itself where the alphabet has none.
    func letter(_ character: Character) -> Character {
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1
        else {
            return character
        }
        if let hole = TeXAlphabet.holes[self]?[character] { return hole }
        switch scalar.value {
        case 0x41...0x5A: return shifted(scalar.value - 0x41, to: capitals)
        case 0x61...0x7A: return shifted(scalar.value - 0x61, to: capitals.map { $0 + 26 })
        case 0x30...0x39: return shifted(scalar.value - 0x30, to: digits)
        case 0x391...0x3A9: return shifted(scalar.value - 0x391, to: greek)
        case 0x3B1...0x3C9: return shifted(scalar.value - 0x3B1, to: greek.map { $0 + 26 })
        case let value where TeXAlphabet.greekVariants[value] != nil:
            return shifted(TeXAlphabet.greekVariants[value] ?? 0, to: greek)
        default: return character
        }

        func shifted(_ index: UInt32, to base: UInt32?) -> Character {
            base.flatMap { Unicode.Scalar($0 + index) }.map(Character.init) ?? character
        }
    }

    /// ∇, ∂ and the second forms of Greek letters, by their distance from the alphabet's capital alpha.
    private static let greekVariants: [UInt32: UInt32] = [
        0x2207: 25, 0x2202: 51, 0x3F5: 52, 0x3D1: 53, 0x3F0: 54, 0x3D5: 55, 0x3F1: 56, 0x3D6: 57,
    ]

    private var capitals: UInt32? {
        switch self {
        case .doubleStruck: 0x1D538
        case .script: 0x1D49C
        case .bold: 0x1D400
        case .boldItalic: 0x1D468
        case .sansSerif: 0x1D5A0
        case .monospace: 0x1D670
        case .fraktur: 0x1D504
        case .upright, .italic: nil
        }
    }

    private var digits: UInt32? {
        switch self {
        case .doubleStruck: 0x1D7D8
        case .bold, .boldItalic: 0x1D7CE
        case .sansSerif: 0x1D7E2
        case .monospace: 0x1D7F6
        default: nil
        }
    }

    private var greek: UInt32? {
        switch self {
        case .bold: 0x1D6A8
        case .boldItalic: 0x1D71C
        default: nil
        }
    }

    /// Letters that Unicode had before it had the alphabets.
    private static let holes: [TeXAlphabet: [Character: Character]] = [
        .doubleStruck: ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"],
        .script: [
            "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ",
            "e": "ℯ", "g": "ℊ", "o": "ℴ",
        ],
        .fraktur: ["C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"],
    ]
}
