import Networks
import Tensors

/// A model compiled for training that the training loop can drive: a VAE, a denoising autoencoder, a
/// classifier.
public protocol TrainableModel: AnyObject {
    /// Images in a batch.
    var batch: Int { get }
    /// The networks whose parameters are trained, in the order of the state dictionary.
    var plans: [any TrainingPlan] { get }
    /// Images `[batch, channels, height, width]` in 0 … 1, to be filled before `step`.
    var images: Buffer { get }
    /// Class numbers of the batch, to be filled before `step`; nil for a model that needs none.
    var labels: UnsafeMutableBufferPointer<UInt8>? { get }
    /// Draws what a step needs at random (latent noise, dropout, corruption): the same numbers for the
    /// same seed and step.
    func prepare(_ source: RandomSource, step: UInt64)
    /// Forward and backward pass on the batch; gradients, mean over images, lie in the plans afterwards.
    /// `beta` weighs the KL term of a VAE.
    func step(beta: Float) throws -> StepTerms
    /// Copies named tensors into every plan, and what else of them the model has.
    func load(_ tensors: NamedTensors) throws
    /// Every plan's tensors, in the order of the state dictionary, and what else belongs in a
    /// checkpoint.
    func store() throws -> NamedTensors
}

extension TrainableModel {
    /// No labels.
    public var labels: UnsafeMutableBufferPointer<UInt8>? { nil }

    /// Copies named tensors into every plan.
    public func load(_ tensors: NamedTensors) throws { try loadPlans(tensors) }

    /// Every plan's tensors, in the order of the state dictionary.
    public func store() throws -> NamedTensors { try storePlans() }

    func loadPlans(_ tensors: NamedTensors) throws {
        for plan in plans { try plan.load(tensors) }
    }

    func storePlans() throws -> NamedTensors {
        var all = NamedTensors()
        for plan in plans {
            for (name, tensor) in try plan.store().entries { all[name] = tensor }
        }
        return all
    }
}

/// Means over a batch, per image.
public struct StepTerms: Sendable, Equatable {
    /// What was minimised.
    public var objective: Double
    /// −E log p(x|z) in nats of a VAE; the mean squared error a pixel of an autoencoder; the cross-entropy
    /// of a classifier.
    public var reconstruction: Double
    /// Closed-form KL(q(z|x) ‖ N(0, I)) in nats, summed over dimensions; nil without a latent code.
    public var kl: Double?

    /// Means over a batch.
    public init(objective: Double, reconstruction: Double, kl: Double? = nil) {
        self.objective = objective
        self.reconstruction = reconstruction
        self.kl = kl
    }
}
