import Datasets
import Evaluation
import Tensors
import Testing

/// Codes and factors of Oracles/make_disentanglement_oracles.py.
private struct SharedFactors {
    static let factors = [
        KnownFactor(name: "kind", valueCount: 3, isOrdered: false, meaning: "kinds"),
        KnownFactor(name: "first", valueCount: 5, isOrdered: true, meaning: "steps"),
        KnownFactor(name: "second", valueCount: 4, isOrdered: true, meaning: "steps"),
    ]
    var generator = SharedGenerator(seed: 61)
    let fitted: FactorCodes
    let scored: FactorCodes

    init() {
        fitted = Self.draw(240, &generator)
        scored = Self.draw(200, &generator)
    }

    private static func draw(_ count: Int, _ generator: inout SharedGenerator) -> FactorCodes {
        let values = generator.bytes(count * 3).enumerated().map { place, byte in
            byte % UInt8(factors[place % 3].valueCount)
        }
        let noise = generator.signed(count * 5)
        let means = (0..<count).flatMap { image -> [Float] in
            let (kind, first) = (Double(values[image * 3]), Double(values[image * 3 + 1]))
            let second = Double(values[image * 3 + 2])
            let own = noise[image * 5..<image * 5 + 5].map { $0 }
            return [
                first / 2 + own[0] / 2, second + kind / 2 + own[1], kind + own[2],
                first / 4 - second / 4 + own[3], own[4] / 64,
            ].map { Float($0) }
        }
        return FactorCodes(means: means, latentSize: 5, values: values, factors: factors)
    }

    /// Votes of the script's own: a factor, an image, and images that share its value.
    mutating func batches(
        _ values: [[Int]], count: Int, size: Int
    ) -> [FactorVotes.Batch] {
        (0..<count).map { _ in
            let words = generator.bytes(size + 2).map { Int($0) }
            let (factor, image) = (words[0] % 3, words[1] % values[0].count)
            let alike = values[factor].indices.filter {
                values[factor][$0] == values[factor][image]
            }
            return (factor, words[2...].map { alike[$0 % alike.count] })
        }
    }
}

@Suite("Scores of codes against known factors, as published")
struct DisentanglementOracleTests {
    struct Expected: Decodable {
        struct Given: Decodable {
            let of_dimensions: [Double]
            let of_factors: [Double]
            let disentanglement: Double
            let completeness: Double
        }
        struct Trees: Decodable {
            let importance: [[Double]]
            let accuracy: [Double]
        }
        let information: [[Double]]
        let mig: Double
        let mig_error: Double
        let predictability: [[Double]]
        let sap: Double
        let sap_error: Double
        let votes: [[Int]]
        let factor_vae: Double
        let given: Given
        let trees: Trees
    }

    private let expected: Expected
    private let shared = SharedFactors()

    init() throws { expected = try oracle("disentanglement", as: Expected.self) }

    @Test("mutual information and MIG are scikit-learn's, with a jackknife's error")
    func gap() throws {
        let found = MutualInformationGap(shared.scored)
        #expect(
            largestDifference(found.information.flatMap { $0 }, expected.information.flatMap { $0 })
                < 1e-12)
        #expect(abs(found.score - expected.mig) < 1e-12)
        #expect(abs(try #require(found.standardError) - expected.mig_error) < 1e-12)
    }

    @Test("SAP's scores of single dimensions are numpy's, with a jackknife's error")
    func predictability() throws {
        let found = AttributePredictability(fitted: shared.fitted, scored: shared.scored)
        #expect(
            largestDifference(found.scores.flatMap { $0 }, expected.predictability.flatMap { $0 })
                < 1e-12)
        #expect(abs(found.score - expected.sap) < 1e-12)
        #expect(abs(try #require(found.standardError) - expected.sap_error) < 1e-12)
    }

    @Test("FactorVAE's votes are numpy's, one by one")
    func votes() {
        var shared = shared
        let training = shared.batches(shared.fitted.values, count: 60, size: 4)
        let scoring = shared.batches(shared.scored.values, count: 40, size: 4)
        let found = FactorVotes(
            fitted: shared.fitted, training: training, scored: shared.scored, scoring: scoring)
        #expect(found.table == expected.votes)
        #expect(found.accuracy == expected.factor_vae)
        #expect(found.active == [0, 1, 2, 3], "a dimension of σ < 0.05 has no say")
    }

    @Test("disentanglement and completeness of a given matrix are scipy's")
    func givenImportance() {
        var generator = SharedGenerator(seed: 62)
        let rows = generator.signed(15).map { abs($0) }
        let importance = (0..<3).map { factor in
            (0..<5).map { $0 == 3 ? 0 : rows[$0 * 3 + factor] }
        }
        let found = ImportanceScores(importance)
        #expect(largestDifference(found.ofDimensions, expected.given.of_dimensions) < 1e-12)
        #expect(largestDifference(found.ofFactors, expected.given.of_factors) < 1e-12)
        #expect(abs(found.disentanglement - expected.given.disentanglement) < 1e-12)
        #expect(abs(found.completeness - expected.given.completeness) < 1e-12)
    }

    @Test("boosted trees find scikit-learn's importances and tell as many values right")
    func trees() {
        for factor in 0..<3 {
            let found = BoostedTrees(
                fitted: shared.fitted, scored: shared.scored, factor: factor)
            // scikit-learn takes one of equal splits at random.
            #expect(
                largestDifference(found.importances, expected.trees.importance[factor]) < 0.01)
            let accuracy = Double(found.hits.filter { $0 }.count) / 200
            #expect(abs(accuracy - expected.trees.accuracy[factor]) < 0.03)
        }
    }
}

@Suite("Scores of codes against known factors")
struct DisentanglementTests {
    private static let sizes = [3, 4, 6, 6]
    private static let factors = sizes.enumerated().map { place, size in
        KnownFactor(
            name: "factor \(place)", valueCount: size, isOrdered: place > 0, meaning: "values")
    }

    /// Factors drawn at random, and codes made of them with noise of their own.
    private func codes(
        _ count: Int, seed: UInt64, _ make: (_ values: [Double], _ noise: [Double]) -> [Double]
    ) -> FactorCodes {
        var generator = SharedGenerator(seed: seed)
        var (means, values): ([Float], [UInt8]) = ([], [])
        for _ in 0..<count {
            let drawn = zip(generator.signed(4), Self.sizes).map {
                min(Int(($0 + 1) / 2 * Double($1)), $1 - 1)
            }
            values += drawn.map { UInt8($0) }
            let standard = zip(drawn, Self.sizes).map { Double($0) / Double($1 - 1) * 2 - 1 }
            means += make(standard, generator.signed(6)).map { Float($0) }
        }
        return FactorCodes(
            means: means, latentSize: means.count / count, values: values, factors: Self.factors)
    }

    private func scores(
        _ make: (_ values: [Double], _ noise: [Double]) -> [Double]
    ) -> DisentanglementScores {
        DisentanglementScores(
            fitted: codes(1500, seed: 71, make), test: codes(1200, seed: 72, make),
            source: RandomSource(seed: 3))
    }

    @Test("the factors themselves, permuted, turned over, stretched and beside noise, score near 1")
    func perfect() {
        let found = scores { values, noise in
            [noise[0], 2 * values[2], -values[0], 0.3 * values[3], noise[1], values[1]]
        }
        #expect(found.gap.mean > 0.95)
        #expect(found.disentanglement > 0.95 && found.completeness > 0.95)
        #expect(found.informativeness.mean > 0.99)
        // A kind's second best dimension is right one time in three by luck.
        #expect(found.predictabilityGap.mean > 0.85)
        #expect(found.votes.mean == 1)
        #expect(found.factors.map(\.name) == Self.factors.map(\.name))
        #expect(found.information[2][1] > 0.99 && found.importance[3][3] > 0.99)
    }

    @Test("codes that know nothing score near 0")
    func random() {
        let found = scores { _, noise in noise }
        #expect(found.gap.mean < 0.03)
        #expect(found.disentanglement < 0.1 && found.completeness < 0.1)
        #expect(found.informativeness.mean < 0.35, "luck alone gives 0.23")
        #expect(found.predictabilityGap.mean < 0.05)
        #expect(found.votes.mean < 0.4, "luck alone gives 0.25")
    }

    @Test("factors mixed by a rotation lie in between: all is there, nothing stands alone")
    func rotated() {
        let found = scores { values, noise in
            let (a, b, c, d) = (values[0], values[1], values[2], values[3])
            return [
                0.6 * a + 0.8 * b, 0.8 * a - 0.6 * b, 0.8 * c + 0.6 * d, 0.6 * c - 0.8 * d,
                0.1 * noise[0],
            ]
        }
        #expect(found.gap.mean > 0.03 && found.gap.mean < 0.5)
        #expect(found.disentanglement > 0.1 && found.disentanglement < 0.8)
        #expect(found.completeness > 0.2 && found.completeness < 0.9)
        #expect(found.informativeness.mean > 0.8)
        #expect(found.predictabilityGap.mean < 0.6)
    }

    @Test("a dimension for two factors costs disentanglement, two for one factor completeness")
    func oneSided() {
        let shared = scores { values, noise in
            // Both factors can be read from the one number.
            [values[0], values[1], values[2] + values[3] / 8, noise[0]]
        }
        #expect(shared.disentanglement < 0.9 && shared.completeness > 0.9)
        let doubled = scores { values, noise in
            [
                values[0], values[1], values[2], values[3] + 0.3 * noise[0],
                values[3] + 0.3 * noise[1],
            ]
        }
        #expect(doubled.disentanglement > 0.9 && doubled.completeness < 0.9)
    }

    @Test("a code that is constant has no votes and no importance, and nothing breaks")
    func collapsed() {
        let found = scores { _, _ in [0, 0] }
        #expect(found.votingDimensions == 0 && found.votes.mean == 0)
        #expect(found.importance.joined().allSatisfy { $0 == 0 })
        #expect(found.gap.mean == 0 && found.predictabilityGap.mean == 0)
        #expect(found.disentanglement == 0)
    }
}
