import Foundation

/// A training that cannot start or go on.
public enum TrainingError: Error, CustomStringConvertible {
    /// Fewer images than a batch.
    case tooFewImages(available: Int, batchSize: Int)
    /// A model that needs class numbers was given images without labels.
    case noLabels
    /// A training step takes at least `needed` bytes, more than the `available` ones.
    case tooLarge(needed: Int, available: Int, batchSize: Int)
    /// Loss, gradient or validation stopped being numbers.
    case diverged(Divergence)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .tooFewImages(let available, let batchSize):
            """
            \(available) training images do not fill one batch of \(batchSize); \
            lower data.batch_size or data.validation
            """
        case .noLabels:
            "the data set has no class labels, which this model is trained with; choose another one"
        case .tooLarge(let needed, let available, let batchSize):
            """
            a training step with \(batchSize) images takes more than the \(Self.gigabytes(available)) of \
            memory that there are, \(Self.gigabytes(needed)) for its feature maps and weights alone; lower \
            data.batch_size, model.base_ch or the images' size
            """
        case .diverged(let divergence): divergence.description
        }
    }

    private static func gigabytes(_ bytes: Int) -> String {
        String(format: "%.1f GB", Double(bytes) / 1e9)
    }
}
