/// How the loop trains any model, as plain numbers.
public struct FittingOptions: Sendable, Hashable {
    /// Passes over the training images.
    public var epochs: Int
    /// Peak learning rate.
    public var learningRate: Double
    /// How the learning rate moves.
    public var learningRateShape: LearningRateShape
    /// What moves the weights.
    public var optimizer: OptimizerChoice
    /// λ of the weight decay.
    public var weightDecay: Double
    /// The weight of the KL term, for models that have one.
    public var klSchedule: KLSchedule
    /// Longest gradient over all parameters together; a longer one is scaled down to it (Pascanu et
    /// al. 2013). Nil for no limit.
    public var gradientClip: Double?
    /// Decay of the running average of the weights; nil for none.
    ///
    /// The average of step t (from 1) has the decay min(`averageDecay`, (1 + t) / (10 + t)), so that the
    /// initial weights are soon forgotten. Parameters are averaged; running statistics of
    /// normalisations, which are averages already, are taken as they are.
    public var averageDecay: Double?
    /// Epochs without a better validation after which training stops; nil for never.
    public var patience: Int?
    /// Whether grey pixels are drawn anew as 0 or 1 at each visit.
    public var redrawsPixels: Bool
    /// Seed of order and noise.
    public var seed: UInt64

    /// Every option. The defaults are those of a plain AdamW training at a constant rate.
    public init(
        epochs: Int, learningRate: Double = 1e-3, learningRateShape: LearningRateShape = .constant,
        optimizer: OptimizerChoice = .adamW, weightDecay: Double = 1e-4,
        klSchedule: KLSchedule = KLSchedule(), gradientClip: Double? = nil,
        averageDecay: Double? = nil, patience: Int? = nil, redrawsPixels: Bool = false,
        seed: UInt64 = 0
    ) {
        self.epochs = epochs
        self.learningRate = learningRate
        self.learningRateShape = learningRateShape
        self.optimizer = optimizer
        self.weightDecay = weightDecay
        self.klSchedule = klSchedule
        self.gradientClip = gradientClip
        self.averageDecay = averageDecay
        self.patience = patience
        self.redrawsPixels = redrawsPixels
        self.seed = seed
    }
}
