import Dispatch
import Files
import Glibc

/// Gradient-boosted trees that tell a factor's value from a code (Friedman 2001), as scikit-learn's
/// `GradientBoostingClassifier` with its standard settings, which disentanglement_lib uses: 100 rounds of
/// one tree a value on the residuals of a softmax, depth 3, learning rate 0.1.
///
/// Unlike there, thresholds are looked for at 255 quantiles of a dimension where it has more than 256
/// different numbers, the first of equal splits is taken where scikit-learn takes one at random, and two
/// values have a tree each.
package struct BoostedTrees: Sendable {
    /// Rounds of boosting.
    package static let rounds = 100
    private static let learningRate = 0.1

    /// Squared error that splits along each dimension take away, as shares of their sum; all 0 where
    /// nothing could be told.
    package let importances: [Double]
    /// Whether each scored code's value was told right.
    package let hits: [Bool]

    /// Fits one factor on `fitted` and tells its value for `scored`.
    package init(fitted: FactorCodes, scored: FactorCodes, factor: Int) {
        let codes = BinnedCodes(fitting: fitted.columns)
        let others = BinnedCodes(scored.columns, thresholds: codes.thresholds)
        let classes = fitted.factors[factor].valueCount
        var scores = Scores(fitted.values[factor], classes: classes)
        var otherScores = [[Double]](
            repeating: [Double](repeating: 0, count: scored.count), count: classes)
        for value in 0..<classes {
            otherScores[value] = [Double](repeating: scores.priors[value], count: scored.count)
        }
        var gains = [Double](repeating: 0, count: fitted.latentSize)
        for _ in 0..<Self.rounds {
            let residuals = scores.residuals()
            let trees = Self.trees(codes, residuals)
            for (value, tree) in trees.enumerated() {
                let leaves = Self.leaves(
                    tree, residuals[value], scores.targets[value], classes: classes)
                scores.add(leaves, at: tree.places, to: value)
                for (image, place) in tree.places(of: others).enumerated() {
                    otherScores[value][image] += leaves[Int(place)]
                }
                gains = zip(gains, tree.gains(latentSize: fitted.latentSize)).map(+)
            }
        }
        let total = gains.reduce(0, +)
        importances = total > 0 ? gains.map { $0 / total } : gains
        hits = (0..<scored.count).map { image in
            let values = otherScores.map { $0[image] }
            return values.firstIndex(of: values.max() ?? 0) == scored.values[factor][image]
        }
    }

    /// One tree for each value, on as many threads as there are cores.
    private static func trees(_ codes: BinnedCodes, _ residuals: [[Double]]) -> [RegressionTree] {
        let found = Guarded([RegressionTree?](repeating: nil, count: residuals.count))
        DispatchQueue.concurrentPerform(iterations: residuals.count) { value in
            let tree = RegressionTree(codes, targets: residuals[value])
            found.withLock { $0[value] = tree }
        }
        return found.withLock { $0.compactMap { $0 } }
    }

    /// What each leaf adds to the scores: a Newton step on the deviance (Friedman 2001, algorithm 6).
    private static func leaves(
        _ tree: RegressionTree, _ residuals: [Double], _ targets: [Bool], classes: Int
    ) -> [Double] {
        let rate = learningRate * Double(classes - 1) / Double(classes)
        var sums = [Double](repeating: 0, count: RegressionTree.placeCount)
        var weights = sums
        for (image, place) in tree.places.enumerated() {
            let share = (targets[image] ? 1 : 0) - residuals[image]
            sums[Int(place)] += residuals[image]
            weights[Int(place)] += share * (1 - share)
        }
        return zip(sums, weights).map { $1 > 1e-150 ? rate * $0 / $1 : 0 }
    }

    /// A softmax of scores for each value of a factor, with the values that are right.
    private struct Scores {
        /// Whether an image has a value, `[values][images]`.
        let targets: [[Bool]]
        /// Scores before the first tree: logarithms of shares.
        let priors: [Double]
        private var scores: [[Double]]

        init(_ values: [Int], classes: Int) {
            targets = (0..<classes).map { value in values.map { $0 == value } }
            priors = targets.map { targets in
                log(max(Double(targets.filter { $0 }.count) / Double(values.count), 1e-7))
            }
            scores = priors.map { [Double](repeating: $0, count: values.count) }
        }

        /// Target less probability, `[values][images]`.
        func residuals() -> [[Double]] {
            var largest = scores[0]
            for row in scores.dropFirst() {
                for image in row.indices { largest[image] = max(largest[image], row[image]) }
            }
            var sums = [Double](repeating: 0, count: largest.count)
            let exponentials = scores.map { zip($0, largest).map { exp($0 - $1) } }
            for row in exponentials {
                for image in row.indices { sums[image] += row[image] }
            }
            return zip(exponentials, targets).map { row, targets in
                row.indices.map { (targets[$0] ? 1 : 0) - row[$0] / sums[$0] }
            }
        }

        mutating func add(_ leaves: [Double], at places: [UInt8], to value: Int) {
            for (image, place) in places.enumerated() {
                scores[value][image] += leaves[Int(place)]
            }
        }
    }
}
