import CKernels
import Networks
import Tensors

/// A VAE compiled for training at one batch size: one call is one step's forward and backward pass.
///
/// With K importance samples the encoder sees `batch` images and the decoder `batch` · K codes, those of
/// an image standing together.
public final class VAETrainingPlan: TrainableModel {
    /// Log-variances are clamped to this range and pass unchanged inside it; outside their gradient is
    /// zero.
    public static let logVarianceRange = LatentDraw.logVarianceRange

    /// What was compiled.
    public let model: VAEDescription
    /// Images in a batch.
    public let batch: Int
    /// What is minimised.
    public let objective: VAEObjective
    /// Encoder on its kernels.
    public let encoder: any TrainingPlan
    /// Decoder on its kernels.
    public let decoder: any TrainingPlan
    /// Images `[batch, channels, height, width]` in 0 … 1, to be filled before `step`.
    public let images: Buffer
    private let latent: LatentDraw
    private let nats: Buffer

    /// Compiles both halves. Throws `PrimitiveError`, `KernelsUnavailable`.
    public init(
        _ model: VAEDescription, batch: Int, objective: VAEObjective = VAEObjective(),
        kernels: KernelChoice = .automatic, precision: Precision = .float32
    ) throws {
        self.model = model
        self.batch = batch
        self.objective = objective
        let draws = objective.importanceSamples
        encoder = try Plans.training(
            model.encoder, batch: batch, needsInputGradient: false, kernels: kernels,
            precision: precision)
        decoder = try Plans.training(
            model.decoder, batch: batch * draws, needsInputGradient: true, kernels: kernels,
            precision: precision)
        images =
            model.pixels.range == .zeroOne ? encoder.input : Buffer(count: encoder.input.count)
        latent = LatentDraw(images: batch, size: model.latentSize, draws: draws)
        nats = Buffer(count: batch * draws)
    }

    /// Encoder and decoder.
    public var plans: [any TrainingPlan] { [encoder, decoder] }

    /// ε `[batch, importance samples, latentSize]`; `prepare` draws it.
    public var noise: Buffer { latent.noise }

    /// Draws ε and what dropout drops.
    public func prepare(_ source: RandomSource, step: UInt64) {
        source.fillNormal(noise, count: noise.count, for: .latentNoise, step: step)
        encoder.drawDropout(from: source, step: step, firstLayer: 0)
        decoder.drawDropout(from: source, step: step, firstLayer: model.encoder.dropoutCount)
    }

    /// Forward and backward pass of the objective, averaged over the batch: reconstruction +
    /// `beta` · Σ_j max(free bits, KL_j), or −log mean w over the importance samples with
    /// log w = log p(x|z) + `beta` · log (p(z) / q(z|x)). Gradients lie in the plans afterwards.
    public func step(beta: Float) throws -> StepTerms {
        try runForward()
        let rows = nats.count
        let usesWeights = objective.importanceSamples > 1
        model.pixels.nats(
            decoder.output, images: images.pointer, rows: 0..<rows, size: model.image.count,
            perImage: objective.importanceSamples, scale: usesWeights ? 1 : 1 / Float(batch),
            into: nats.pointer, gradient: decoder.outputGradient)
        let divergences = latent.klPerDimension()
        var terms = StepTerms(
            objective: 0, reconstruction: nats.sum() / Double(rows),
            kl: divergences.reduce(0, +))
        if usesWeights {
            terms.objective = try runWeightedBackward(beta: beta)
        } else {
            let floor = Double(objective.freeBits)
            let paid = divergences.reduce(0) { $0 + max(floor, $1) }
            terms.objective = terms.reconstruction + Double(beta) * paid
            try runBackward(beta: beta, divergences: divergences)
        }
        try encoder.backward()
        return terms
    }

    private func runForward() throws {
        if images !== encoder.input {
            let map = model.pixels.inputMap
            vk_affine(
                images.pointer, map.scale, map.offset, encoder.input.pointer, images.count)
        }
        try encoder.forward()
        latent.draw(encoder.output, into: decoder.input)
        try decoder.forward()
    }

    private func runBackward(beta: Float, divergences: [Double]) throws {
        try decoder.backward()
        latent.backward(
            encoder.output, codesGradient: codesGradient(), divergences: divergences,
            beta: beta, freeBits: objective.freeBits, into: encoder.outputGradient)
    }

    private func runWeightedBackward(beta: Float) throws -> Double {
        let value = latent.importanceObjective(
            encoder.output, codes: decoder.input, nats: nats, beta: beta,
            weighing: decoder.outputGradient)
        try decoder.backward()
        latent.importanceBackward(
            encoder.output, codes: decoder.input, codesGradient: codesGradient(), beta: beta,
            into: encoder.outputGradient)
        return value
    }

    private func codesGradient() -> Buffer {
        guard let gradient = decoder.inputGradient else {
            preconditionFailure("the decoder was compiled without an input gradient")
        }
        return gradient
    }
}
