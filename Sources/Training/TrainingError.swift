/// A training that cannot start or go on.
public enum TrainingError: Error, CustomStringConvertible {
    /// Fewer images than a batch.
    case tooFewImages(available: Int, batchSize: Int)
    /// The loss stopped being a number.
    case diverged(epoch: Int, step: Int, learningRate: Double)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .tooFewImages(let available, let batchSize):
            """
            \(available) training images do not fill one batch of \(batchSize); \
            lower data.batch_size or data.validation
            """
        case .diverged(let epoch, let step, let learningRate):
            """
            the loss is not finite at epoch \(epoch), step \(step), learning rate \
            \(learningRate); lower train.lr or lengthen train.kl_warmup_epochs
            """
        }
    }
}
