import Datasets
import FoundationEssentials

/// The generator of Oracles/make_oracles.py: the same inputs there and here without storing them.
struct SharedGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private mutating func word() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(word() >> 56) }
    }

    /// Multiples of 2⁻²³ in −1 ..< 1.
    mutating func signed(_ count: Int) -> [Double] {
        (0..<count).map { _ in Double(word() >> 40) / 8_388_608 - 1 }
    }
}

/// The first and last numbers of a long list, and its mean.
struct ShortenedList: Decodable {
    let first: [Double]
    let last: [Double]
    let mean: Double

    /// The largest distance of these numbers from those of `values`.
    func distance(from values: [Double]) -> Double {
        let ends =
            zip(first, values.prefix(first.count)).map { abs($0 - $1) }
            + zip(last, values.suffix(last.count)).map { abs($0 - $1) }
        let mean = values.reduce(0, +) / Double(values.count)
        return max(ends.max() ?? .infinity, abs(mean - self.mean))
    }
}

/// Reads a file of Oracles/.
func oracle<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let data = try Data(contentsOf: URL(filePath: "/\(folder)/Oracles/\(name).json"))
    return try JSONDecoder().decode(type, from: data)
}

/// The largest difference of two lists; infinite when their lengths differ.
func largestDifference(_ first: [Double], _ second: [Double]) -> Double {
    guard first.count == second.count else { return .infinity }
    return zip(first, second).map { abs($0 - $1) }.max() ?? 0
}

/// `count` images of random bytes.
func randomImages(_ count: Int, _ shape: ImageShape, seed: UInt64) -> ImageSet {
    var generator = SharedGenerator(seed: seed)
    return ImageSet(pixels: generator.bytes(count * shape.pixelCount), labels: [], shape: shape)
}
