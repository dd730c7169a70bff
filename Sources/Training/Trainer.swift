import Datasets
import Files
import Networks
import Tensors
import VAEModels

/// Trains a VAE: the loop with a VAE's batches, objective and validation.
public final class Trainer {
    private let loop: FittingLoop

    /// Compiles the model and splits the training images, whose last ones only validate.
    ///
    /// `initial` are weights to start from; fresh ones when nil. Throws `TrainingError`, `PrimitiveError`,
    /// `KernelsUnavailable`, `ParameterMismatch`.
    public init(
        _ model: VAEDescription, images: ImageSet, options: TrainingOptions,
        initial: NamedTensors? = nil
    ) throws {
        let trainCount = images.count - options.validationCount
        guard trainCount >= options.batchSize else {
            throw TrainingError.tooFewImages(
                available: max(trainCount, 0), batchSize: options.batchSize)
        }
        try Self.checkMemory(model, options)
        let images = images.binarized(options.binarization, split: .train)
        let plan = try VAETrainingPlan(
            model, batch: options.batchSize, objective: options.objective, imageCount: trainCount,
            precision: options.precision)
        try plan.load(initial ?? model.initialParameters(seed: options.fitting.seed))
        let validation = VAEValidation(
            model: model, images: images.slice(trainCount..<images.count), options: options)
        loop = try FittingLoop(
            plan, images: images, count: trainCount, options: options.fitting,
            validate: validation.measure)
    }

    /// Feature maps with their gradients, and value, gradient and two moments of each trained weight:
    /// less than a step takes, and most of it where it takes much.
    private static func checkMemory(_ model: VAEDescription, _ options: TrainingOptions) throws {
        let decoded = options.objective.importanceSamples * model.decoder.featureBytes
        let features = 2 * options.batchSize * (model.encoder.featureBytes + decoded)
        // In floating point, for counts that no integer holds.
        let weights = model.parameters.filter(\.isTrained).reduce(0.0) { sum, parameter in
            sum + parameter.shape.sizes.reduce(16.0) { $0 * Double($1) }
        }
        let needed = Int(min(Double(features) + weights, 1e18))
        let available = ProcessMemory.availableBytes
        guard needed <= available else {
            throw TrainingError.tooLarge(
                needed: needed, available: available, batchSize: options.batchSize)
        }
    }

    /// Trains to the last epoch, from the beginning or after `state`.
    public func run(
        from state: TrainingState? = nil, observer: any TrainingObserver = SilentObserver()
    ) throws -> TrainingHistory {
        try loop.run(from: state, observer: observer)
    }
}
