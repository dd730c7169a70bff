import CKernels
import Networks
import Tensors

/// A denoising autoencoder compiled for training: it sees spoiled images and minimises the mean squared
/// error a pixel to the clean ones.
public final class DenoiserTrainingPlan: TrainableModel {
    /// What was compiled.
    public let model: DenoiserDescription
    /// Images in a batch.
    public let batch: Int
    /// How images are spoiled.
    public let corruption: CorruptionChoice
    /// The network on its kernels; its input are the spoiled images of the last `step`.
    public let network: any TrainingPlan
    /// Clean images `[batch, channels, height, width]` in 0 … 1, to be filled before `step`.
    public let images: Buffer
    private let normal: Buffer
    private let uniform: Buffer
    private var chosen: [Corruption] = []
    private let errors: Buffer

    /// Compiles the network. Throws `PrimitiveError`, `KernelsUnavailable`.
    public init(
        _ model: DenoiserDescription, batch: Int, corruption: CorruptionChoice = .usual,
        kernels: KernelChoice = .automatic, precision: Precision = .float32
    ) throws {
        self.model = model
        self.batch = batch
        self.corruption = corruption
        network = try Plans.training(
            model.network, batch: batch, needsInputGradient: false, kernels: kernels,
            precision: precision)
        images = Buffer(count: network.input.count)
        normal = Buffer(count: images.count)
        uniform = Buffer(count: images.count)
        errors = Buffer(count: batch)
    }

    /// The one network.
    public var plans: [any TrainingPlan] { [network] }

    /// Draws each image's corruption, its random numbers and what dropout drops. Before the first call
    /// images are not spoiled.
    public func prepare(_ source: RandomSource, step: UInt64) {
        chosen = source.uniform(batch, for: .corruptionKind, step: step)
            .map(corruption.corruption(at:))
        let count = images.count
        if chosen.contains(where: \.usesNormal) {
            source.fillNormal(normal, count: count, for: .corruption, step: step)
        }
        if !chosen.allSatisfy(\.usesNormal) {
            source.fillUniform(uniform, count: count, for: .corruption, step: step)
        }
        network.drawDropout(from: source, step: step, firstLayer: 0)
    }

    /// Forward and backward pass; `beta` means nothing here.
    public func step(beta: Float) throws -> StepTerms {
        let size = model.image.count
        network.input.pointer.update(from: images.pointer, count: images.count)
        for (row, corruption) in chosen.enumerated() {
            let random = corruption.usesNormal ? normal : uniform
            corruption.apply(
                to: network.input.pointer + row * size, random: random.pointer + row * size,
                count: size)
        }
        try network.forward()
        vk_squared_errors(
            network.output.pointer, images.pointer, batch, size, 1 / Float(images.count),
            errors.pointer, network.outputGradient.pointer)
        try network.backward()
        let error = errors.sum() / Double(images.count)
        return StepTerms(objective: error, reconstruction: error)
    }
}
