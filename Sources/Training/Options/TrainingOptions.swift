import Datasets
import Networks
import VAEModels

/// How to train a VAE, as plain numbers; configs are mapped to it.
public struct TrainingOptions: Sendable, Hashable {
    /// What the loop does.
    public var fitting: FittingOptions
    /// Images in a step; what is left of an epoch after whole batches waits for the next shuffle.
    public var batchSize: Int
    /// What is minimised besides β.
    public var objective: VAEObjective
    /// What becomes of grey pixels.
    public var binarization: Binarization
    /// Images at the end of the training split that only select the epoch.
    public var validationCount: Int
    /// What products are computed in; losses, statistics, weights and optimiser stay float32.
    public var precision: Precision

    /// Options of a VAE's training. Defaults: ten epochs of a one-cycle AdamW and the ELBO.
    public init(
        fitting: FittingOptions = Self.defaultFitting, batchSize: Int = 128,
        objective: VAEObjective = VAEObjective(), binarization: Binarization = .none,
        validationCount: Int = 5000, precision: Precision = .float32
    ) {
        self.fitting = fitting
        self.fitting.redrawsPixels = binarization == .dynamic
        self.batchSize = batchSize
        self.objective = objective
        self.binarization = binarization
        self.validationCount = validationCount
        self.precision = precision
    }

    /// β of the score that epochs are selected by: the target, or 1 where something else than β · KL
    /// stands beside the reconstruction.
    var selectionBeta: Double {
        objective.rate == .divergence ? fitting.klSchedule.beta : 1
    }

    /// Ten epochs of one cycle with a KL warm-up of one epoch.
    public static let defaultFitting = FittingOptions(
        epochs: 10, learningRate: 2e-3, learningRateShape: .oneCycle,
        klSchedule: KLSchedule(shape: .linear(epochs: 1)))
}
