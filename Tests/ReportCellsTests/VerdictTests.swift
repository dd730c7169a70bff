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
        #expect(
            verdict.lights.map(\.name) == [
                "Training", "Generalisation", "Reconstruction", "Latent code", "Prior", "Samples",
                "Posterior", "Likelihood",
            ])
        // The stored evaluation has too few images for distances, and effective draws of 3.
        #expect(
            verdict.lights.map(\.level) == [
                .good, .good, .good, .good, .good, .unknown, .good, .information,
            ])
        #expect(verdict.sentence.hasPrefix("Test ELBO −100.00 nats, reconstructions at 22.00 dB, "))
        #expect(verdict.sentence.hasSuffix("; no rule found anything wrong."))
        #expect(verdict.facts.map(\.name) == ["Data set", "Model", "Seed"])
        #expect(verdict.facts[0].value == "Drawn digits (standing in for MNIST)")
        #expect(verdict.facts[1].value == "vae_conv, base 4, latent 3")
    }

    @Test("what is wrong is named in the sentence, the worst first, with what to try in the lights")
    func bad() throws {
        var sample = try VerdictCase()
        try sample.setEpochs([-100, -99])
        #expect(try sample.verdict().sentence.hasSuffix("; worth a look: under-training."))
        #expect(try sample.light("Training").advice?.contains("train.epochs") == true)
        sample.setKL([10, 0.009, 0.009, 0.009])
        let verdict = try sample.verdict()
        #expect(verdict.sentence.hasSuffix("; something is wrong: posterior collapse."))
        #expect(try sample.light("Latent code").level == .bad)
        #expect(try sample.light("Prior").advice == nil)
    }

    @Test(
        "what follows from something else says so, at the same level and without advice of its own")
    func follows() throws {
        var sample = try VerdictCase()
        sample.setKL([0.2, 0.1, 0.1, 0.1])
        sample.setScore("psnr", 12.5)
        let light = try sample.light("Reconstruction")
        #expect(light.level == .bad && light.advice == nil)
        #expect(light.reason.hasSuffix("It comes with the posterior collapse."))
    }

    @Test("holes are judged where there are distances", arguments: [(19.0, false), (21, true)])
    func holes(_ samples: Double, _ isFound: Bool) throws {
        var sample = try VerdictCase()
        sample.setFrechet(samples: samples, reconstructions: 10)
        #expect(try sample.light("Samples").level == (isFound ? .warning : .good))
    }

    @Test("what was not computed is not judged, and never shown as zero")
    func notComputed() throws {
        var sample = try VerdictCase()
        sample.setScore("psnr", nil)
        sample.setScore("dimensionwise_kl", nil)
        #expect(try sample.light("Reconstruction").level == .unknown)
        #expect(try sample.light("Prior").level == .unknown)
        #expect(try sample.verdict().sentence.contains("reconstructions not scored"))
    }

    @Test("a loose posterior is no fault: the sentence does not bring it up")
    func looseIsNoFault() throws {
        var sample = try VerdictCase()
        sample.setCurve([(1, -101), (64, -80)])
        #expect(try sample.light("Posterior").level == .information)
        #expect(try sample.verdict().sentence.hasSuffix("no rule found anything wrong."))
    }

    @Test("the posterior is not judged without an importance-weighted bound", arguments: [[], [1]])
    func noBound(_ samples: [Int]) throws {
        var sample = try VerdictCase()
        sample.setCurve(samples.map { ($0, -101) })
        #expect(try sample.light("Posterior").level == .unknown)
        #expect(try sample.light("Likelihood").level == .unknown)
    }
}
