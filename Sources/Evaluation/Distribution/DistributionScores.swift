/// How far sets of images are from real ones in the space of a classifier's features: samples from the
/// prior, reconstructions, and other real images, which is the floor that no model goes below.
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

    /// Whether so many scored images are enough; half of them make a set.
    static func isEnough(_ count: Int, featureSize: Int) -> Bool {
        count / 2 >= max(imagesPerFeature * featureSize, 2)
    }

    /// From features `[count, size]` of the four sets, which have the same count.
    init(
        title: String, size: Int, reference: [Float], others: [Float], reconstructions: [Float],
        samples: [Float]
    ) throws {
        let moments = FeatureMoments(reference, size: size)
        func distances(_ features: [Float]) throws -> Distances {
            guard features.allSatisfy(\.isFinite) else {
                throw EvaluationError.notFinite(what: "images")
            }
            return Distances(
                frechet: try FrechetDistance.between(
                    moments, FeatureMoments(features, size: size)),
                kernel: KernelDistance(reference, features, size: size))
        }
        featureTitle = title
        featureSize = size
        count = reference.count / size
        floor = try distances(others)
        self.reconstructions = try distances(reconstructions)
        self.samples = try distances(samples)
    }
}
