import Training

/// The numbers that the rules look at; what is nil was not computed.
public struct DiagnosisEvidence: Sendable {
    /// Fréchet distances from real images.
    public struct Distances: Sendable, Hashable {
        /// Samples from the prior.
        public var samples: Double
        /// Samples at a temperature of 0.7, from the same noise; nil in stored results of old.
        public var coolSamples: Double?
        /// Reconstructions.
        public var reconstructions: Double
        /// Other real images.
        public var floor: Double

        /// Distances of sets of equal size.
        public init(
            samples: Double, coolSamples: Double?, reconstructions: Double, floor: Double
        ) {
            self.samples = samples
            self.coolSamples = coolSamples
            self.reconstructions = reconstructions
            self.floor = floor
        }
    }

    /// An importance-weighted bound of one K.
    public struct Bound: Sendable, Hashable {
        /// K.
        public var samples: Int
        /// Mean over images, nats.
        public var value: Double
        /// Median effective number of draws.
        public var effectiveDraws: Double

        /// A bound.
        public init(samples: Int, value: Double, effectiveDraws: Double) {
            self.samples = samples
            self.value = value
            self.effectiveDraws = effectiveDraws
        }
    }

    /// The epochs of the training.
    public var history: TrainingHistory?
    /// Draws of the importance-weighted bound that was trained; 1 for the ELBO.
    public var trainingDraws = 1
    /// KL of each dimension, nats.
    public var divergences: [Double] = []
    /// I(x; z), nats.
    public var mutualInformation: Double?
    /// ln N.
    public var informationCeiling: Double?
    /// Σ KL(q(z_j) ‖ p(z_j)), nats.
    public var dimensionwiseDivergence: Double?
    /// PSNR of reconstructions, dB.
    public var peak: Double?
    /// PSNR of the mean training image, dB.
    public var meanImagePeak: Double?
    /// PSNR of PCA with as many numbers as a code, dB.
    public var linearPeak: Double?
    /// Distances in a space of features.
    public var distances: Distances?
    /// Why there are no distances.
    public var distancesReason: String?
    /// ELBO, nats.
    public var evidenceLowerBound: Double?
    /// The importance-weighted bounds, K ascending.
    public var bounds: [Bound] = []
    /// The bound of half as many draws as the last of `bounds`, the first half of the same ones.
    public var halfBound: Double?
    /// Whether the bounds are about the logarithm of a probability or density.
    public var isLikelihood = false

    /// No numbers yet.
    public init() {}

    /// The numbers of a run; those of an evaluation that has not run are left out.
    public init(
        _ history: TrainingHistory?, trainingDraws: Int = 1, _ result: EvaluationResult?
    ) {
        self.history = history
        self.trainingDraws = trainingDraws
        guard let result else { return }
        let split = result.options.split
        func value(_ name: String) -> Double? { result.scores.value("\(split).\(name)") }
        divergences = result.klPerDimension.values
        mutualInformation = value("mutual_information")
        informationCeiling = value("mutual_information_ceiling")
        dimensionwiseDivergence = value("dimensionwise_kl")
        peak = value("psnr")
        meanImagePeak = value("psnr_mean_image")
        linearPeak = value("psnr_pca")
        distances = result.distribution.map {
            Distances(
                samples: $0.samples.frechet, coolSamples: $0.coolSamples?.frechet,
                reconstructions: $0.reconstructions.frechet, floor: $0.floor.frechet)
        }
        distancesReason = result.scores["\(split).frechet_samples"]?.reasonNotComputed
        evidenceLowerBound = value("elbo")
        bounds = result.importanceCurve.map {
            Bound(
                samples: $0.samples, value: $0.bound, effectiveDraws: $0.medianEffectiveSampleSize)
        }
        halfBound = result.halfBound
        isLikelihood = result.options.pixels.isLikelihood(result.options.binarization)
    }
}
