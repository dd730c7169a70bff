import Glibc
import VAEModels

extension Posterior {
    /// The posteriors of the images of a block.
    func block(_ images: Range<Int>, latentSize: Int) -> Posterior {
        let range = images.lowerBound * latentSize..<images.upperBound * latentSize
        return Posterior(mean: Array(mean[range]), logVariance: Array(logVariance[range]))
    }

    /// Closed-form KL(q(z_j|x) ‖ N(0, 1)) of the number at `index`, nats:
    /// ½(σ² + μ² − 1 − log σ²), Kingma & Welling 2014, appendix B. In float64: near a collapsed
    /// dimension the terms cancel.
    func divergence(at index: Int) -> Double {
        let mean = Double(mean[index])
        let logVariance = Double(logVariance[index])
        return (exp(logVariance) + mean * mean - 1 - logVariance) / 2
    }

    /// The posteriors of all images, encoded a block at a time.
    package static func encoding(
        _ images: EvaluationImages, with model: any VAEInference,
        progress: EvaluationProgress.Report = { _ in }
    ) throws -> Posterior {
        var all = Posterior(mean: [], logVariance: [])
        all.mean.reserveCapacity(images.count * model.latentSize)
        all.logVariance.reserveCapacity(images.count * model.latentSize)
        for block in images.blocks {
            let part = try model.encode(images.values(of: block))
            guard part.mean.allSatisfy(\.isFinite), part.logVariance.allSatisfy(\.isFinite) else {
                throw EvaluationError.notFinite(what: "posteriors")
            }
            all.mean.append(contentsOf: part.mean)
            all.logVariance.append(contentsOf: part.logVariance)
            progress(
                EvaluationProgress(
                    stage: "encoding", completed: block.upperBound, total: images.count))
        }
        return all
    }
}
