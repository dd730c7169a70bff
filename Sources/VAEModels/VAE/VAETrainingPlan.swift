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
    /// Where p(x|z) stands that learns its scale.
    public private(set) var scale: PixelScale
    private let scaleTerms: Buffer?
    private var stepNumber: UInt64 = 0
    /// Images that the batches come from.
    private let imageCount: Int
    private let mixtureWork: Buffer?

    /// Compiles both halves. `imageCount` is the number of images that batches are drawn from, by which
    /// a capacity counts its epochs and the total correlation weighs its mixture; a batch when nil.
    /// Throws `PrimitiveError`, `KernelsUnavailable`.
    public init(
        _ model: VAEDescription, batch: Int, objective: VAEObjective = VAEObjective(),
        imageCount: Int? = nil, kernels: KernelChoice = .automatic, precision: Precision = .float32
    ) throws {
        self.model = model
        self.batch = batch
        self.objective = objective
        self.imageCount = imageCount ?? batch
        precondition(self.imageCount >= batch, "\(self.imageCount) images for batches of \(batch)")
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
        if case .totalCorrelation = objective.rate {
            precondition(batch > 1, "the total correlation needs at least two images")
            mixtureWork = Buffer(count: vk_total_correlation_work(batch, model.latentSize))
        } else {
            mixtureWork = nil
        }
        scale = PixelScale(model.pixels)
        scaleTerms = model.pixels.likelihood.learnsScale ? Buffer(count: 2 * nats.count) : nil
    }

    /// Encoder and decoder.
    public var plans: [any TrainingPlan] { [encoder, decoder] }

    /// ε `[batch, importance samples, latentSize]`; `prepare` draws it.
    public var noise: Buffer { latent.noise }

    /// Draws ε and what dropout drops.
    public func prepare(_ source: RandomSource, step: UInt64) {
        stepNumber = step
        source.fillNormal(noise, count: noise.count, for: .latentNoise, step: step)
        encoder.drawDropout(from: source, step: step, firstLayer: 0)
        decoder.drawDropout(from: source, step: step, firstLayer: model.encoder.dropoutCount)
    }

    /// Copies named tensors into both halves, and the scale of a likelihood that learns one.
    public func load(_ tensors: NamedTensors) throws {
        try loadPlans(tensors)
        scale = try PixelScale(model.pixels, tensors: tensors)
    }

    /// The tensors of both halves, then the scale of a likelihood that learns one.
    public func store() throws -> NamedTensors {
        var all = try storePlans()
        all[PixelScale.tensorName] = scale.tensor
        return all
    }

    /// Forward and backward pass of the objective, averaged over the batch: reconstruction + `beta` ·
    /// rate, or −log mean w over the importance samples with
    /// log w = log p(x|z) + `beta` · log (p(z) / q(z|x)). Gradients lie in the plans afterwards. The rate
    /// is Σ_j max(free bits, KL_j) or what else ``VAEObjective/Rate`` says.
    public func step(beta: Float) throws -> StepTerms {
        try runForward()
        let rows = nats.count
        let usesWeights = objective.importanceSamples > 1
        model.pixels.nats(
            PixelModel.Rows(
                outputs: decoder.output, images: images.pointer, rows: 0..<rows,
                size: model.image.count, perImage: objective.importanceSamples),
            logScale: scale.logarithm, scale: usesWeights ? 1 : 1 / Float(batch),
            into: nats.pointer, gradient: decoder.outputGradient, scaleTerms: scaleTerms)
        let divergences = latent.klPerDimension()
        var terms = StepTerms(
            objective: 0, reconstruction: nats.sum() / Double(rows),
            kl: divergences.reduce(0, +))
        if usesWeights {
            terms.objective = try runWeightedBackward(beta: beta)
        } else {
            terms.objective =
                terms.reconstruction + (try runBackward(beta: beta, divergences: divergences))
        }
        try encoder.backward()
        if terms.objective.isFinite { learnScale() }
        return terms
    }

    /// Every draw counts with its importance weight.
    private func learnScale() {
        guard let terms = scaleTerms?.pointer else { return }
        var sums = (slope: 0.0, information: 0.0)
        for row in 0..<nats.count {
            let weight = objective.importanceSamples > 1 ? Double(latent.weights[row]) : 1
            sums.slope += weight * Double(terms[2 * row])
            sums.information += weight * Double(terms[2 * row + 1])
        }
        scale.learn(slope: sums.slope, information: sums.information, step: stepNumber)
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

    /// Gives what the step pays for its codes.
    private func runBackward(beta: Float, divergences: [Double]) throws -> Double {
        try decoder.backward()
        let rate = RateTerm(
            divergences, objective: objective, beta: Double(beta), capacity: capacity)
        latent.backward(
            encoder.output, codesGradient: codesGradient(), weights: rate.slopes,
            into: encoder.outputGradient)
        guard case .totalCorrelation(let weight) = objective.rate, let mixtureWork else {
            return rate.value
        }
        let surplus = Double(beta) / weight * (weight - 1)
        return rate.value + surplus
            * latent.totalCorrelation(
                encoder.output, codes: decoder.input, count: imageCount, weight: surplus,
                work: mixtureWork, into: encoder.outputGradient)
    }

    /// C of this step.
    private var capacity: Double? {
        guard case .capacity(let capacity) = objective.rate else { return nil }
        return capacity.nats(at: Int(stepNumber), stepsPerEpoch: imageCount / batch)
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
