/// A training that was stopped because its numbers were no numbers any more, and where.
public struct Divergence: Sendable, Hashable, CustomStringConvertible {
    /// Epoch, from 1.
    public var epoch: Int
    /// Step in the epoch, from 1.
    public var step: Int
    /// Learning rate of that step.
    public var learningRate: Double
    /// Steps that were not applied, in a row and in all; 0 when the validation gave it away.
    public var skippedInARow = 0
    /// Steps that were not applied in the whole run.
    public var skippedInAll = 0
    /// The first parameter whose gradient is not finite; nil when only the loss is not.
    public var parameter: String?
    /// Largest finite number in the gradients by absolute value; nil when there is none.
    public var largestGradient: Double?

    /// What happened and what to do.
    public var description: String {
        var parts: [String] = []
        if skippedInAll > 0 {
            parts.append(
                "\(skippedInARow) steps in a row, \(skippedInAll) in all, were not applied because "
                    + "loss or gradient was not finite, the last at epoch \(epoch), step \(step), "
                    + "learning rate \(learningRate)")
            parts.append(
                parameter.map { "the first gradient that is no number is that of '\($0)'" }
                    ?? "every gradient is finite, the loss is not")
            if let largestGradient {
                parts.append("the largest finite gradient is \(Float(largestGradient))")
            }
        } else {
            parts.append(
                "the validation score is not finite after epoch \(epoch), step \(step), learning "
                    + "rate \(learningRate)")
        }
        parts.append(
            "the last good checkpoint is kept; lower train.lr, set train.grad_clip or lengthen "
                + "train.kl_warmup_epochs")
        return parts.joined(separator: "; ")
    }
}
