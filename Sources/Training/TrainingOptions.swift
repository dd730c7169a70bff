import Networks

/// How to train, as plain numbers; configs are mapped to it.
public struct TrainingOptions: Sendable, Hashable {
    /// Passes over the training images.
    public var epochs: Int
    /// Images in a step; what is left of an epoch after whole batches waits for the next shuffle.
    public var batchSize: Int
    /// Peak learning rate.
    public var learningRate: Double
    /// One cycle over all steps, or constant.
    public var usesOneCycle: Bool
    /// λ of AdamW.
    public var weightDecay: Double
    /// Weight of the KL once warmed up.
    public var beta: Double
    /// Epochs over which β rises linearly from 0; 0 starts at full β.
    public var warmupEpochs: Double
    /// Training targets are binarised anew at each visit (Salakhutdinov & Murray 2008).
    public var binarizesDynamically: Bool
    /// Images at the end of the training split that only select the epoch.
    public var validationCount: Int
    /// Seed of weights, order and noise.
    public var seed: UInt64
    /// What products are computed in; losses, statistics, weights and optimiser stay float32.
    public var precision: Precision

    /// Every option; defaults as in `configs/mnist.yaml`.
    public init(
        epochs: Int = 10, batchSize: Int = 128, learningRate: Double = 2e-3,
        usesOneCycle: Bool = true, weightDecay: Double = 1e-4, beta: Double = 1,
        warmupEpochs: Double = 1, binarizesDynamically: Bool = false, validationCount: Int = 5000,
        seed: UInt64 = 0, precision: Precision = .float32
    ) {
        self.epochs = epochs
        self.batchSize = batchSize
        self.learningRate = learningRate
        self.usesOneCycle = usesOneCycle
        self.weightDecay = weightDecay
        self.beta = beta
        self.warmupEpochs = warmupEpochs
        self.binarizesDynamically = binarizesDynamically
        self.validationCount = validationCount
        self.seed = seed
        self.precision = precision
    }

    /// β of optimiser step `step` when an epoch has `stepsPerEpoch` (linear warm-up, Bowman et al. 2016).
    func beta(at step: Int, stepsPerEpoch: Int) -> Double {
        let warmup = warmupEpochs * Double(stepsPerEpoch)
        return warmup > 0 ? beta * min(1, Double(step) / warmup) : beta
    }

    func schedule(totalSteps: Int) -> LearningRateSchedule {
        usesOneCycle
            ? .oneCycle(peak: learningRate, totalSteps: totalSteps)
            : .constant(rate: learningRate)
    }
}
