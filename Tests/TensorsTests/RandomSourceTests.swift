import CKernels
import Foundation
import Tensors
import Testing

/// The counter-based generator: known answers, independence of streams, shape of distributions.
@Suite struct RandomSourceTests {
    /// Vectors `philox4x32 10` of Random123's `kat_vectors` (Salmon et al. 2011). A stream's counter is
    /// (block, step's low word, step's high word, purpose) and its key the seed's two words, low first.
    @Test(
        "words are Random123's known answers",
        arguments: [
            ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            (
                [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [0xffff_ffff, 0xffff_ffff],
                [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
            ),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
            ),
        ] as [([UInt32], [UInt32], [UInt32])])
    func knownAnswers(counter: [UInt32], key: [UInt32], expected: [UInt32]) {
        let stream = vk_stream(
            seed: UInt64(key[1]) << 32 | UInt64(key[0]),
            step: UInt64(counter[2]) << 32 | UInt64(counter[1]), purpose: counter[3])
        var words = [UInt32](repeating: 0, count: 4)
        vk_random_words(stream, UInt64(counter[0]) * 4, &words, 4)
        #expect(words == expected)
    }

    @Test("a stream depends on seed, purpose and step, and on each of their words")
    func streamsDiffer() {
        let low = RandomSource(seed: 1)
        let high = RandomSource(seed: 1 << 32)
        var streams = RandomPurpose.allCases.map { low.words(64, for: $0) }
        streams += [
            high.words(64, for: .weights), low.words(64, for: .weights, step: 1),
            low.words(64, for: .weights, step: 1 << 32),
        ]
        #expect(Set(streams).count == streams.count)
        let words = streams.flatMap { $0 }
        #expect(Set(words).count > words.count - 3)
    }

    @Test(
        "a shorter draw is the beginning of a longer one", arguments: [1, 2, 3, 5, 255, 256, 257])
    func prefixes(count: Int) {
        let source = RandomSource(seed: 7)
        func isPrefix<Number: Equatable>(_ draw: (Int) -> [Number]) -> Bool {
            draw(count) == Array(draw(1000).prefix(count)) && draw(count).count == count
        }
        #expect(isPrefix { source.words($0, for: .latentNoise, step: 3) })
        #expect(isPrefix { source.uniform($0, for: .latentNoise, step: 3) })
        #expect(isPrefix { source.normal($0, for: .latentNoise, step: 3) })
    }

    @Test("a draw from the middle is the middle of the draw", arguments: [4, 256, 1000, 1 << 20])
    func middles(first: UInt64) {
        let stream = vk_stream(seed: 7, step: 3, purpose: 1)
        var middle = [Float](repeating: 0, count: 300)
        vk_random_normal(stream, first, &middle, middle.count)
        var all = [Float](repeating: 0, count: Int(first) + 300)
        vk_random_normal(stream, 0, &all, all.count)
        #expect(Array(all.suffix(300)) == middle)
    }

    @Test("filling a buffer gives the same numbers as an array and leaves the rest alone")
    func fillsBuffers() {
        let source = RandomSource(seed: 5)
        let buffer = Buffer(count: 20)
        source.fillNormal(buffer, count: 13, for: .prior, step: 2)
        #expect(buffer.read(13) == source.normal(13, for: .prior, step: 2))
        #expect(buffer.read(20).suffix(7).allSatisfy { $0 == 0 })
    }

    @Test("uniform numbers lie inside (0, 1) and fill it evenly", arguments: 0..<3)
    func uniforms(step: UInt64) {
        let values = RandomSource(seed: 11).uniform(200_000, for: .selection, step: step)
        #expect(values.allSatisfy { $0 > 0 && $0 < 1 })
        #expect(distance(values) { $0 } < 1.95 / Double(values.count).squareRoot())
        #expect(serialCorrelation(values.map { Double($0) - 0.5 }) < 0.01)
    }

    @Test("normal numbers are normal", arguments: 0..<3)
    func normals(step: UInt64) {
        let values = RandomSource(seed: 12).normal(200_000, for: .latentNoise, step: step)
        let count = Double(values.count)
        let mean = values.reduce(0.0) { $0 + Double($1) } / count
        func moment(_ power: Int) -> Double {
            values.reduce(0.0) { $0 + pow(Double($1) - mean, Double(power)) } / count
        }
        // Five standard errors of each moment of a standard normal.
        #expect(abs(mean) < 5 / count.squareRoot())
        #expect(abs(moment(2) - 1) < 5 * (2 / count).squareRoot())
        #expect(abs(moment(3)) < 5 * (15 / count).squareRoot())
        #expect(abs(moment(4) - 3) < 5 * (96 / count).squareRoot())
        // Kolmogorov–Smirnov at the 0.1 % level.
        let normal = { (x: Double) in 0.5 * erfc(-x / 2.0.squareRoot()) }
        #expect(distance(values, normal) < 1.95 / count.squareRoot())
        #expect(serialCorrelation(values.map(Double.init)) < 0.01)
        #expect((3.9...6).contains(values.map { abs($0) }.max() ?? 0))
    }

    @Test("a normal number is Box and Muller's, in float64, from its two words")
    func boxMuller() {
        let source = RandomSource(seed: 3)
        let words = source.words(20_000, for: .prior)
        let normals = source.normal(20_000, for: .prior)
        var worst = 0.0
        for pair in stride(from: 0, to: words.count, by: 2) {
            let u = words[pair..<pair + 2].map { (Double($0 >> 8) + 0.5) / 16_777_216 }
            let radius = (-2 * log(u[0])).squareRoot()
            worst = max(worst, abs(Double(normals[pair]) - radius * cos(2 * .pi * u[1])))
            worst = max(worst, abs(Double(normals[pair + 1]) - radius * sin(2 * .pi * u[1])))
        }
        #expect(worst < 4e-6)
    }

    @Test("a permutation holds every number once", arguments: [0, 1, 2, 3, 128, 10_000])
    func permutations(count: Int) {
        let source = RandomSource(seed: 1)
        let order = source.permutation(count, for: .shuffle, step: 4)
        #expect(order.sorted() == (0..<UInt32(count)).map { $0 })
        if count > 100 {
            #expect(order != source.permutation(count, for: .shuffle, step: 5))
            #expect(order != RandomSource(seed: 2).permutation(count, for: .shuffle, step: 4))
            #expect(order == source.permutation(count, for: .shuffle, step: 4))
        }
    }

    @Test("every order of three comes up equally often")
    func permutationsAreFair() {
        var counts: [[UInt32]: Int] = [:]
        for step in 0..<6000 {
            counts[
                RandomSource(seed: 1).permutation(3, for: .shuffle, step: UInt64(step)),
                default: 0] += 1
        }
        #expect(counts.count == 6)
        // Five standard deviations of a count with mean 1000.
        #expect(counts.values.allSatisfy { abs($0 - 1000) < 145 })
    }

    /// The Kolmogorov–Smirnov distance of `values` from the distribution function `cumulative`.
    private func distance(_ values: [Float], _ cumulative: (Double) -> Double) -> Double {
        let count = Double(values.count)
        return values.sorted().enumerated().reduce(0.0) { worst, entry in
            let expected = cumulative(Double(entry.element))
            let below = Double(entry.offset) / count
            return max(worst, abs(expected - below), abs(below + 1 / count - expected))
        }
    }

    /// |correlation| of neighbours.
    private func serialCorrelation(_ values: [Double]) -> Double {
        let products = zip(values, values.dropFirst()).reduce(0.0) { $0 + $1.0 * $1.1 }
        return abs(products / values.reduce(0.0) { $0 + $1 * $1 })
    }
}
