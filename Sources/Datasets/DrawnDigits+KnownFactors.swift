import Foundation

extension DrawnDigits {
    /// Bins of equal probability into which each continuous factor falls.
    private static let binCount = 10

    /// What the digits were drawn from, as numbers that scores can count: the digit, and every
    /// continuous factor in ten bins of equal probability.
    ///
    /// The way of writing a digit is none of them: what its number means depends on the digit.
    package static let knownFactors: [KnownFactor] = {
        let binned = [
            "slant", "rotation", "breadth", "scale", "thickness", "shift x", "shift y", "jitter",
        ]
        return [
            KnownFactor(
                name: "digit", valueCount: 10, isOrdered: false, meaning: "0 to 9")
        ]
            + binned.map {
                KnownFactor(
                    name: $0, valueCount: binCount, isOrdered: true,
                    meaning: "\(binCount) bins of equal probability")
            }
    }()

    /// The values of ``knownFactors`` of one digit, in their order.
    static func knownValues(of factors: DrawnDigitFactors) -> [UInt8] {
        let shares = [
            share(ofNormal: factors.spread.slant), share(ofNormal: factors.spread.rotation),
            share(ofNormal: factors.spread.breadth), factors.spread.scale,
            share(ofNormal: factors.spread.thickness), factors.spread.shiftX,
            factors.spread.shiftY, factors.spread.jitter,
        ]
        return [UInt8(factors.digit)]
            + shares.map { UInt8(min(max(Int($0 * Double(binCount)), 0), binCount - 1)) }
    }

    /// The probability of a smaller standard normal number.
    private static func share(ofNormal value: Double) -> Double {
        erfc(-value / 2.squareRoot()) / 2
    }
}

extension DrawnDigitFactors {
    /// The factors in units of their distributions: standard normal numbers, or shares of a range.
    fileprivate var spread:
        (
            slant: Double, rotation: Double, breadth: Double, scale: Double, thickness: Double,
            shiftX: Double, shiftY: Double, jitter: Double
        )
    {
        (
            (slant - 0.10) / 0.17, rotation / 0.09, (breadth - 0.98) / 0.13, (scale - 17) / 3,
            (thickness - 2.35) / 0.5, (shiftX + 1) / 2, (shiftY + 1) / 2, (jitter - 0.012) / 0.038
        )
    }
}
