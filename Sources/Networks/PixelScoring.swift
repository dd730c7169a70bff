/// An inference plan that can give the likelihood of pixels without storing their logits.
package protocol PixelScoring: InferencePlan {
    /// Whether the network ends in a way that allows it.
    var scoresPixels: Bool { get }

    /// −log p(x|z) in nats of the first `count` rows of the batch, Bernoulli pixels with the output as
    /// logits. Row `first` of all is row 0 here; `perTarget` rows in turn share one of `targets`.
    func bernoulliNats(
        targets: UnsafePointer<Float>, perTarget: Int, first: Int, count: Int,
        into nats: UnsafeMutablePointer<Float>) throws
}
