import Training

extension EvaluationOptions {
    /// What log p(x|z) of these targets is, for protocol sentences: "greyscale Bernoulli score".
    var meaning: String { pixels.label(binarization, scale: pixelScale) }

    /// What a bound on log p(x) may be called: "−NLL" only where it bounds a probability.
    var boundName: String { pixels.boundName(binarization) }

    /// Whether the bounds are on a probability of the pixels, which has bits per dimension.
    var hasBits: Bool { pixels.isProbability(binarization) }
}
