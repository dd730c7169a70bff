import CKernels
import Networks
import Tensors

/// A trained VAE ready for evaluation: encoder and decoder compiled for inference, any number of images.
public final class CompiledVAE: VAEInference {
    /// What was compiled.
    public let model: VAEDescription
    private let encoder: any InferencePlan
    private let decoder: any InferencePlan

    /// Images that go through the kernels at a time.
    public static let defaultBatch = 256

    /// Compiles `model` with the numbers in `tensors`. Throws `PrimitiveError`, `ParameterMismatch`,
    /// `KernelsUnavailable`.
    public init(
        _ model: VAEDescription, tensors: NamedTensors, batch: Int = defaultBatch,
        kernels: KernelChoice = .automatic, precision: Precision = .float32
    ) throws {
        self.model = model
        encoder = try Plans.inference(
            model.encoder, batch: batch, tensors: tensors, kernels: kernels, precision: precision)
        decoder = try Plans.inference(
            model.decoder, batch: batch, tensors: tensors, kernels: kernels, precision: precision)
    }

    /// Numbers in a code.
    public var latentSize: Int { model.latentSize }
    /// Numbers in an image.
    public var pixelCount: Int { model.image.count }

    /// Posteriors of images, a batch at a time.
    public func encode(_ images: [Float]) throws -> Posterior {
        let count = images.count / pixelCount
        precondition(
            count * pixelCount == images.count,
            "\(images.count) numbers are no whole images of \(pixelCount)")
        let range = VAETrainingPlan.logVarianceRange
        var mean: [Float] = []
        var logVariance: [Float] = []
        mean.reserveCapacity(count * latentSize)
        logVariance.reserveCapacity(count * latentSize)
        try run(encoder, images, rowSize: pixelCount) { heads, rows in
            for row in 0..<rows.count {
                let start = 2 * row * latentSize
                for index in start..<start + latentSize {
                    mean.append(heads.pointer[index])
                    let raw = heads.pointer[index + latentSize]
                    logVariance.append(min(max(raw, range.lowerBound), range.upperBound))
                }
            }
        }
        return Posterior(mean: mean, logVariance: logVariance)
    }

    /// Logits of codes, a batch at a time.
    public func decode(_ codes: [Float]) throws -> [Float] {
        var logits: [Float] = []
        logits.reserveCapacity(codes.count / latentSize * pixelCount)
        try run(decoder, codes, rowSize: latentSize) { output, rows in
            logits.append(contentsOf: output.read(rows.count * pixelCount))
        }
        return logits
    }

    /// Mean images of codes.
    public func reconstruct(_ codes: [Float]) throws -> [Float] {
        Kernels.sigmoid(try decode(codes))
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
        if let scoring = decoder as? any PixelScoring, scoring.scoresPixels {
            try eachBatch(decoder, codes, rowSize: latentSize) { rows in
                try scoring.bernoulliNats(
                    targets: images, perTarget: perImage, first: rows.lowerBound,
                    count: rows.count, into: nats.pointer + rows.lowerBound)
            }
        } else {
            try run(decoder, codes, rowSize: latentSize) { logits, rows in
                vk_bernoulli_nats(
                    logits.pointer, images, rows.count, pixelCount, perImage, rows.lowerBound, 1,
                    nats.pointer + rows.lowerBound, nil)
            }
        }
        return nats.read(count).map { -$0 }
    }

    /// Sends `values` through `plan` a batch at a time; `use` sees the output of the rows given.
    private func run(
        _ plan: any InferencePlan, _ values: [Float], rowSize: Int,
        use: (Buffer, Range<Int>) throws -> Void
    ) throws {
        try eachBatch(plan, values, rowSize: rowSize) { rows in
            try plan.forward()
            try use(plan.output, rows)
        }
    }

    /// Fills the plan's input with `values` a batch at a time; `work` sees which rows they are.
    private func eachBatch(
        _ plan: any InferencePlan, _ values: [Float], rowSize: Int,
        work: (Range<Int>) throws -> Void
    ) throws {
        let count = values.count / rowSize
        for start in stride(from: 0, to: count, by: plan.batch) {
            let rows = start..<min(start + plan.batch, count)
            plan.input.write(values[rows.lowerBound * rowSize..<rows.upperBound * rowSize])
            try work(rows)
        }
    }
}
