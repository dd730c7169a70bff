/// The two terms of −ELBO, nats per image: summed over pixels and dimensions, mean over images.
///
/// A model without a latent code has no KL term: `kl` is 0 then and `reconstruction` is its whole loss.
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
    /// Mean over the epoch's batches of what was minimised: with the β of each step, free bits, and
    /// the K samples of an importance-weighted objective.
    public var objective: Double
    /// What the epoch is selected by, on the validation images: reconstruction + β · KL at the target
    /// β, the plain bound where another rate is trained, or minus the K-sample bound of an
    /// importance-weighted objective. Nil without validation.
    public var validationObjective: Double?
    /// Steps of the epoch that were not applied because loss or gradient was not finite.
    public var skippedSteps: Int
    /// The learned scale of p(x|z) after the epoch, in the pixels' own range; nil without one.
    public var pixelScale: Double?

    /// A record of known numbers; `objective` is reconstruction + β · KL unless it was another one.
    public init(
        epoch: Int, train: ObjectiveTerms, validation: ObjectiveTerms? = nil, beta: Double = 1,
        learningRate: Double, objective: Double? = nil, validationObjective: Double? = nil,
        skippedSteps: Int = 0, pixelScale: Double? = nil
    ) {
        self.epoch = epoch
        self.train = train
        self.validation = validation
        self.beta = beta
        self.learningRate = learningRate
        self.objective = objective ?? train.objective(beta: beta)
        self.validationObjective = validationObjective
        self.skippedSteps = skippedSteps
        self.pixelScale = pixelScale
    }

    /// Reads a record; those of older versions have no objectives, skipped steps and scales.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            epoch: try values.decodeCount(forKey: .epoch),
            train: try values.decode(ObjectiveTerms.self, forKey: .train),
            validation: try values.decodeIfPresent(ObjectiveTerms.self, forKey: .validation),
            beta: try values.decode(Double.self, forKey: .beta),
            learningRate: try values.decode(Double.self, forKey: .learningRate),
            objective: try values.decodeIfPresent(Double.self, forKey: .objective),
            validationObjective: try values.decodeIfPresent(
                Double.self, forKey: .validationObjective),
            skippedSteps: values.contains(.skippedSteps)
                ? try values.decodeCount(forKey: .skippedSteps) : 0,
            pixelScale: try values.decodeIfPresent(Double.self, forKey: .pixelScale))
        // What is computed here from a damaged file's numbers can be beyond all of them.
        guard objective.isFinite else {
            throw DecodingError.dataCorruptedError(
                forKey: .beta, in: values, debugDescription: "\(beta) is no β of a training")
        }
    }
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
    /// The epoch whose weights are the best checkpoint: the one with the lowest validation
    /// objective at the target β; the last where there is no validation split or no such β.
    public var selectedEpoch: Int = 0

    /// Whether the last `patience` epochs brought no better validation.
    public func hasWaited(_ patience: Int) -> Bool {
        epochs.last.map { $0.epoch - selectedEpoch >= patience } ?? false
    }

    /// The record of the selected epoch.
    public var selected: EpochRecord? { epochs.first { $0.epoch == selectedEpoch } }

    /// No epochs yet.
    public init() {}

    /// Reads a history.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        epochs = try values.decode([EpochRecord].self, forKey: .epochs)
        selectedEpoch = try values.decodeCount(forKey: .selectedEpoch)
    }
}

extension KeyedDecodingContainer {
    /// A number of steps or epochs: not negative, and small enough to be added to.
    func decodeCount(forKey key: Key) throws -> Int {
        let count = try decode(Int.self, forKey: key)
        guard (0...1 << 48).contains(count) else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "\(count) is no number of steps or epochs")
        }
        return count
    }
}
