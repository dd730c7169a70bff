import Datasets
import Files
import Foundation
import Networks
import Tensors
import Training
import VAEModels

/// A small classifier of the data set's own classes, whose features Fréchet and kernel distances use.
///
/// Trained once on all training images and kept in a folder under the data's digest, this type's version
/// and the seed; the same data and seed give the same bytes on the same kind of machine.
public final class FeatureClassifier: FeatureExtractor {
    /// Changes when the same data would give another classifier.
    public static let version = 1
    private static let batch = 128
    // Two passes over MNIST; smaller sets are passed over more often.
    private static let leastEpochs = 2
    private static let leastSteps = 400

    /// Share of the test images whose class it finds.
    public let accuracy: MeanEstimate
    /// Whether it was read from the folder rather than trained.
    public let wasLoaded: Bool
    private let dataTitle: String
    private let compiled: CompiledClassifier

    /// Numbers in a feature vector.
    public var featureSize: Int { compiled.model.featureSize }

    /// "features of a classifier trained on MNIST (accuracy 98.9 %)".
    public var featureTitle: String {
        "features of a classifier trained on \(dataTitle) "
            + "(accuracy \(SentenceNumber.percent(accuracy.mean)))"
    }

    /// Features `[count, featureSize]` of images in 0 … 1.
    public func features(_ images: [Float]) throws -> [Float] { try compiled.features(images) }

    /// Reads the classifier of `dataset` from `folder`, or trains it and writes it there. A file that
    /// is damaged or belongs to other data is replaced.
    ///
    /// Throws `EvaluationError` for data without at least two classes, what training throws, and
    /// `FileError` when the folder cannot be written.
    public convenience init(
        _ dataset: ImageDataset, folder: String, seed: UInt64 = 0,
        progress: EvaluationProgress.Report = { _ in }
    ) throws {
        let classes = Int(max(dataset.train.labels.max() ?? 0, dataset.test.labels.max() ?? 0)) + 1
        guard classes > 1, !dataset.train.labels.isEmpty, !dataset.test.labels.isEmpty else {
            throw EvaluationError.noClasses(data: dataset.title)
        }
        let shape = dataset.train.shape
        let model = ClassifierDescription.convolutional(
            image: FeatureShape(
                channels: shape.channels, height: shape.height, width: shape.width),
            classes: classes)
        let file = ClassifierFile(folder: folder, digest: dataset.provenance.digest, seed: seed)
        if let found = file.read(), let accuracy = found.accuracy,
            let compiled = try? CompiledClassifier(model, tensors: found.tensors)
        {
            self.init(compiled, accuracy: accuracy, dataTitle: dataset.title, wasLoaded: true)
            return
        }
        let tensors = try Self.trained(model, on: dataset.train, seed: seed, progress: progress)
        let compiled = try CompiledClassifier(model, tensors: tensors)
        let accuracy = try Self.accuracy(of: compiled, on: dataset.test, progress: progress)
        try file.write(tensors, accuracy: accuracy)
        self.init(compiled, accuracy: accuracy, dataTitle: dataset.title, wasLoaded: false)
    }

    private init(
        _ compiled: CompiledClassifier, accuracy: MeanEstimate, dataTitle: String, wasLoaded: Bool
    ) {
        self.compiled = compiled
        self.accuracy = accuracy
        self.dataTitle = dataTitle
        self.wasLoaded = wasLoaded
    }

    private static func trained(
        _ model: ClassifierDescription, on images: ImageSet, seed: UInt64,
        progress: EvaluationProgress.Report
    ) throws -> NamedTensors {
        let size = min(batch, images.count)
        let epochs = max(leastEpochs, leastSteps / (images.count / size))
        let plan = try ClassifierTrainingPlan(model, batch: size)
        try plan.load(model.initialParameters(seed: seed))
        let loop = try FittingLoop(
            plan, images: images,
            options: FittingOptions(
                epochs: epochs, learningRate: 3e-3, learningRateShape: .oneCycle, seed: seed))
        try withoutActuallyEscaping(progress) { report in
            _ = try loop.run(
                observer: ClassifierObserver(report: report, total: epochs * images.count))
        }
        return try plan.store()
    }

    private static func accuracy(
        of classifier: CompiledClassifier, on images: ImageSet,
        progress: EvaluationProgress.Report
    ) throws -> MeanEstimate {
        let scored = EvaluationImages(images)
        let classes = classifier.model.classCount
        var hits: [Bool] = []
        for block in scored.blocks {
            let logits = try classifier.logits(scored.values(of: block))
            for (row, image) in block.enumerated() {
                let values = logits[row * classes..<(row + 1) * classes]
                let best = values.indices.max { values[$0] < values[$1] } ?? values.startIndex
                hits.append(best - values.startIndex == Int(images.labels[image]))
            }
            progress(
                EvaluationProgress(
                    stage: "scoring the classifier", completed: block.upperBound,
                    total: images.count))
        }
        return MeanEstimate(share: hits)
    }
}

/// Tells an evaluation's progress how far the classifier's training is.
private final class ClassifierObserver: TrainingObserver {
    private let report: EvaluationProgress.Report
    private let total: Int
    private var totalSteps = 1
    private static let stepsBetweenReports = 20

    init(report: @escaping EvaluationProgress.Report, total: Int) {
        self.report = report
        self.total = total
    }

    func trainingStarts(totalEpochs: Int, stepsPerEpoch: Int, startEpoch: Int) throws {
        totalSteps = max(totalEpochs * stepsPerEpoch, 1)
    }

    func stepEnds(_ progress: StepProgress) throws {
        guard progress.globalStep % Self.stepsBetweenReports == 0 else { return }
        report(
            EvaluationProgress(
                stage: "training the feature classifier",
                completed: total * progress.globalStep / totalSteps, total: total))
    }
}
