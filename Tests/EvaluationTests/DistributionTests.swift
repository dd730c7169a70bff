import Evaluation
import Testing

@Suite("Fréchet and kernel distances against scipy and numpy")
struct DistributionTests {
    struct Expected: Decodable {
        let frechet: Double
        let frechet_flat: Double
        let kernel: Double
        let kernel_error: Double
        let kernel_one_block: Double
        let precision: Double
        let recall: Double
        let narrow_precision: Double
        let narrow_recall: Double
    }

    private let size = 6
    private let first: [Float]
    private let second: [Float]

    init() {
        var generator = SharedGenerator(seed: 31)
        func features(shift: Double) -> [Float] {
            let rows = generator.signed(1_300 * 6)
            let mixing = generator.signed(36)
            return (0..<1_300 * 6).map { index in
                let row = index / 6 * 6
                let sum = (0..<6).reduce(0.0) { $0 + rows[row + $1] * mixing[$1 * 6 + index % 6] }
                return Float(sum + shift)
            }
        }
        first = features(shift: 0)
        second = features(shift: 0.25)
    }

    private func distance(_ first: [Float], _ second: [Float]) throws -> Double {
        try FrechetDistance.between(
            FeatureMoments(first, size: size), FeatureMoments(second, size: size))
    }

    @Test("the Fréchet distance agrees with scipy's matrix square root")
    func frechet() throws {
        let expected = try oracle("distribution", as: Expected.self)
        #expect(abs(try distance(first, second) - expected.frechet) < 1e-6)
        #expect(abs(try distance(second, first) - expected.frechet) < 1e-6)
    }

    @Test("a feature that never varies makes no difference to what is defined")
    func singular() throws {
        let expected = try oracle("distribution", as: Expected.self)
        let flat = first.indices.map { $0 % size == 2 ? 0.5 : first[$0] }
        #expect(abs(try distance(flat, second) - expected.frechet_flat) < 1e-6)
    }

    @Test("a set is at distance 0 from itself, and a shift of s adds s² a feature")
    func known() throws {
        #expect(try distance(first, first) < 1e-9)
        let shifted = first.map { $0 + 0.5 }
        #expect(abs(try distance(first, shifted) - 6 * 0.25) < 1e-5)
    }

    @Test("the kernel distance agrees, over two blocks and over one")
    func kernel() throws {
        let expected = try oracle("distribution", as: Expected.self)
        let found = KernelDistance(first, second, size: size)
        #expect(found.blocks == 2 && found.vectorsPerBlock == 650)
        #expect(abs(found.value - expected.kernel) < 1e-9)
        #expect(abs((found.standardError ?? 0) - expected.kernel_error) < 1e-9)
        let one = KernelDistance(
            Array(first[..<1_800]), Array(second[..<1_800]), size: size)
        #expect(one.blocks == 1 && one.standardError == nil)
        #expect(abs(one.value - expected.kernel_one_block) < 1e-9)
    }

    @Test("two halves of one set are within a few errors of 0 by the unbiased estimate")
    func unbiased() {
        let half = first.count / 2
        let found = KernelDistance(
            Array(first[..<half]), Array(first[half...]), size: size)
        #expect(abs(found.value) < 0.02)
    }

    @Test("precision and recall agree with their definition, and tell narrow from wide")
    func overlap() throws {
        let expected = try oracle("distribution", as: Expected.self)
        let found = ManifoldOverlap(real: first, made: second, size: size)
        #expect(abs(found.precision.mean - expected.precision) < 1e-12)
        #expect(abs(found.recall.mean - expected.recall) < 1e-12)
        let narrow = ManifoldOverlap(
            real: first, made: second.map { Float(Double($0) * 0.3) }, size: size)
        #expect(abs(narrow.precision.mean - expected.narrow_precision) < 1e-12)
        #expect(abs(narrow.recall.mean - expected.narrow_recall) < 1e-12)
        #expect(narrow.precision.mean > 2 * narrow.recall.mean)
    }

    @Test("a set covers itself, two far apart cover nothing of each other")
    func overlapKnown() throws {
        let same = ManifoldOverlap(real: first, made: first, size: size)
        #expect(same.precision.mean == 1 && same.recall.mean == 1)
        #expect(same.precision.standardError == 0 && same.precision.count == 1_300)
        let far = ManifoldOverlap(real: first, made: first.map { $0 + 1_000 }, size: size)
        #expect(far.precision.mean == 0 && far.recall.mean == 0)
    }

    @Test("balls reach the third nearest of the others and hold their edge")
    func overlapByHand() {
        // Real vectors at 0, 1, 2, 3, 100 on a line: radii 3, 2, 2, 3, 99.
        // Made ones at −4, 6, 6.5, 7, 7.5: radii 11, 1.5, 1, 1, 1.5.
        let found = ManifoldOverlap(
            real: [0, 1, 2, 3, 100], made: [-4, 6, 6.5, 7, 7.5], size: 1)
        // 6 and beyond lie in the ball of 100, and 6 on the edge of that of 3; −4 lies in none.
        #expect(found.precision.mean == 0.8)
        // 0, 1, 2 and 3 lie within 11 of −4; 100 lies in no ball.
        #expect(found.recall.mean == 0.8)
    }
}
