import Datasets

/// How well one code tells the classes apart: probes fitted on training codes, scored on test codes.
public struct ProbeResult: Sendable, Hashable, Codable {
    /// Part of a score's name.
    public let name: String
    /// What a table calls the code.
    public let title: String
    /// Numbers in a code.
    public let codeSize: Int
    /// Share of the test images whose class the linear probe finds.
    public let linear: MeanEstimate
    /// Share of the test images whose class the nearest training codes have.
    public let nearest: MeanEstimate
    /// Training images that the probes were fitted on.
    public let trainingCount: Int
    /// Neighbours that vote.
    public let neighbours: Int

    /// Encodes both sets a block at a time and fits both probes. Throws what the code throws.
    public init(
        of code: ProbedCode, training: ImageSet, images: ImageSet, neighbours: Int,
        progress: EvaluationProgress.Report = { _ in }
    ) throws {
        let fitted = try Self.codes(code, training, "probe of \(code.title): training", progress)
        let scored = try Self.codes(code, images, "probe of \(code.title): scoring", progress)
        let classes = Int(training.labels.max() ?? 0) + 1
        let probe = LinearProbe(fitted, labels: training.labels, classCount: classes)
        let vote = NeighbourVote(fitted, labels: training.labels, neighbours: neighbours)
        name = code.name
        title = code.title
        codeSize = fitted.count / training.count
        linear = Self.accuracy(probe.classes(of: scored), images.labels)
        nearest = Self.accuracy(vote.classes(of: scored), images.labels)
        trainingCount = training.count
        self.neighbours = neighbours
    }

    /// A result put together.
    package init(
        name: String, title: String, codeSize: Int, linear: MeanEstimate, nearest: MeanEstimate,
        trainingCount: Int, neighbours: Int
    ) {
        self.name = name
        self.title = title
        self.codeSize = codeSize
        self.linear = linear
        self.nearest = nearest
        self.trainingCount = trainingCount
        self.neighbours = neighbours
    }

    private static func codes(
        _ code: ProbedCode, _ images: ImageSet, _ stage: String,
        _ progress: EvaluationProgress.Report
    ) throws -> [Float] {
        let scored = EvaluationImages(images)
        var all: [Float] = []
        for block in scored.blocks {
            all.append(contentsOf: try code.encode(scored.values(of: block)))
            progress(
                EvaluationProgress(stage: stage, completed: block.upperBound, total: images.count))
        }
        guard all.allSatisfy(\.isFinite) else {
            throw EvaluationError.notFinite(what: "codes (\(code.title))")
        }
        return all
    }

    private static func accuracy(_ found: [UInt8], _ wanted: [UInt8]) -> MeanEstimate {
        let statistics = SampleStatistics(zip(found, wanted).map { $0 == $1 ? 1 : 0 })
        return MeanEstimate(
            mean: statistics.mean, standardError: statistics.standardError, count: wanted.count)
    }

    /// `probe_linear_…` and `probe_knn_…`.
    func scores(split: String, dataTitle: String) -> [Score] {
        let fitted = "fitted on the first \(ScoreSheet.grouped(trainingCount)) training images"
        let over = "\(ScoreSheet.grouped(linear.count)) \(split) images of \(dataTitle)"
        let kinds = [
            ("linear", "Linear probe", linear, "multinomial logistic regression with L2 (C = 1)"),
            (
                "knn", "\(neighbours)-nearest-neighbour probe", nearest,
                "the \(neighbours) nearest training codes' votes"
            ),
        ]
        return kinds.map { kind, label, accuracy, how in
            Score(
                name: "\(split).probe_\(kind)_\(name)", title: "\(label), \(title)",
                outcome: .value(accuracy.mean), unit: "", count: accuracy.count,
                standardError: accuracy.standardError,
                protocolText: "Share of images whose class is found from \(title) (\(codeSize) "
                    + "numbers, standardised) by \(how), \(fitted); mean and standard error over "
                    + "the first \(over).")
        }
    }
}
