/// How far sets of images are from real ones in the space of a classifier's features: samples from the
/// prior, and from a mixture in its place, reconstructions, and other real images, which is the floor that no model goes below.
///
/// The reference is one half of the scored images (those of even index), everything is compared with it
/// at equal N: the other half as it is, the other half reconstructed, and as many samples.
public struct DistributionScores: Sendable, Hashable, Codable {
    /// One set of images against the reference.
    public struct Distances: Sendable, Hashable, Codable {
        /// Fréchet distance.
        public let frechet: Double
        /// Squared maximum mean discrepancy.
        public let kernel: KernelDistance
        /// Precision and recall; nil in results that were stored before they were kept.
        public let overlap: ManifoldOverlap?
    }

    /// Fewest images of a set for each number of a feature vector: fewer leave the covariance to chance.
    public static let imagesPerFeature = 10

    /// What the features are.
    public let featureTitle: String
    /// Numbers in a feature vector.
    public let featureSize: Int
    /// Images in each set.
    public let count: Int
    /// Real images against real ones.
    public let floor: Distances
    /// Reconstructions.
    public let reconstructions: Distances
    /// Samples from the prior.
    public let samples: Distances
    /// Samples from a mixture fitted to codes; nil when there is none.
    public let mixture: Distances?
    /// Samples at `coolTemperature`, decoded from the same noise; nil in results that were stored before
    /// they were scored.
    public let coolSamples: Distances?

    /// Standard deviation of the codes of `coolSamples`; 1 is the prior itself.
    public static let coolTemperature: Float = 0.7

    /// Whether so many scored images are enough; half of them make a set.
    static func isEnough(_ count: Int, featureSize: Int) -> Bool {
        count / 2 >= max(imagesPerFeature * featureSize, ManifoldOverlap.neighbours + 1)
    }

    /// The features of each set, `[count, size]` with the same count.
    struct Sets {
        var reference: [Float] = []
        var others: [Float] = []
        var reconstructions: [Float] = []
        var samples: [Float] = []
        var coolSamples: [Float] = []
        /// Empty when there is no mixture.
        var mixture: [Float] = []
    }

    /// Compares every set with the reference.
    init(
        _ sets: Sets, title: String, size: Int, progress: EvaluationProgress.Report
    ) throws {
        let reference = sets.reference
        let parts = sets.mixture.isEmpty ? 4 : 5
        let moments = FeatureMoments(reference, size: size)
        let real = FeatureNeighbourhoods(
            reference, size: size, neighbours: ManifoldOverlap.neighbours)
        func distances(_ features: [Float], part: Int) throws -> Distances {
            progress(
                EvaluationProgress(
                    stage: "comparing sets", completed: part, total: parts, unit: "sets"))
            guard features.allSatisfy(\.isFinite) else {
                throw EvaluationError.notFinite(what: "images")
            }
            return Distances(
                frechet: try FrechetDistance.between(
                    moments, FeatureMoments(features, size: size)),
                kernel: KernelDistance(reference, features, size: size),
                overlap: ManifoldOverlap(real: real, made: features))
        }
        featureTitle = title
        featureSize = size
        count = reference.count / size
        floor = try distances(sets.others, part: 0)
        reconstructions = try distances(sets.reconstructions, part: 1)
        samples = try distances(sets.samples, part: 2)
        coolSamples = try distances(sets.coolSamples, part: 3)
        mixture = sets.mixture.isEmpty ? nil : try distances(sets.mixture, part: 4)
    }
}
