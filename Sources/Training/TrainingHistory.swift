/// The two terms of −ELBO, nats per image: summed over pixels and dimensions, mean over images.
public struct ObjectiveTerms: Sendable, Hashable, Codable {
    /// −E log p(x|z).
    public var reconstruction: Double
    /// KL(q(z|x) ‖ p(z)).
    public var kl: Double
    /// Reconstruction + KL, whatever β trained.
    public var negativeEvidenceLowerBound: Double { reconstruction + kl }

    /// Terms in nats per image.
    public init(reconstruction: Double, kl: Double) {
        self.reconstruction = reconstruction
        self.kl = kl
    }

    /// Reconstruction + β · KL.
    public func objective(beta: Double) -> Double { reconstruction + beta * kl }

    var isFinite: Bool { reconstruction.isFinite && kl.isFinite }
}

/// What one epoch did.
public struct EpochRecord: Sendable, Hashable, Codable {
    /// From 1.
    public var epoch: Int
    /// Mean over the epoch's batches, one draw an image, weights moving.
    public var train: ObjectiveTerms
    /// After the epoch on the validation images, one draw an image; nil without validation images.
    public var validation: ObjectiveTerms?
    /// β at the epoch's last step.
    public var beta: Double
    /// Learning rate at the epoch's last step.
    public var learningRate: Double
}

/// How long an epoch took; kept apart from its record, which must not differ between equal runs.
public struct EpochTiming: Sendable, Hashable, Codable {
    /// Wall-clock time, validation included.
    public var seconds: Double
    /// Training images over the time spent in training steps.
    public var imagesPerSecond: Double
}

/// All epochs of a run and the one that was kept.
public struct TrainingHistory: Sendable, Hashable, Codable {
    /// In order.
    public var epochs: [EpochRecord] = []
    /// The epoch whose weights are the best checkpoint: the one with the lowest validation objective at
    /// the target β; the last where there is no validation split.
    public var selectedEpoch: Int = 0

    /// The record of the selected epoch.
    public var selected: EpochRecord? { epochs.first { $0.epoch == selectedEpoch } }

    /// No epochs yet.
    public init() {}
}
