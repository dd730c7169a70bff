import Datasets
import Training
import VAEModels

extension ExperimentConfig {
    /// Which images, and how they are fed.
    public struct DataSection: Sendable, Equatable {
        /// A name of the catalogue.
        public let dataset: String
        /// A folder to look into; nil when the config names none.
        public let root: String?
        /// Images in a training step.
        public let batchSize: Int
        /// What becomes of grey pixels.
        public let binarization: Binarization
        /// Whether pixels are 0 or 1.
        public var isBinarized: Bool { binarization.isBinary }
        /// The range of the pixels that the network sees.
        public let range: PixelModel.Range
        /// Images at the end of the training split that validate; fewer than there are.
        public let validationCount: Int
        /// What to do when the data set is nowhere.
        public let whenUnavailable: DatasetRequest.WhenUnavailable
        /// How many images of each split to keep.
        public let limits: SplitLimits
        /// Which sprites are drawn, where the data set is sprites.
        public let grid: SpriteGrid
        /// Which images of the user's own, and how they are brought to one size.
        public let own: OwnDataOptions

        /// The request for the loader; `strict` forbids that anything stands in.
        public func request(
            folder: String? = nil, strict: Bool = false, rereadsFiles: Bool = false
        ) -> DatasetRequest {
            DatasetRequest(
                name: dataset, folder: folder, configuredRoot: root,
                whenUnavailable: strict ? .error : whenUnavailable, limits: limits,
                rereadsFiles: rereadsFiles, grid: grid, own: own)
        }
    }

    /// Which model.
    public struct ModelSection: Sendable, Equatable {
        /// The architecture.
        public let architecture: Architecture
        /// Channels of an image.
        public let channels: Int
        /// Numbers in a code.
        public let latentSize: Int
        /// Channels after the first stage.
        public let baseChannels: Int

        /// The architecture's name in a config.
        public var name: String { architecture.rawValue }

        /// What a model is built of.
        public enum Architecture: String, Sendable, CaseIterable {
            /// Strided convolutions and their mirror image.
            case convolutional = "vae_conv"
            /// Residual blocks.
            case residual = "vae_resnet"
            /// Fully connected layers.
            case multilayerPerceptron = "vae_mlp"
        }
    }

    /// How the model is trained.
    public struct TrainSection: Sendable, Equatable {
        /// Passes over the data.
        public let epochs: Int
        /// The highest learning rate.
        public let learningRate: Double
        /// What moves the weights.
        public let optimizer: OptimizerChoice
        /// Weight decay, decoupled with AdamW.
        public let weightDecay: Double
        /// How the learning rate moves.
        public let learningRateShape: LearningRateShape
        /// The longest gradient; nil for no limit.
        public let gradientClip: Double?
        /// Whether products are computed in bfloat16.
        public let mixedPrecision: MixedPrecision
        /// Decay of the running average of the weights; nil when none is kept.
        public let averageDecay: Double?
        /// Epochs without a better validation before training stops; nil for never.
        public let patience: Int?
        /// The checkpoint to start from; nil for fresh weights.
        public let initialWeights: String?
        /// The map of that checkpoint's names to the model's; nil where they are the same.
        public let initialNames: String?
        /// The reconstruction term.
        public let likelihood: PixelModel.Likelihood
        /// The weight of the KL term at each step.
        public let klSchedule: KLSchedule
        /// Free bits, samples and rate of the objective.
        public let objective: VAEObjective

        /// The weight of the KL term after the warm-up.
        public var beta: Double { klSchedule.beta }

        /// Epochs of linear warm-up of the KL term; 0 when there is none.
        public var warmUpEpochs: Double {
            if case .linear(let epochs) = klSchedule.shape { epochs } else { 0 }
        }

        /// When products are computed in bfloat16; weights and sums stay float32.
        public enum MixedPrecision: String, Sendable, CaseIterable {
            /// Never.
            case off = "false"
            /// Where the CPU can.
            case auto
            /// Where the CPU can, with a notice where it cannot.
            case on = "true"
        }
    }

    /// How the model is scored.
    public struct EvalSection: Sendable, Equatable {
        /// Samples K of the importance-weighted bound.
        public let iwaeSamples: Int
        /// Images evaluated at once.
        public let batchSize: Int
        /// Draws from the posterior for each image's ELBO.
        public let draws: Int
        /// Which weights of the selected epoch are scored.
        public let weights: Checkpoint.Weights
        /// Weights for LPIPS; nil when the config names no file.
        public let perceptual: Perceptual?
        /// Whether Fréchet distance, KID, precision and recall are computed.
        public let includesFrechet: Bool
        /// Training images whose codes the probes are fitted on; 0 for no probes.
        public let probeImages: Int
        /// Gaussians in the mixture beside the prior; 0 for none.
        public let mixtureComponents: Int
        /// Test images whose posteriors are refined; 0 for none.
        public let refinedImages: Int
        /// Whether codes are compared with known factors.
        public let includesDisentanglement: Bool

        /// A file with LPIPS weights and how to use it.
        public struct Perceptual: Sendable, Equatable {
            /// Where it is.
            public let path: String
            /// The trunk's name in a config: `alex` or `squeeze`.
            public let network: String
            /// Pixels a side that images are resized to.
            public let size: Int
        }
    }

    /// How the denoising autoencoder beside the model is trained.
    public struct DenoiserSection: Sendable, Equatable {
        /// Channels at full size.
        public let baseChannels: Int
        /// Passes over the data.
        public let epochs: Int
        /// Learning rate.
        public let learningRate: Double
        /// Images in a step.
        public let batchSize: Int
        /// Standard deviations of the noise it is trained on, in turn.
        public let sigmas: [Double]
    }

    /// What is kept, and where.
    public struct LogSection: Sendable, Equatable {
        /// The folder for everything a build makes; nil leaves it to the report's name.
        public let outputFolder: String?
        /// Epochs between checkpoints that stay; nil when only the best and the last do.
        public let saveEvery: Int?
        /// Whether event files for TensorBoard are written.
        public let writesEvents: Bool
    }

    /// Likelihood and pixel range together.
    public var pixels: PixelModel { PixelModel(train.likelihood, range: data.range) }
}
