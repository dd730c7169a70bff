import Experiments
import Foundation
import Training
import VAEModels

extension ExperimentConfig {
    /// What minus an importance-weighted bound may be called: a likelihood only where the pixels' model
    /// is a normalised one.
    var boundName: String {
        guard pixels.isLikelihood(data.binarization) else { return "greyscale Bernoulli score" }
        return pixels.isProbability(data.binarization) ? "NLL" : "negative log density"
    }

    /// What training minimised, for a reader: "the negative ELBO", "reconstruction + 4 · KL".
    var minimised: String {
        let (beta, objective) = (train.beta, train.objective)
        let weight = short(beta)
        switch objective.rate {
        case .capacity(let capacity):
            return "reconstruction + \(short(capacity.weight)) · |KL − C|, C rising from "
                + "0 to \(short(capacity.limit)) nats over "
                + "\(short(capacity.epochs)) epoch\(capacity.epochs == 1 ? "" : "s") (Burgess et al. 2018)"
        case .totalCorrelation:
            return "reconstruction + mutual information + \(weight) · total correlation + "
                + "dimension-wise KL (Chen et al. 2018)"
        case .divergence: break
        }
        if objective.importanceSamples > 1 {
            let bound =
                "the negative importance-weighted bound of K = \(objective.importanceSamples)"
            return beta == 1 ? bound : "\(bound), with \(weight) · log p(z)/q(z|x)"
        }
        let floor = short(Double(objective.freeBits))
        let kl = objective.freeBits > 0 ? "Σ max(\(floor), KL of a dimension)" : "KL"
        if train.klSchedule.target != nil { return "reconstruction + β · KL, β steered" }
        guard beta != 1 || objective.freeBits > 0 else { return "the negative ELBO" }
        return "reconstruction + \(beta == 1 ? "" : "\(weight) · ")\(kl)"
    }

    /// The capacity C at the end of each epoch, nats; nil for other objectives.
    func capacities(_ epochs: [Int]) -> [Double]? {
        guard case .capacity(let capacity) = train.objective.rate else { return nil }
        return epochs.map { capacity.nats(at: $0, stepsPerEpoch: 1) }
    }

    /// A sentence about what training minimised, where that was not the negative ELBO itself.
    var minimisedNote: String {
        let isPlain = train.objective == VAEObjective() && train.beta == 1
        guard !isPlain || train.klSchedule.target != nil else { return "" }
        let selection =
            train.objective.rate == .divergence ? "" : "; the epoch was selected by the ELBO itself"
        return " Training minimised \(minimised)\(selection)."
    }
}

private func short(_ number: Double) -> String { String(format: "%g", number) }
