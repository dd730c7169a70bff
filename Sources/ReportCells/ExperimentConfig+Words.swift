import Experiments

extension ExperimentConfig {
    /// The value of a key as its text; nil for a key that the table does not have.
    private func text(_ key: String) -> String? {
        resolved.first { $0.name == key }?.value.canonicalText
    }

    /// What minus an importance-weighted bound may be called: a likelihood only where the pixels' model
    /// is a normalised one.
    var boundName: String {
        switch (text("train.recon_loss"), data.isBinarized) {
        case ("bce", false): "greyscale Bernoulli score"
        default: "NLL"
        }
    }
}
