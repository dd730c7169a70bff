/// How far two sets of feature vectors cover the same region (Kynkäänniemi et al. 2019, eq. 2): precision
/// is how much of what a model makes looks real, recall how much of what is real it can make.
///
/// Each set covers the balls round its vectors that reach their k-th nearest neighbour. Both sets have the
/// same number of vectors, since the balls shrink as it grows.
public struct ManifoldOverlap: Sendable, Hashable, Codable {
    /// k, the paper's choice.
    public static let neighbours = 3

    /// Share of the made vectors that lie in a ball of a real one.
    public let precision: MeanEstimate
    /// Share of the real vectors that lie in a ball of a made one.
    public let recall: MeanEstimate

    /// The overlap of `real` and `made`, `[count, size]` each with the same count > k.
    public init(real: [Float], made: [Float], size: Int) {
        self.init(
            real: FeatureNeighbourhoods(real, size: size, neighbours: Self.neighbours), made: made)
    }

    /// The same with the real set's neighbourhoods, which several sets share.
    init(real: FeatureNeighbourhoods, made: [Float]) {
        let made = FeatureNeighbourhoods(
            made, size: real.vectors.columns, neighbours: Self.neighbours)
        precondition(
            real.radii.count == made.radii.count,
            "\(real.radii.count) real vectors but \(made.radii.count) made ones")
        let inside = real.overlap(made)
        precision = MeanEstimate(share: inside.other)
        recall = MeanEstimate(share: inside.own)
    }
}

extension MeanEstimate {
    /// The share of what holds among one or more cases.
    init(share found: [Bool]) {
        let statistics = SampleStatistics(found.map { $0 ? 1 : 0 })
        self.init(
            mean: statistics.mean, standardError: statistics.standardError, count: found.count)
    }
}
