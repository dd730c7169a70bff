import Networks
import Tensors

/// What refining a posterior asks of a decoder that stands still: log p(x|z) and its slope.
///
/// A protocol because refinement is also tested on a toy model whose best posterior is known exactly.
public protocol CodeGradients: AnyObject {
    /// log p(x|z) in nats, one a code, and its gradient with respect to the codes
    /// `[count × perImage, latentSize]`; `images` `[count, pixelCount]` are in 0 … 1.
    func logLikelihood(
        of images: [Float], codes: [Float], perImage: Int
    ) throws -> (nats: [Float], gradient: [Float])
}

/// A VAE's decoder as inference runs it, with a way back from pixels to codes.
public final class FrozenDecoder: CodeGradients {
    private let model: VAEDescription
    private let plan: any TrainingPlan
    private let codesGradient: Buffer
    private let scale: PixelScale

    /// Compiles the decoder of `model` with the numbers in `tensors`; nil where its normalisations cannot
    /// be folded into weights. Throws `PrimitiveError`, `ParameterMismatch`, `KernelsUnavailable`.
    public init?(
        _ model: VAEDescription, tensors: NamedTensors, batch: Int = CompiledVAE.defaultBatch,
        kernels: KernelChoice = .automatic
    ) throws {
        guard let frozen = try FrozenNetwork(model.decoder, tensors: tensors) else { return nil }
        let batch = model.image.batch(atMost: batch)
        plan = try Plans.training(
            frozen.network, batch: batch, needsInputGradient: true, kernels: kernels)
        try plan.load(frozen.tensors)
        guard let gradient = plan.inputGradient else { return nil }
        codesGradient = gradient
        scale = try PixelScale(model.pixels, tensors: tensors)
        self.model = model
    }

    /// A batch at a time.
    public func logLikelihood(
        of images: [Float], codes: [Float], perImage: Int
    ) throws -> (nats: [Float], gradient: [Float]) {
        let (size, pixels) = (model.latentSize, model.image.count)
        let count = codes.count / size
        precondition(
            images.count / pixels * perImage == count,
            "\(count) codes for \(images.count / pixels) images, \(perImage) each")
        let nats = Buffer(count: count)
        var gradient: [Float] = []
        gradient.reserveCapacity(codes.count)
        for first in stride(from: 0, to: count, by: plan.batch) {
            let rows = first..<min(count, first + plan.batch)
            plan.input.write(codes[rows.lowerBound * size..<rows.upperBound * size])
            try plan.forward()
            images.withUnsafeBufferPointer { images in
                guard let base = images.baseAddress else { return }
                model.pixels.nats(
                    PixelModel.Rows(
                        outputs: plan.output, images: base, rows: rows, size: pixels,
                        perImage: perImage),
                    logScale: scale.logarithm, scale: -1, into: nats.pointer + rows.lowerBound,
                    gradient: plan.outputGradient)
            }
            try plan.backward()
            gradient += codesGradient.read(rows.count * size)
        }
        return (nats.read(count).map { -$0 }, gradient)
    }
}
