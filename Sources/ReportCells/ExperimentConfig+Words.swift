import Experiments
import Training

extension ExperimentConfig {
    /// What minus an importance-weighted bound may be called: a likelihood only where the pixels' model
    /// is a normalised one.
    var boundName: String {
        guard pixels.isLikelihood(data.binarization) else { return "greyscale Bernoulli score" }
        return pixels.likelihood == .bernoulli ? "NLL" : "negative log density"
    }
}
