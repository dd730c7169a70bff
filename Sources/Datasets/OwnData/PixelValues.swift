/// What numbers in an array mean, and how they become bytes.
struct PixelValues: Equatable {
    /// The number that becomes 0, and the one that becomes 255.
    let black, white: Double

    static let unit = PixelValues(black: 0, white: 1)
    static let symmetric = PixelValues(black: -1, white: 1)
    static let byte = PixelValues(black: 0, white: 255)

    /// The range in words: "0 … 1".
    var words: String { "\(Int(black)) … \(Int(white))" }

    /// The byte of a number within the range.
    func byte(_ number: Double) -> UInt8 {
        UInt8(((number - black) / (white - black) * 255).rounded())
    }

    func contains(_ number: Double) -> Bool { number >= black && number <= white }
}

/// The smallest and the largest number of an array, and where the first one is that is none.
struct NumberRange {
    private(set) var least = Double.infinity
    private(set) var greatest = -Double.infinity
    private(set) var firstNotFinite: Int?

    /// Takes in a number of an image.
    mutating func add(_ number: Double, image: Int) {
        guard number.isFinite else {
            firstNotFinite = firstNotFinite ?? image
            return
        }
        if number < least { least = number }
        if number > greatest { greatest = number }
    }

    /// What the numbers mean, as the config says or as they look. Throws a ``DatasetError`` where they
    /// cannot be that.
    func meaning(_ asked: OwnDataOptions.Values, of name: String, isWhole: Bool) throws
        -> PixelValues
    {
        if let firstNotFinite {
            throw DatasetError.own(
                problem:
                    "\(name): image \(firstNotFinite) holds a number that is infinite or none (NaN)",
                key: "data.path", advice: "leave such images out, or fill the gaps")
        }
        let meaning: PixelValues? =
            switch asked {
            case .unit: .unit
            case .symmetric: .symmetric
            case .byte: .byte
            case .auto: likely(isWhole: isWhole)
            }
        if let meaning, least >= meaning.black, greatest <= meaning.white { return meaning }
        let known = "0 … 1, −1 … 1 or 0 … 255"
        throw DatasetError.own(
            problem: "\(name): its numbers go from \(least) to \(greatest), but pixels go from "
                + "\(meaning?.words ?? known)",
            key: "data.values",
            advice: "scale them: array = (array - array.min()) / (array.max() - array.min())")
    }

    /// Bytes that are all 0 or 1 are black and white.
    private func likely(isWhole: Bool) -> PixelValues? {
        if least >= 0, greatest <= 1 { return .unit }
        if least >= -1, greatest <= 1 { return .symmetric }
        if least >= 0, greatest <= 255, isWhole || greatest > 64 { return .byte }
        return nil
    }
}
