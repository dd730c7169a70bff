import Datasets
import Networks
import Tensors
import Training
import VAEModels

/// Small grey images that a VAE learns in seconds: a bright bar across a darker background.
enum BarImages {
    static let shape = ImageShape(channels: 1, height: 8, width: 8)

    static let model = VAEDescription.convolutional(
        image: FeatureShape(channels: 1, height: 8, width: 8), base: 2, latentSize: 2)

    /// `count` images, bars of any row or column and of two brightnesses.
    static func images(_ count: Int, background: UInt8 = 25) -> ImageSet {
        let words = RandomSource(seed: 99).words(count, for: .drawing)
        let pixels = words.flatMap { word -> [UInt8] in
            let place = Int(word % 8)
            let isRow = word & 8 == 0
            let bright: UInt8 = word & 16 == 0 ? 255 : 180
            return (0..<64).map { (isRow ? $0 / 8 : $0 % 8) == place ? bright : background }
        }
        return ImageSet(
            pixels: pixels, labels: words.map { UInt8($0 >> 3 & 1) }, shape: shape)
    }

    /// One cycle of AdamW with a linear KL warm-up, unless `change` says otherwise.
    static func options(
        epochs: Int = 4, learningRate: Double = 5e-3, shape: LearningRateShape = .oneCycle,
        beta: Double = 1, warmupEpochs: Double = 1, binarization: Binarization = .none,
        validationCount: Int = 64, seed: UInt64 = 0, objective: VAEObjective = VAEObjective(),
        change: (inout FittingOptions) -> Void = { _ in }
    ) -> TrainingOptions {
        var fitting = FittingOptions(
            epochs: epochs, learningRate: learningRate, learningRateShape: shape,
            klSchedule: KLSchedule(beta: beta, shape: .linear(epochs: warmupEpochs)), seed: seed)
        change(&fitting)
        return TrainingOptions(
            fitting: fitting, batchSize: 32, objective: objective, binarization: binarization,
            validationCount: validationCount)
    }
}

/// Remembers everything a trainer says.
final class Witness: TrainingObserver {
    struct Epoch {
        let record: EpochRecord
        let timing: EpochTiming
        let isBest: Bool
        let state: TrainingState
    }
    private(set) var starts: [[Int]] = []
    private(set) var steps: [StepProgress] = []
    private(set) var skipped: [SkippedStep] = []
    private(set) var epochs: [Epoch] = []
    private(set) var patience: Int?

    func trainingStarts(totalEpochs: Int, stepsPerEpoch: Int, startEpoch: Int) {
        starts.append([totalEpochs, stepsPerEpoch, startEpoch])
    }

    func stepEnds(_ progress: StepProgress) { steps.append(progress) }

    func stepIsSkipped(_ step: SkippedStep) { skipped.append(step) }

    func epochEnds(
        _ record: EpochRecord, timing: EpochTiming, isBest: Bool, state: TrainingState
    ) {
        epochs.append(Epoch(record: record, timing: timing, isBest: isBest, state: state))
    }

    func trainingEnds(_ history: TrainingHistory, patience: Int?) { self.patience = patience }
}

/// A finished run with its witness.
struct Run {
    let history: TrainingHistory
    let witness: Witness

    init(
        _ options: TrainingOptions, images: ImageSet = BarImages.images(300),
        from state: TrainingState? = nil, pixels: PixelModel = PixelModel()
    ) throws {
        witness = Witness()
        var model = BarImages.model
        model.pixels = pixels
        history = try Trainer(model, images: images, options: options)
            .run(from: state, observer: witness)
    }

    /// The bytes of the last checkpoint, weights, moments and history.
    func finalBytes() throws -> [UInt8] {
        guard let last = witness.epochs.last else { return [] }
        return [UInt8](
            try Checkpoint(state: last.state, fingerprint: "f", config: [:]).encodedState())
    }
}
