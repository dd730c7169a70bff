import Glibc

/// How much each dimension of a code says about each factor, and the gap between the best and the second
/// (Chen et al. 2018, eq. 6), as disentanglement_lib computes it.
///
/// Each dimension of the posterior means falls into 20 bins of equal width; I(z_j; v_k) is that of the
/// table of counts. With B bins, V values and N images it is about (B − 1)(V − 1) / 2N nats too large.
package struct MutualInformationGap: Sendable {
    /// Bins of a dimension.
    package static let binCount = 20

    /// I(z_j; v_k) in nats, `[factors][latentSize]`.
    package let information: [[Double]]
    /// H(v_k) in nats.
    package let entropies: [Double]

    /// I(z_j; v_k) / H(v_k), `[factors][latentSize]`.
    package var shares: [[Double]] {
        zip(information, entropies).map { row, entropy in row.map { $0 / entropy } }
    }

    /// (largest − second) / H(v_k) of each factor.
    package var gaps: [Double] { shares.map(\.gapAtTheTop) }

    /// MIG: the mean of the gaps.
    package var score: Double { gaps.reduce(0, +) / Double(gaps.count) }

    /// The standard error of the score over images.
    package let standardError: Double?

    /// Of codes whose factors all vary.
    package init(_ codes: FactorCodes) {
        let binned = codes.columns.map { column -> [Int] in
            let bins = EqualBins(column, count: Self.binCount)
            return column.map(bins.bin)
        }
        let tables = CountTables(binned, codes)
        (information, entropies) = tables.information(leavingOut: 0..<0)
        standardError = BlockJackknife.standardError(count: codes.count) { block in
            let (information, entropies) = tables.information(leavingOut: block)
            let gaps = zip(information, entropies).map { $0.gapAtTheTop / max($1, 1e-12) }
            return gaps.reduce(0, +) / Double(gaps.count)
        }
    }
}

extension [Double] {
    /// The largest less the second largest.
    var gapAtTheTop: Double {
        let sorted = sorted(by: >)
        return sorted.count > 1 ? sorted[0] - sorted[1] : sorted.first ?? 0
    }
}

/// Counts of bins and values of every dimension with every factor.
private struct CountTables {
    private let binned: [[Int]]
    private let codes: FactorCodes

    init(_ binned: [[Int]], _ codes: FactorCodes) {
        self.binned = binned
        self.codes = codes
    }

    /// I(z_j; v_k) and H(v_k) of all images but a block.
    func information(
        leavingOut block: Range<Int>
    ) -> (information: [[Double]], entropies: [Double]) {
        let images = Array(0..<block.lowerBound) + Array(block.upperBound..<codes.count)
        var (information, entropies): ([[Double]], [Double]) = ([], [])
        for (factor, values) in zip(codes.factors, codes.values) {
            information.append(
                binned.map { Self.information($0, values, factor.valueCount, images) })
            entropies.append(Self.information(values, values, factor.valueCount, images))
        }
        return (information, entropies)
    }

    /// Σ p(b, v) log p(b, v) / p(b) p(v) in nats.
    private static func information(
        _ bins: [Int], _ values: [Int], _ valueCount: Int, _ images: [Int]
    ) -> Double {
        let rows = max(MutualInformationGap.binCount, valueCount)
        var table = [Double](repeating: 0, count: rows * valueCount)
        for image in images { table[bins[image] * valueCount + values[image]] += 1 }
        let total = Double(images.count)
        let byBin = (0..<rows).map { row in
            table[row * valueCount..<(row + 1) * valueCount].reduce(0, +)
        }
        let byValue = (0..<valueCount).map { value in
            stride(from: value, to: table.count, by: valueCount).reduce(0) { $0 + table[$1] }
        }
        var sum = 0.0
        for (place, count) in table.enumerated() where count > 0 {
            let expected = byBin[place / valueCount] * byValue[place % valueCount]
            sum += count / total * log(count * total / expected)
        }
        return sum
    }
}
