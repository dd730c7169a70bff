import Tensors

/// The FactorVAE score (Kim & Mnih 2018, section 5), with disentanglement_lib's sizes.
///
/// A vote takes 64 images that share the value of one factor, and goes to the dimension that varies least
/// among them, in units of its variance over all images. Dimensions whose standard deviation over all
/// images is under 0.05 have no say. The score is the share of votes whose factor is told by the majority
/// of earlier votes for the same dimension.
package struct FactorVotes: Sendable {
    /// Images of a vote.
    package static let batchSize = 64
    /// Votes that settle which factor a dimension stands for.
    package static let trainingVotes = 10_000
    /// Votes that are scored.
    package static let scoredVotes = 5_000
    /// The least standard deviation of a dimension that has a say.
    package static let leastDeviation = 0.05

    /// The share of scored votes that the majority tells right; 0 where no dimension has a say.
    package let accuracy: Double
    /// Dimensions that have a say.
    package let active: [Int]
    /// Training votes by dimension and factor, `[latentSize][factors]`.
    package let table: [[Int]]

    /// A vote: the factor that is held, and the images.
    package typealias Batch = (factor: Int, images: [Int])

    /// From votes that were drawn elsewhere; variances are those of `fitted`.
    package init(
        fitted: FactorCodes, training: [Batch], scored: FactorCodes, scoring: [Batch]
    ) {
        let variances = fitted.columns.map { Self.variance($0, at: Array($0.indices)) }
        let active = variances.indices.filter {
            variances[$0].squareRoot() >= Self.leastDeviation
        }
        func votes(_ codes: FactorCodes, _ batches: [Batch]) -> [[Int]] {
            var table = [[Int]](
                repeating: [Int](repeating: 0, count: codes.factors.count),
                count: codes.latentSize)
            for batch in batches {
                let shares = active.map {
                    Self.variance(codes.columns[$0], at: batch.images) / variances[$0]
                }
                guard let least = shares.min(), let place = shares.firstIndex(of: least) else {
                    continue
                }
                table[active[place]][batch.factor] += 1
            }
            return table
        }
        let table = votes(fitted, training)
        let right = zip(table, votes(scored, scoring)).reduce(0) { sum, rows in
            let most = rows.0.max() ?? 0
            return sum + rows.1[rows.0.firstIndex(of: most) ?? 0]
        }
        self.active = active
        self.table = table
        accuracy = active.isEmpty ? 0 : Double(right) / Double(max(scoring.count, 1))
    }

    /// From votes drawn here: each takes a factor at random, then an image at random, then 64 images
    /// that share its value, with repetition.
    package init(fitted: FactorCodes, scored: FactorCodes, source: RandomSource) {
        self.init(
            fitted: fitted,
            training: Self.batches(of: fitted, count: Self.trainingVotes, source, stream: 0),
            scored: scored,
            scoring: Self.batches(of: scored, count: Self.scoredVotes, source, stream: 1))
    }

    private static func batches(
        of codes: FactorCodes, count: Int, _ source: RandomSource, stream: UInt64
    ) -> [Batch] {
        let byValue = zip(codes.factors, codes.values).map { factor, values in
            var lists = [[Int]](repeating: [], count: factor.valueCount)
            for (image, value) in values.enumerated() { lists[value].append(image) }
            return lists
        }
        func pick(_ word: UInt32, of count: Int) -> Int {
            Int((UInt64(word) * UInt64(count)) >> 32)
        }
        return (0..<count).map { vote in
            let words = source.words(
                batchSize + 2, for: .selection, step: 1 << 60 | stream << 32 | UInt64(vote))
            let factor = pick(words[0], of: codes.factors.count)
            let value = codes.values[factor][pick(words[1], of: codes.count)]
            let alike = byValue[factor][value]
            return (factor, words.dropFirst(2).map { alike[pick($0, of: alike.count)] })
        }
    }

    /// The sample variance of a dimension over some images.
    private static func variance(_ column: [Double], at images: [Int]) -> Double {
        let count = Double(images.count)
        let mean = images.reduce(0) { $0 + column[$1] } / count
        return images.reduce(0) { $0 + (column[$1] - mean) * (column[$1] - mean) }
            / max(count - 1, 1)
    }
}
