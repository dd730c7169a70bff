import Datasets
import Foundation
import Tensors
import VAEModels

/// Scores a VAE on the images that validate it, with noise that depends on the run's seed alone, so that
/// epochs are compared on equal terms.
struct VAEValidation {
    let model: VAEDescription
    let images: ImageSet
    let options: TrainingOptions

    /// Both terms with one posterior draw an image, and what epochs are selected by: reconstruction + β ·
    /// KL at the target β, or minus the K-sample bound where that is trained. Nil without images.
    func measure(_ tensors: NamedTensors) throws -> Validation? {
        guard images.count > 0 else { return nil }
        let compiled = try CompiledVAE(model, tensors: tensors)
        let targets = targets()
        let posterior = try compiled.encode(targets)
        let codes = posterior.draw(source.normal(posterior.mean.count, for: .validation))
        let logLikelihood = try compiled.logLikelihood(of: targets, codes: codes, perImage: 1)
        let count = Double(images.count)
        let terms = ObjectiveTerms(
            reconstruction: -logLikelihood.reduce(0.0) { $0 + Double($1) } / count,
            kl: posterior.kl.reduce(0.0) { $0 + Double($1) } / count)
        let samples = options.objective.importanceSamples
        let beta = options.fitting.klSchedule.beta
        guard samples > 1 else {
            return Validation(terms: terms, objective: terms.objective(beta: beta))
        }
        let bound = try ValidationBound(
            model: compiled, samples: samples, beta: beta, source: source
        ).mean(targets, posterior)
        return Validation(terms: terms, objective: -bound)
    }

    private var source: RandomSource { RandomSource(seed: options.fitting.seed) }

    private func targets() -> [Float] {
        let values = images.pixels.map { Float($0) / 255 }
        guard options.binarization == .dynamic else { return values }
        return Kernels.binarized(values, source: source, purpose: .validation, step: 1)
    }
}

/// The importance-weighted bound (Burda et al. 2016, eq. 8) on validation images, mean over images; with
/// another β than 1, log w has β · log (p(z) / q(z|x)), as in training.
private struct ValidationBound {
    let model: CompiledVAE
    let samples: Int
    let beta: Double
    let source: RandomSource

    /// Images whose draws are in memory at once; part of the definition of the random numbers.
    private static let block = 100

    func mean(_ targets: [Float], _ posterior: Posterior) throws -> Double {
        let count = targets.count / model.pixelCount
        var sum = 0.0
        for (index, start) in stride(from: 0, to: count, by: Self.block).enumerated() {
            let rows = start..<min(start + Self.block, count)
            sum += try self.sum(targets, posterior, rows: rows, step: UInt64(2 + index))
        }
        return sum / Double(count)
    }

    /// The sum of the bounds of the images in `rows`.
    private func sum(
        _ targets: [Float], _ posterior: Posterior, rows: Range<Int>, step: UInt64
    ) throws -> Double {
        let size = model.latentSize
        let noise = source.normal(rows.count * samples * size, for: .validation, step: step)
        var codes = [Float](repeating: 0, count: noise.count)
        var logRatios = [Double](repeating: 0, count: rows.count * samples)
        for draw in logRatios.indices {
            let row = (rows.lowerBound + draw / samples) * size
            for dimension in 0..<size {
                let epsilon = noise[draw * size + dimension]
                let code =
                    posterior.mean[row + dimension]
                    + posterior.deviation(row + dimension) * epsilon
                codes[draw * size + dimension] = code
                // log p(z) − log q(z|x); the terms ½ log 2π of both cancel.
                logRatios[draw] +=
                    0.5
                    * Double(
                        epsilon * epsilon + posterior.logVariance[row + dimension] - code * code)
            }
        }
        let images = Array(
            targets[rows.lowerBound * model.pixelCount..<rows.upperBound * model.pixelCount])
        let nats = try model.logLikelihood(of: images, codes: codes, perImage: samples)
        let weights = zip(nats, logRatios).map { Double($0) + beta * $1 }
        return stride(from: 0, to: weights.count, by: samples).reduce(0) {
            $0 + Self.logMeanExp(weights[$1..<$1 + samples])
        }
    }

    private static func logMeanExp(_ values: ArraySlice<Double>) -> Double {
        let largest = values.max() ?? 0
        guard largest.isFinite else { return largest }
        let sum = values.reduce(0) { $0 + exp($1 - largest) }
        return largest + log(sum / Double(values.count))
    }
}
