import Datasets
import Glibc
import Tensors

/// What the dimensions of a code have to do with the factors that the images were drawn from: MIG, DCI,
/// SAP and the FactorVAE score, of posterior means.
///
/// What is fitted is fitted on training images and scored on test images. disentanglement_lib draws both
/// from the same images; its sizes are kept.
public struct DisentanglementScores: Sendable, Hashable, Codable {
    /// Training images that trees, thresholds and votes are fitted on, at most.
    public static let mostFitted = 10_000
    /// Test images that they are scored on, at most.
    public static let mostScored = 5_000
    /// Test images that mutual information is counted over, at most.
    public static let mostCounted = 10_000

    /// What the matrices' rows are.
    public let factors: [Factor]
    /// Numbers in a code.
    public let latentSize: Int
    /// Training images used.
    public let fittedCount: Int
    /// Test images that were scored.
    public let scoredCount: Int
    /// Test images that mutual information was counted over.
    public let countedCount: Int
    /// I(z_j; v_k) / H(v_k), `[factors][latentSize]`.
    public let information: [[Double]]
    /// Importance of each dimension for telling each factor, rows add up to 1, `[factors][latentSize]`.
    public let importance: [[Double]]
    /// SAP's score of single dimensions, `[factors][latentSize]`.
    public let predictability: [[Double]]
    /// MIG.
    public let gap: MeanEstimate
    /// DCI disentanglement.
    public let disentanglement: Double
    /// DCI completeness.
    public let completeness: Double
    /// DCI informativeness: the share of values that trees tell right, mean over factors.
    public let informativeness: MeanEstimate
    /// SAP.
    public let predictabilityGap: MeanEstimate
    /// The FactorVAE score.
    public let votes: MeanEstimate
    /// Dimensions that had a say in the votes.
    public let votingDimensions: Int

    /// A factor as a figure shows it.
    public struct Factor: Sendable, Hashable, Codable {
        /// Its name.
        public let name: String
        /// Values it takes.
        public let valueCount: Int
        /// What the values are.
        public let meaning: String
        /// The share of its values that trees tell right.
        public let accuracy: Double
        /// 1 − entropy of its importances: how much one dimension says all.
        public let completeness: Double
    }

    /// From codes of training images and of test images; every factor varies in both.
    package init(
        fitted: FactorCodes, test: FactorCodes, source: RandomSource,
        progress: EvaluationProgress.Report = { _ in }
    ) {
        let fitted = fitted.prefix(Self.mostFitted)
        let scored = test.prefix(Self.mostScored)
        let counted = test.prefix(Self.mostCounted)
        let count = fitted.factors.count
        let trees = (0..<count).map { factor -> BoostedTrees in
            progress(EvaluationProgress(stage: "trees of factors", completed: factor, total: count))
            return BoostedTrees(fitted: fitted, scored: scored, factor: factor)
        }
        progress(EvaluationProgress(stage: "trees of factors", completed: count, total: count))
        let gap = MutualInformationGap(counted)
        let predicted = AttributePredictability(fitted: fitted, scored: scored)
        let votes = FactorVotes(fitted: fitted, scored: scored, source: source)
        importance = trees.map(\.importances)
        let shares = ImportanceScores(importance)
        information = gap.shares
        predictability = predicted.scores
        self.gap = MeanEstimate(
            mean: gap.score, standardError: gap.standardError, count: counted.count)
        disentanglement = shares.disentanglement
        completeness = shares.completeness
        informativeness = Self.informativeness(trees, count: scored.count)
        predictabilityGap = MeanEstimate(
            mean: predicted.score, standardError: predicted.standardError, count: scored.count)
        self.votes = Self.share(votes.accuracy, of: FactorVotes.scoredVotes, count: scored.count)
        votingDimensions = votes.active.count
        latentSize = fitted.latentSize
        (fittedCount, scoredCount) = (fitted.count, scored.count)
        countedCount = counted.count
        factors = fitted.factors.enumerated().map { index, factor in
            Factor(
                name: factor.name, valueCount: factor.valueCount, meaning: factor.meaning,
                accuracy: trees[index].accuracy, completeness: shares.ofFactors[index])
        }
    }

    /// The mean over factors of the share told right, with its error over images.
    private static func informativeness(_ trees: [BoostedTrees], count: Int) -> MeanEstimate {
        let shares = (0..<count).map { image in
            Double(trees.filter { $0.hits[image] }.count) / Double(trees.count)
        }
        let statistics = SampleStatistics(shares)
        return MeanEstimate(
            mean: statistics.mean, standardError: statistics.standardError, count: count)
    }

    private static func share(_ share: Double, of votes: Int, count: Int) -> MeanEstimate {
        MeanEstimate(
            mean: share, standardError: (share * (1 - share) / Double(votes)).squareRoot(),
            count: count)
    }
}

extension BoostedTrees {
    /// The share of values that were told right.
    fileprivate var accuracy: Double { Double(hits.filter { $0 }.count) / Double(hits.count) }
}
