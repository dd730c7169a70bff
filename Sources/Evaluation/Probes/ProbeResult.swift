import Datasets
import Words

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
        self.init(
            name: code.name, title: code.title,
            fitted: try Self.codes(
                code, training, "probe of \(code.title): training", progress),
            fittedLabels: training.labels,
            scored: try Self.codes(code, images, "probe of \(code.title): scoring", progress),
            scoredLabels: images.labels, neighbours: neighbours, progress: progress)
    }

    /// Fits both probes on the codes `fitted` `[fittedLabels.count, any]` and scores them on others.
    init(
        name: String, title: String, fitted: [Float], fittedLabels: [UInt8], scored: [Float],
        scoredLabels: [UInt8], neighbours: Int, progress: EvaluationProgress.Report
    ) {
        let classes = Int(fittedLabels.max() ?? 0) + 1
        let probe = LinearProbe(
            fitted, labels: fittedLabels, classCount: classes, progress: progress)
        let vote = NeighbourVote(fitted, labels: fittedLabels, neighbours: neighbours)
        self.init(
            name: name, title: title, codeSize: fitted.count / fittedLabels.count,
            linear: Self.accuracy(probe.classes(of: scored), scoredLabels),
            nearest: Self.accuracy(vote.classes(of: scored, progress: progress), scoredLabels),
            trainingCount: fittedLabels.count, neighbours: neighbours)
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
        MeanEstimate(share: zip(found, wanted).map { $0 == $1 })
    }

    /// Each probe's part of a score's name, title, accuracy and how it classifies.
    private var kinds: [(name: String, title: String, accuracy: MeanEstimate, how: String)] {
        [
            ("linear", "Linear probe", linear, "multinomial logistic regression with L2 (C = 1)"),
            (
                "knn", "\(neighbours)-nearest-neighbour probe", nearest,
                "the \(neighbours) nearest training codes' votes"
            ),
        ]
    }

    /// What was fitted on what, for a protocol sentence that ends with the scored images.
    private func sentence(_ how: String) -> String {
        "Share of images whose class is found from \(title) (\(codeSize) numbers, standardised) by "
            + "\(how), fitted on the first \(Quantity.text(trainingCount)) training images; "
            + "mean and standard error over"
    }

    /// `probe_linear_…` and `probe_knn_…`.
    func scores(split: String, dataTitle: String) -> [Score] {
        let over = "the first \(Quantity.text(linear.count)) \(split) images of \(dataTitle)"
        return kinds.map { kind in
            Score(
                name: "\(split).probe_\(kind.name)_\(name)", title: "\(kind.title), \(title)",
                outcome: .value(kind.accuracy.mean), unit: "", count: kind.accuracy.count,
                standardError: kind.accuracy.standardError,
                protocolText: "\(sentence(kind.how)) \(over).")
        }
    }

    /// `probe_linear` and `probe_knn` of the scored model's own codes.
    func add(to sheet: inout ScoreSheet) {
        for kind in kinds {
            sheet.add(
                "probe_\(kind.name)", title: "\(kind.title), \(title)",
                .value(kind.accuracy.mean), unit: "", standardError: kind.accuracy.standardError,
                how: sentence(kind.how))
        }
    }
}

extension ScoreSheet {
    /// `probe_linear` and `probe_knn`, where they cannot be computed.
    mutating func addMissingProbes(because reason: String) {
        for (name, title) in [("linear", "Linear probe"), ("knn", "Nearest-neighbour probe")] {
            add(
                "probe_\(name)", title: "\(title), posterior means", .notComputed(reason), unit: "",
                how: "Share of images whose class a probe of the posterior means finds; over")
        }
    }
}
