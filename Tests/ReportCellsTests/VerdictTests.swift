import Datasets
import Evaluation
import Experiments
import Files
import Foundation
import Literate
import ReportCells
import Testing
import Training

/// The verdict on a real record and evaluation whose numbers a test replaces.
struct VerdictCase {
    private var record: RunRecord
    private var evaluation: [String: Any]

    /// Numbers with which no rule finds anything: four dimensions, a few settled epochs.
    init() throws {
        let workbench = try FullReport.get().workbench
        record = try RunRecord.read(from: try RunFolder(output: workbench.output, label: "main"))
        let bytes = Data(try workbench.bytes("runs/main/logs/evaluation.json"))
        evaluation = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:]
        try setEpochs([-100.2, -100.1, -100])
        setKL([10, 8, 5, 2])
        setCurve([(1, -101), (64, -95)])
        for (name, value) in [
            ("elbo", -100.0), ("psnr", 22), ("psnr_mean_image", 12), ("psnr_pca", 20),
            ("mutual_information", 4), ("dimensionwise_kl", 1), ("mutual_information_ceiling", 4.5),
        ] { setScore(name, value) }
    }

    /// Validation ELBO by epoch; training stays `gap` nats better, all of it in one term.
    mutating func setEpochs(
        _ bounds: [Double], gap: Double = 0.5, inKL: Bool = false, validates: Bool = true,
        selected: Int? = nil
    ) throws {
        let epochs = bounds.enumerated().map { index, bound in
            var epoch: [String: Any] = [
                "epoch": index + 1, "beta": 1, "learningRate": 0.001,
                "train": [
                    "reconstruction": -bound - 20 - (inKL ? 0 : gap), "kl": 20 - (inKL ? gap : 0),
                ],
            ]
            if validates { epoch["validation"] = ["reconstruction": -bound - 20, "kl": 20] }
            return epoch
        }
        let history: [String: Any] = [
            "epochs": epochs, "selectedEpoch": selected ?? bounds.count,
        ]
        record.history = try JSONDecoder().decode(
            TrainingHistory.self, from: try JSONSerialization.data(withJSONObject: history))
    }

    mutating func setKL(_ values: [Double]) {
        evaluation["klPerDimension"] = ["values": values, "order": Array(values.indices)]
    }

    /// Fréchet distances of prior samples and of reconstructions.
    mutating func setFrechet(samples: Double, reconstructions: Double) {
        func distances(_ value: Double) -> [String: Any] {
            [
                "frechet": value,
                "kernel": ["value": 0.1, "blocks": 1, "vectorsPerBlock": 500],
            ]
        }
        evaluation["distribution"] = [
            "featureTitle": "features", "featureSize": 64, "count": 500, "floor": distances(1),
            "reconstructions": distances(reconstructions), "samples": distances(samples),
        ]
    }

    mutating func setCurve(_ points: [(samples: Int, bound: Double)]) {
        evaluation["importanceCurve"] = points.map {
            ["samples": $0.samples, "bound": $0.bound, "medianEffectiveSampleSize": 3]
        }
    }

    /// Replaces a score of the test split; nil makes it not computed.
    mutating func setScore(_ name: String, _ value: Double?) {
        let scores = evaluation["scores"] as? [[String: Any]] ?? []
        evaluation["scores"] = scores.map { score in
            guard score["name"] as? String == "test.\(name)" else { return score }
            var changed = score
            changed["value"] = value ?? NSNull()
            if value == nil { changed["not_computed"] = "a test says so" }
            return changed
        }
    }

    func verdict() throws -> VerdictOutput {
        let result = try JSONDecoder().decode(
            EvaluationResult.self, from: try JSONSerialization.data(withJSONObject: evaluation))
        let image = ImageSet(
            pixels: [0], labels: [], shape: ImageShape(channels: 1, height: 1, width: 1))
        let dataset = ImageDataset(
            name: "drawn-digits", title: "Drawn digits", train: image, test: image,
            classNames: [],
            provenance: DatasetProvenance(digest: "", origin: "", standsInFor: "mnist"))
        let config = try ExperimentConfig.load(
            source: SourceText(name: "c", text: Workbench.config))
        return Verdict(record, result, dataset: dataset, config: config).output
    }

    func light(_ name: String) throws -> VerdictOutput.Light {
        try #require(try verdict().lights.first { $0.name == name })
    }
}

@Suite("The verdict")
struct VerdictTests {
    @Test("nothing is wrong with good numbers, and the facts name what was run")
    func good() throws {
        let verdict = try VerdictCase().verdict()
        let levels = verdict.lights.map { $0.name == "Samples" ? nil : Optional($0.level) }
        #expect(levels == [.good, .good, .good, .good, .good, nil, .good])
        #expect(verdict.sentence.hasPrefix("Test ELBO −100.00 nats, reconstructions at 22.00 dB, "))
        #expect(verdict.sentence.hasSuffix("; no rule found anything wrong."))
        #expect(verdict.facts.map(\.name) == ["Data set", "Model", "Seed"])
        #expect(verdict.facts[0].value == "Drawn digits (standing in for MNIST)")
        #expect(verdict.facts[1].value == "vae_conv, base 4, latent 3")
    }

    @Test(
        "training was too short when the ELBO gained over 0.5 % in the last tenth of the epochs",
        arguments: [
            ([-100.0], VerdictOutput.Light.Level.unknown),
            ([-100, -99.6], .good), ([-100, -99.4], .warning), ([-100, -99, -98.9], .good),
            // Twenty epochs: the last tenth are two.
            ([Double](repeating: -110, count: 17) + [-100, -99.8, -99.7], .good),
            ([Double](repeating: -110, count: 17) + [-100, -99.6, -99.4], .warning),
            ([-99, -100], .good),
        ])
    func underTrained(_ bounds: [Double], _ level: VerdictOutput.Light.Level) throws {
        var sample = try VerdictCase()
        try sample.setEpochs(bounds)
        let light = try sample.light("Training")
        #expect(light.level == level, "\(light.reason)")
    }

    @Test(
        "over-fitted is more than two nats between validation and training, blamed on a term",
        arguments: [(1.9, false, ""), (2.1, false, "reconstruction"), (2.1, true, "the KL term")])
    func overFitted(_ gap: Double, _ inKL: Bool, _ blamed: String) throws {
        var sample = try VerdictCase()
        try sample.setEpochs([-100.1, -100], gap: gap, inKL: inKL)
        let light = try sample.light("Generalisation")
        #expect(light.level == (blamed.isEmpty ? .good : .warning))
        #expect(light.reason.contains("mostly in \(blamed)") == !blamed.isEmpty)
    }

    @Test(
        "over-fitted is also a validation score that got worse for five epochs", arguments: [4, 5])
    func risingValidation(_ epochs: Int) throws {
        var sample = try VerdictCase()
        try sample.setEpochs((0...epochs).map { -100 - 0.1 * Double($0) }, selected: 1)
        let light = try sample.light("Generalisation")
        #expect(light.level == (epochs == 5 ? .warning : .good))
    }

    @Test("generalisation is not judged without validation images")
    func noValidation() throws {
        var sample = try VerdictCase()
        try sample.setEpochs([-101, -100], validates: false)
        #expect(try sample.light("Generalisation").level == .unknown)
        #expect(try sample.light("Training").level == .unknown)
    }

    @Test(
        "collapsed is more than half of the dimensions under 0.01 nats, or less than a nat in all",
        arguments: [
            ([10.0, 8, 0.009, 0.009], VerdictOutput.Light.Level.good),
            ([10, 0.009, 0.009, 0.009], .bad), ([10, 0.011, 0.011, 0.011], .good),
            ([0.4, 0.3, 0.2, 0.05], .bad), ([0.4, 0.3, 0.2, 0.2], .good),
        ])
    func collapsed(_ kl: [Double], _ level: VerdictOutput.Light.Level) throws {
        var sample = try VerdictCase()
        sample.setKL(kl)
        let light = try sample.light("Latent code")
        #expect(light.level == level, "\(light.reason)")
        #expect(light.reason.contains("collapsed") == (level == .bad))
        #expect(try sample.verdict().sentence.contains("something is wrong") == (level == .bad))
    }

    @Test(
        "reconstructions have to be a decibel above the mean image, and above PCA",
        arguments: [
            (12.9, 11.0, VerdictOutput.Light.Level.bad), (13.1, 13.0, .good),
            (13.1, 13.2, .warning),
        ])
    func reconstruction(_ psnr: Double, _ pca: Double, _ level: VerdictOutput.Light.Level) throws {
        var sample = try VerdictCase()
        sample.setScore("psnr", psnr)
        sample.setScore("psnr_pca", pca)
        #expect(try sample.light("Reconstruction").level == level)
    }

    @Test(
        "holes are samples more than twice as far from real images as reconstructions",
        arguments: [(19.0, VerdictOutput.Light.Level.good), (21, .warning)])
    func holes(_ samples: Double, _ level: VerdictOutput.Light.Level) throws {
        var sample = try VerdictCase()
        #expect(try sample.light("Samples").level == .unknown)
        sample.setFrechet(samples: samples, reconstructions: 10)
        let light = try sample.light("Samples")
        #expect(light.level == level, "\(light.reason)")
    }

    @Test(
        "under-regularised is more nats between the dimensions and the prior than the code tells",
        arguments: [(3.9, VerdictOutput.Light.Level.good), (4.1, .warning)])
    func underRegularised(_ divergence: Double, _ level: VerdictOutput.Light.Level) throws {
        var sample = try VerdictCase()
        sample.setScore("dimensionwise_kl", divergence)
        #expect(try sample.light("Prior").level == level)
        sample.setScore("dimensionwise_kl", nil)
        #expect(try sample.light("Prior").level == .unknown)
    }

    @Test("what was not computed is not judged, and never shown as zero")
    func notComputed() throws {
        var sample = try VerdictCase()
        sample.setScore("psnr", nil)
        #expect(try sample.light("Reconstruction").level == .unknown)
        #expect(
            try sample.verdict().sentence.contains("reconstructions at not computed dB") == false)
    }

    @Test(
        "the posterior is loose when the bound with most samples is over eight nats higher",
        arguments: [(7.9, VerdictOutput.Light.Level.good), (8.1, .warning)])
    func loosePosterior(_ gap: Double, _ level: VerdictOutput.Light.Level) throws {
        var sample = try VerdictCase()
        sample.setCurve([(1, -101), (64, -100 + gap)])
        let light = try sample.light("Posterior")
        #expect(light.level == level)
        #expect(light.reason.hasPrefix("IWAE-64 is"))
    }

    @Test("a loose posterior is no fault: the sentence does not bring it up")
    func looseIsNoFault() throws {
        var sample = try VerdictCase()
        sample.setCurve([(1, -101), (64, -80)])
        #expect(try sample.verdict().sentence.hasSuffix("no rule found anything wrong."))
    }

    @Test("the posterior is not judged without an importance-weighted bound", arguments: [[], [1]])
    func noBound(_ samples: [Int]) throws {
        var sample = try VerdictCase()
        sample.setCurve(samples.map { ($0, -101) })
        #expect(try sample.light("Posterior").level == .unknown)
    }
}
