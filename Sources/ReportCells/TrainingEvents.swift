import Drawing
import Tensors
import Training

/// Writes a training into TensorBoard's event files: curves about twenty times an epoch, images and
/// histograms about ten times a run.
///
/// Everything of an epoch reaches the disk before the epoch's checkpoint does, so that a resumed
/// training, which drops what came after its checkpoint, misses nothing.
final class TrainingEvents {
    private let folder: String
    private let probe: TrainingProbe
    private let now: () throws -> Double
    private var writer: EventFileWriter?
    private var totalEpochs = 0
    private var stepsPerEpoch = 0

    private static let pointsPerEpoch = 20
    private static let looksPerRun = 10

    /// `now` gives seconds since 1970.
    init(folder: String, probe: TrainingProbe, now: @escaping () throws -> Double) {
        self.folder = folder
        self.probe = probe
        self.now = now
    }

    func start(totalEpochs: Int, stepsPerEpoch: Int, startEpoch: Int) throws {
        self.totalEpochs = totalEpochs
        self.stepsPerEpoch = stepsPerEpoch
        let host = "vae-report"
        writer =
            startEpoch == 0
            ? try EventFileWriter(folder: folder, startTime: try now(), hostName: host)
            : try EventFileWriter(
                resuming: folder, lastStep: startEpoch * stepsPerEpoch, startTime: try now(),
                hostName: host)
    }

    func stepEnds(_ step: StepProgress) throws {
        let interval = max(1, stepsPerEpoch / Self.pointsPerEpoch)
        guard step.step % interval == 0 || step.step == stepsPerEpoch else { return }
        try write(
            [
                ("train/negative_elbo", step.terms.negativeEvidenceLowerBound),
                ("train/reconstruction", step.terms.reconstruction), ("train/kl", step.terms.kl),
                ("train/objective", step.objective), ("schedule/beta", step.beta),
                ("schedule/learning_rate", step.learningRate),
                ("speed/images_per_second", step.imagesPerSecond),
            ], step: step.globalStep)
    }

    func epochEnds(_ record: EpochRecord, state: TrainingState) throws {
        let step = record.epoch * stepsPerEpoch
        var scalars = [("train/skipped_steps", Double(state.skipped.total))]
        if let validation = record.validation {
            scalars += [
                ("validation/negative_elbo", validation.negativeEvidenceLowerBound),
                ("validation/reconstruction", validation.reconstruction),
                ("validation/kl", validation.kl),
            ]
        }
        if let objective = record.validationObjective {
            scalars.append(("validation/objective", objective))
        }
        if let scale = record.pixelScale { scalars.append(("train/pixel_scale", scale)) }
        try write(scalars, step: step)
        let interval = max(1, (totalEpochs + Self.looksPerRun - 1) / Self.looksPerRun)
        if record.epoch % interval == 0 || record.epoch == totalEpochs {
            try show(state.evaluated, step: step)
        }
        try writer?.flush()
    }

    /// Images and histograms of the weights that are evaluated.
    private func show(_ tensors: NamedTensors, step: Int) throws {
        let time = try now()
        let look = try probe.look(at: tensors)
        for (tag, bitmap) in [
            ("reconstructions", look.reconstructions), ("prior_samples", look.samples),
        ] {
            try writer?.image(
                tag, step: step, png: try bitmap.png(), width: bitmap.width, height: bitmap.height,
                channels: probe.images.shape.channels, wallTime: time)
        }
        try writer?.histogram("codes/mean", step: step, values: look.means, wallTime: time)
        try writer?.histogram("codes/sigma", step: step, values: look.deviations, wallTime: time)
        for parameter in probe.model.parameters where parameter.isTrained {
            guard let values = tensors[parameter.name]?.values else { continue }
            try writer?.histogram(
                "weights/\(parameter.name)", step: step, values: values, wallTime: time)
        }
    }

    private func write(_ scalars: [(tag: String, value: Double)], step: Int) throws {
        let time = try now()
        for scalar in scalars {
            try writer?.scalar(scalar.tag, step: step, value: scalar.value, wallTime: time)
        }
    }
}
