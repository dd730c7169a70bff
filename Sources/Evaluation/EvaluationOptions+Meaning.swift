import Training

extension EvaluationOptions {
    /// What log p(x|z) of these targets is, for protocol sentences: "greyscale Bernoulli score".
    var meaning: String { pixels.label(binarization) }

    /// What a bound on log p(x) may be called: "−NLL" only where it bounds a probability.
    var boundName: String { pixels.boundName(binarization) }
}
