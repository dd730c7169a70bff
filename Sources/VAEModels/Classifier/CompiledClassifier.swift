import Networks
import Tensors

/// A trained classifier ready for evaluation, any number of images.
public final class CompiledClassifier {
    /// What was compiled.
    public let model: ClassifierDescription
    private let trunk: any InferencePlan
    private let head: any InferencePlan

    /// Compiles `model` with the numbers in `tensors`. Throws `PrimitiveError`, `ParameterMismatch`,
    /// `KernelsUnavailable`.
    public init(
        _ model: ClassifierDescription, tensors: NamedTensors,
        batch: Int = CompiledVAE.defaultBatch, kernels: KernelChoice = .automatic,
        precision: Precision = .float32
    ) throws {
        self.model = model
        let batch = model.image.batch(atMost: batch)
        trunk = try Plans.inference(
            model.trunk, batch: batch, tensors: tensors, kernels: kernels, precision: precision)
        head = try Plans.inference(
            model.head, batch: batch, tensors: tensors, kernels: kernels, precision: precision)
    }

    /// Features `[count, featureSize]` of images `[count, pixels]` in 0 … 1.
    public func features(_ images: [Float]) throws -> [Float] {
        try trunk.outputs(of: images, rowSize: model.image.count, outputSize: model.featureSize)
    }

    /// Logits `[count, classCount]` of images `[count, pixels]` in 0 … 1.
    public func logits(_ images: [Float]) throws -> [Float] {
        try head.outputs(
            of: try features(images), rowSize: model.featureSize, outputSize: model.classCount)
    }
}
