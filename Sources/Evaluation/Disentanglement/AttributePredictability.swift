/// How well each single dimension predicts each factor, and the gap between the best and the second
/// (Kumar et al. 2018, section 3: SAP).
///
/// For an ordered factor the squared correlation of dimension and value, which is the R² of a straight
/// line. For kinds, such as shapes, the balanced accuracy of thresholds on the dimension: 20 bins of
/// equal width, each of which answers with the kind that most of its training images have, kinds weighed
/// alike. disentanglement_lib fits a linear support vector machine to either, which gives middle values
/// of an ordered factor no chance.
package struct AttributePredictability: Sendable {
    /// Bins between the thresholds.
    package static let binCount = 20

    /// The scores of single dimensions, `[factors][latentSize]`.
    package let scores: [[Double]]

    /// Largest less second largest of each factor.
    package var gaps: [Double] { scores.map(\.gapAtTheTop) }

    /// SAP: the mean of the gaps.
    package var score: Double { gaps.reduce(0, +) / Double(gaps.count) }

    /// The standard error of the score over the scored images.
    package let standardError: Double?

    /// Thresholds are set on `fitted`, everything is scored on `scored`.
    package init(fitted: FactorCodes, scored: FactorCodes) {
        let thresholds = fitted.factors.indices.map { factor in
            fitted.factors[factor].isOrdered
                ? [] : (0..<fitted.latentSize).map { Thresholds(fitted, factor, $0) }
        }
        func table(leavingOut block: Range<Int>) -> [[Double]] {
            let images = Array(0..<block.lowerBound) + Array(block.upperBound..<scored.count)
            return scored.factors.indices.map { factor in
                (0..<scored.latentSize).map { dimension in
                    let (codes, values) = (scored.columns[dimension], scored.values[factor])
                    return scored.factors[factor].isOrdered
                        ? Self.squaredCorrelation(codes, values, images)
                        : thresholds[factor][dimension].accuracy(codes, values, images)
                }
            }
        }
        scores = table(leavingOut: 0..<0)
        standardError = BlockJackknife.standardError(count: scored.count) { block in
            let gaps = table(leavingOut: block).map(\.gapAtTheTop)
            return gaps.reduce(0, +) / Double(gaps.count)
        }
    }

    /// Cov² / (Var · Var); 0 where the code never varies.
    private static func squaredCorrelation(
        _ codes: [Double], _ values: [Int], _ images: [Int]
    ) -> Double {
        let count = Double(images.count)
        let codeMean = images.reduce(0) { $0 + codes[$1] } / count
        let valueMean = images.reduce(0) { $0 + Double(values[$1]) } / count
        var (covariance, ofCode, ofValue) = (0.0, 0.0, 0.0)
        for image in images {
            let (code, value) = (codes[image] - codeMean, Double(values[image]) - valueMean)
            covariance += code * value
            ofCode += code * code
            ofValue += value * value
        }
        guard ofCode / count > 1e-12, ofValue > 0 else { return 0 }
        return covariance * covariance / (ofCode * ofValue)
    }
}

/// A kind for each bin of one dimension.
private struct Thresholds {
    private let bins: EqualBins
    private let kinds: [Int]
    private let kindCount: Int

    init(_ codes: FactorCodes, _ factor: Int, _ dimension: Int) {
        let count = codes.factors[factor].valueCount
        let bins = EqualBins(codes.columns[dimension], count: AttributePredictability.binCount)
        var totals = [Double](repeating: 0, count: count)
        for value in codes.values[factor] { totals[value] += 1 }
        var weights = [[Double]](
            repeating: [Double](repeating: 0, count: count), count: bins.count)
        for (code, value) in zip(codes.columns[dimension], codes.values[factor]) {
            weights[bins.bin(of: code)][value] += 1 / totals[value]
        }
        self.bins = bins
        kindCount = count
        kinds = Self.kinds(weights)
    }

    /// The heaviest kind of each bin, the first of equals; an empty bin answers as the bin below it, and
    /// the lowest ones as the first that is not empty.
    private static func kinds(_ weights: [[Double]]) -> [Int] {
        let own = weights.map { weights -> Int? in
            let largest = weights.max() ?? 0
            return largest > 0 ? weights.firstIndex(of: largest) : nil
        }
        var last = own.lazy.compactMap { $0 }.first ?? 0
        return own.map { kind in
            last = kind ?? last
            return last
        }
    }

    /// The mean over kinds of the share of a kind's images that are told right.
    func accuracy(_ codes: [Double], _ values: [Int], _ images: [Int]) -> Double {
        var right = [Double](repeating: 0, count: kindCount)
        var totals = right
        for image in images {
            totals[values[image]] += 1
            if kinds[bins.bin(of: codes[image])] == values[image] { right[values[image]] += 1 }
        }
        let shares = zip(right, totals).filter { $0.1 > 0 }.map { $0 / $1 }
        return shares.reduce(0, +) / Double(max(shares.count, 1))
    }
}
