import Networks
import Tensors

/// A trained denoising autoencoder ready for evaluation, any number of images.
public final class CompiledDenoiser {
    /// What was compiled.
    public let model: DenoiserDescription
    private let encoder: any InferencePlan
    private let decoder: any InferencePlan

    /// Compiles `model` with the numbers in `tensors`. Throws `PrimitiveError`, `ParameterMismatch`,
    /// `KernelsUnavailable`.
    public init(
        _ model: DenoiserDescription, tensors: NamedTensors,
        batch: Int = CompiledVAE.defaultBatch, kernels: KernelChoice = .automatic,
        precision: Precision = .float32
    ) throws {
        self.model = model
        let batch = model.image.batch(atMost: batch)
        encoder = try Plans.inference(
            model.encoder, batch: batch, tensors: tensors, kernels: kernels, precision: precision)
        decoder = try Plans.inference(
            model.decoder, batch: batch, tensors: tensors, kernels: kernels, precision: precision)
    }

    /// Clean images `[count, pixels]` in 0 … 1 from spoiled ones of the same shape.
    public func denoise(_ images: [Float]) throws -> [Float] {
        let size = model.image.count
        return try decoder.outputs(
            of: try encode(images), rowSize: model.codeSize, outputSize: size)
    }

    /// The bottleneck's numbers `[count, codeSize]` for images `[count, pixels]`.
    public func encode(_ images: [Float]) throws -> [Float] {
        try encoder.outputs(of: images, rowSize: model.image.count, outputSize: model.codeSize)
    }
}
