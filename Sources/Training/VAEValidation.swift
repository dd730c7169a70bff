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

    /// Images whose pixels are in memory as float32 at once.
    private static let block = 500
    /// Images that go through the kernels at a time: a training step's, so that validation takes no more
    /// memory than it must.
    private static let batch = 125

    /// With a dynamic binarisation the targets are drawn here, once: every epoch sees the same ones.
    init(model: VAEDescription, images: ImageSet, options: TrainingOptions) {
        self.model = model
        self.options = options
        self.images = options.binarization == .dynamic ? Self.drawn(images, options) : images
    }

    /// Both terms with one posterior draw an image, and what epochs are selected by: reconstruction + β ·
    /// KL at the target β, the plain bound where another rate is trained, or minus the K-sample bound
    /// where that is trained. Nil without images.
    func measure(_ tensors: NamedTensors) throws -> Validation? {
        guard images.count > 0 else { return nil }
        let sums = try sums(CompiledVAE(model, tensors: tensors, batch: Self.batch))
        let count = Double(images.count)
        let terms = ObjectiveTerms(
            reconstruction: -sums.logLikelihood / count, kl: sums.kl / count)
        let beta = options.selectionBeta
        return Validation(
            terms: terms,
            objective: sums.bound.map { -$0 / count } ?? terms.objective(beta: beta))
    }

    /// Sums over all images; the bound where that is trained.
    private func sums(
        _ compiled: CompiledVAE
    ) throws -> (logLikelihood: Double, kl: Double, bound: Double?) {
        let size = model.latentSize
        let noise = source.normal(images.count * size, for: .validation)
        let samples = options.objective.importanceSamples
        let bound = ValidationBound(
            model: compiled, samples: samples, beta: options.fitting.klSchedule.beta,
            source: source)
        var sums = (logLikelihood: 0.0, kl: 0.0, bound: 0.0)
        for start in stride(from: 0, to: images.count, by: Self.block) {
            let rows = start..<min(start + Self.block, images.count)
            let targets = images.slice(rows).bytes.map { Float($0) / 255 }
            let posterior = try compiled.encode(targets)
            let codes = posterior.draw(
                Array(noise[rows.lowerBound * size..<rows.upperBound * size]))
            for value in try compiled.logLikelihood(of: targets, codes: codes, perImage: 1) {
                sums.logLikelihood += Double(value)
            }
            for value in posterior.kl { sums.kl += Double(value) }
            if samples > 1 { sums.bound += try bound.sum(targets, posterior, first: start) }
        }
        return (sums.logLikelihood, sums.kl, samples > 1 ? sums.bound : nil)
    }

    private var source: RandomSource { RandomSource(seed: options.fitting.seed) }

    private static func drawn(_ images: ImageSet, _ options: TrainingOptions) -> ImageSet {
        let values = Kernels.binarized(
            images.bytes.map { Float($0) / 255 },
            source: RandomSource(seed: options.fitting.seed), purpose: .validation, step: 1)
        return ImageSet(
            pixels: values.map { $0 > 0 ? 255 : 0 }, labels: images.labels, shape: images.shape)
    }
}

/// The importance-weighted bound (Burda et al. 2016, eq. 8) on validation images; with another β
/// than 1, log w has β · log (p(z) / q(z|x)), as in training.
private struct ValidationBound {
    let model: CompiledVAE
    let samples: Int
    let beta: Double
    let source: RandomSource

    /// Images whose draws are in memory at once; part of the definition of the random numbers.
    private static let block = 100

    /// The sum of the bounds of images of which the first is number `first`, a multiple of the block.
    func sum(_ targets: [Float], _ posterior: Posterior, first: Int) throws -> Double {
        let count = targets.count / model.pixelCount
        var sum = 0.0
        for start in stride(from: 0, to: count, by: Self.block) {
            let rows = start..<min(start + Self.block, count)
            let index = (first + start) / Self.block
            sum += try self.sum(targets, posterior, rows: rows, step: UInt64(2 + index))
        }
        return sum
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
