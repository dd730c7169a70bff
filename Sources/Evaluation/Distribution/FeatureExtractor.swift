/// Turns images into feature vectors, in whose space two sets of images are compared.
///
/// A protocol because distances are also tested on toy features whose answers are known exactly.
public protocol FeatureExtractor: AnyObject {
    /// Numbers in a feature vector.
    var featureSize: Int { get }
    /// What the features are, for a protocol sentence: "features of a classifier trained on MNIST
    /// (accuracy 98.9 %)".
    var featureTitle: String { get }
    /// Features `[count, featureSize]` of images `[count, channels, height, width]` in 0 … 1. Any
    /// `count`; the extractor batches inside.
    func features(_ images: [Float]) throws -> [Float]
}
