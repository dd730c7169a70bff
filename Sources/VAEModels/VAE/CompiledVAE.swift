import CKernels
import Networks
import Tensors

/// A trained VAE ready for evaluation: encoder and decoder compiled for inference, any number of images.
public final class CompiledVAE: VAEInference {
    /// What was compiled.
    public let model: VAEDescription
    private let encoder: any InferencePlan
    private let decoder: any InferencePlan
    private let scale: PixelScale

    /// Images of up to 64 × 64 pixels that go through the kernels at a time; fewer of larger ones.
    public static let defaultBatch = 256

    /// Compiles `model` with the numbers in `tensors`. Throws `PrimitiveError`, `ParameterMismatch`,
    /// `KernelsUnavailable`.
    public init(
        _ model: VAEDescription, tensors: NamedTensors, batch: Int = defaultBatch,
        kernels: KernelChoice = .automatic, precision: Precision = .float32
    ) throws {
        self.model = model
        let batch = model.image.batch(atMost: batch)
        scale = try PixelScale(model.pixels, tensors: tensors)
        encoder = try Plans.inference(
            model.encoder, batch: batch, tensors: tensors, kernels: kernels, precision: precision)
        decoder = try Plans.inference(
            model.decoder, batch: batch, tensors: tensors, kernels: kernels, precision: precision)
    }

    /// Numbers in a code.
    public var latentSize: Int { model.latentSize }
    /// Numbers in an image.
    public var pixelCount: Int { model.image.count }
    /// The scale of p(x|z) in the pixels' own range; nil where the likelihood learns none.
    public var pixelScale: Double? { scale.value }

    /// Posteriors of images in 0 … 1, a batch at a time.
    public func encode(_ images: [Float]) throws -> Posterior {
        let range = VAETrainingPlan.logVarianceRange
        let map = model.pixels.inputMap
        var mean: [Float] = []
        var logVariance: [Float] = []
        mean.reserveCapacity(images.count / pixelCount * latentSize)
        logVariance.reserveCapacity(images.count / pixelCount * latentSize)
        try encoder.eachBatch(images, rowSize: pixelCount) { rows in
            if model.pixels.range != .zeroOne {
                vk_affine(
                    encoder.input.pointer, map.scale, map.offset, encoder.input.pointer,
                    rows.count * pixelCount)
            }
            try encoder.forward()
            for row in 0..<rows.count {
                let start = 2 * row * latentSize
                for index in start..<start + latentSize {
                    mean.append(encoder.output.pointer[index])
                    let raw = encoder.output.pointer[index + latentSize]
                    logVariance.append(min(max(raw, range.lowerBound), range.upperBound))
                }
            }
        }
        return Posterior(mean: mean, logVariance: logVariance)
    }

    /// The decoder's output for codes, a batch at a time: logits of Bernoulli pixels, else what
    /// `PixelModel` says.
    public func decode(_ codes: [Float]) throws -> [Float] {
        try decoder.outputs(of: codes, rowSize: latentSize, outputSize: pixelCount)
    }

    /// Mean images of codes, in 0 … 1 whatever range the network sees.
    public func reconstruct(_ codes: [Float]) throws -> [Float] {
        model.pixels.meanImages(try decode(codes), logScale: scale.logarithm)
    }

    /// log p(x|z) of each code; where the kernels allow it, no logit is stored.
    public func logLikelihood(
        of images: [Float], codes: [Float], perImage: Int
    ) throws -> [Float] {
        let count = codes.count / latentSize
        precondition(
            images.count / pixelCount * perImage == count,
            "\(count) codes for \(images.count / pixelCount) images, \(perImage) each")
        let nats = Buffer(count: count)
        if model.pixels.likelihood == .bernoulli, let scoring = decoder as? any PixelScoring,
            scoring.scoresPixels
        {
            try decoder.eachBatch(codes, rowSize: latentSize) { rows in
                try scoring.bernoulliNats(
                    targets: images, perTarget: perImage, first: rows.lowerBound,
                    count: rows.count, into: nats.pointer + rows.lowerBound)
            }
        } else {
            try decoder.run(codes, rowSize: latentSize) { outputs, rows in
                images.withUnsafeBufferPointer { images in
                    guard let base = images.baseAddress else { return }
                    model.pixels.nats(
                        PixelModel.Rows(
                            outputs: outputs, images: base, rows: rows, size: pixelCount,
                            perImage: perImage),
                        logScale: scale.logarithm, into: nats.pointer + rows.lowerBound)
                }
            }
        }
        return nats.read(count).map { -$0 }
    }
}
