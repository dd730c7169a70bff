/// A training that cannot start or go on.
public enum TrainingError: Error, CustomStringConvertible {
    /// Fewer images than a batch.
    case tooFewImages(available: Int, batchSize: Int)
    /// A model that needs class numbers was given images without labels.
    case noLabels
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
        case .diverged(let divergence): divergence.description
        }
    }
}
