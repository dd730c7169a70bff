import CKernels
import Networks
import Tensors

/// A classifier compiled for training; it minimises the cross-entropy of the labels.
public final class ClassifierTrainingPlan: TrainableModel {
    /// What was compiled.
    public let model: ClassifierDescription
    /// Images in a batch.
    public let batch: Int
    /// The network on its kernels.
    public let network: any TrainingPlan
    /// Class numbers of the batch, below the class count; never nil here.
    public let labels: UnsafeMutableBufferPointer<UInt8>?
    private let classes: UnsafeMutableBufferPointer<UInt8>
    private let nats: Buffer

    /// Compiles the network. Throws `PrimitiveError`, `KernelsUnavailable`.
    public init(
        _ model: ClassifierDescription, batch: Int, kernels: KernelChoice = .automatic,
        precision: Precision = .float32
    ) throws {
        self.model = model
        self.batch = batch
        network = try Plans.training(
            model.network, batch: batch, needsInputGradient: false, kernels: kernels,
            precision: precision)
        nats = Buffer(count: batch)
        classes = .allocate(capacity: batch)
        classes.initialize(repeating: 0)
        labels = classes
    }

    deinit { classes.deallocate() }

    /// The one network.
    public var plans: [any TrainingPlan] { [network] }
    /// Images `[batch, channels, height, width]` in 0 … 1, to be filled before `step`.
    public var images: Buffer { network.input }

    /// Draws what dropout drops, where there is any.
    public func prepare(_ source: RandomSource, step: UInt64) {
        network.drawDropout(from: source, step: step, firstLayer: 0)
    }

    /// Forward and backward pass; `beta` means nothing here.
    public func step(beta: Float) throws -> StepTerms {
        precondition(
            classes.allSatisfy { $0 < model.classCount },
            "a label reaches past \(model.classCount) classes")
        try network.forward()
        vk_cross_entropy(
            network.output.pointer, classes.baseAddress, batch, model.classCount,
            1 / Float(batch), nats.pointer, network.outputGradient.pointer)
        try network.backward()
        let loss = nats.sum() / Double(batch)
        return StepTerms(objective: loss, reconstruction: loss)
    }
}
