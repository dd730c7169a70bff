import Datasets
import Evaluation
import Experiments
import Files
import Foundation
import TestSupport
import Testing
import Training

@Suite("Records of runs")
struct RunRecordTests {
    private let stamp = EnvironmentStamp(
        tool: "1", engine: "e", swift: "s", processor: "p", threads: 2, system: "o",
        date: "2026-01-01T00:00:00Z", seconds: 3)

    private func record() throws -> RunRecord {
        let images = ImageSet(
            pixels: [0, 1], labels: [], shape: ImageShape(channels: 1, height: 1, width: 2))
        let dataset = ImageDataset(
            name: "tiny", title: "Tiny", train: images, test: images, classNames: [],
            provenance: DatasetProvenance(digest: "d", origin: "o", standsInFor: "mnist"))
        var history = TrainingHistory()
        history.epochs.append(try epoch())
        return RunRecord(
            label: "main", config: try load("seed: 3"), dataset: dataset, parameterCount: 5,
            history: history, scores: scores, stamp: stamp)
    }

    private func epoch() throws -> EpochRecord {
        let json = """
            {"epoch": 1, "train": {"reconstruction": 100, "kl": 20.5}, "beta": 1,
             "learningRate": 0.002}
            """
        return try JSONDecoder().decode(EpochRecord.self, from: Data(json.utf8))
    }

    private let scores = Scores([
        Score(
            name: "test.psnr", title: "PSNR", outcome: .notComputed("no images"), unit: "dB",
            count: 0, protocolText: "p"),
        Score(
            name: "test.elbo", title: "ELBO", outcome: .value(-97.5), unit: "nats per image",
            count: 10, standardError: 0.5, protocolText: "p"),
    ])

    @Test("come back as they were written, and have the same bytes each time")
    func roundTrip() throws {
        let folder = try RunFolder(output: try TemporaryFolder().path, label: "β = 4 Ünïcode")
        let record = try record()
        try record.write(to: folder)
        #expect(try RunRecord.read(from: folder) == record)
        #expect(try record.json() == record.json())
        #expect(record.config["seed"] == .integer(3))
        try AtomicFile(folder.record).write("{")
        #expect(throws: FileError.self) { try RunRecord.read(from: folder) }
    }

    @Test("of scores have the documented shape")
    func scoresFile() throws {
        let folder = try TemporaryFolder()
        try ScoresFile.write(["main": scores], to: folder.path)
        let bytes = try WholeFile.bytes(at: folder.path("scores.json"))
        let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        let run = try #require(object?["main"] as? [String: Any])
        let elbo = try #require(run["test.elbo"] as? [String: Any])
        #expect(elbo["value"] as? Double == -97.5)
        #expect(elbo["unit"] as? String == "nats per image")
        #expect(elbo["n"] as? Int == 10)
        #expect(elbo["standard_error"] as? Double == 0.5)
        #expect(elbo["protocol"] as? String == "p")
        let psnr = try #require(run["test.psnr"] as? [String: Any])
        #expect(psnr["value"] is NSNull)
        #expect(psnr["not_computed"] as? String == "no images")
    }

    @Test(
        "make their folders, and refuse labels that name none", arguments: ["", "..", "a/b", "a\n"])
    func labels(label: String) throws {
        #expect(throws: ExperimentError.self) { try RunFolder(output: "o", label: label) }
        let output = try TemporaryFolder()
        let folder = try RunFolder(output: output.path, label: "main")
        try folder.make()
        #expect(
            output.contents() == [
                "runs", "runs/main", "runs/main/ckpts", "runs/main/grids", "runs/main/logs",
                "runs/main/samples",
            ])
        #expect(folder.bestCheckpoint == output.path("runs/main/ckpts/best.safetensors"))
    }

    @Test("go where --output, log.out_dir or the report's name say")
    func outputFolder() throws {
        func path(_ option: String?, _ configured: String?, _ overrides: [String]) throws -> String
        {
            try OutputFolder.path(
                report: "mnist", option: option, configured: configured, overrides: overrides)
        }
        #expect(try path(nil, nil, []) == "outputs/mnist")
        #expect(try path(nil, "there", []) == "there")
        #expect(try path("here", "there", ["a=1"]) == "here")
        #expect(try path(nil, "there", ["log.out_dir=there"]) == "there")
        let changed = try path(nil, nil, ["beta=4", "seed=1"])
        #expect(changed.hasPrefix("outputs/mnist@"))
        #expect(changed.count == "outputs/mnist@".count + 8)
        #expect(try path(nil, nil, ["seed=1", "beta=4"]) == changed)
        #expect(try path(nil, nil, ["beta=4"]) != changed)
        func short(_ overrides: [String]) throws -> String {
            try OutputFolder.path(
                report: "mnist", option: nil, configured: nil, profile: "ci", overrides: overrides)
        }
        #expect(try short([]) == "outputs/mnist@ci")
        #expect(try short(["beta=4"]).hasPrefix("outputs/mnist@ci-"))
    }

    @Test("carry SOURCE_DATE_EPOCH where it is set, and refuse one that is no number")
    func stamps() throws {
        func stamp(_ epoch: String?) throws -> EnvironmentStamp {
            try EnvironmentStamp.current(
                tool: "1", engine: "e", threads: 2, seconds: 1,
                environment: epoch.map { ["SOURCE_DATE_EPOCH": $0] } ?? [:],
                now: Date(timeIntervalSince1970: 86_400))
        }
        #expect(try stamp(nil).date == "1970-01-02T00:00:00Z")
        #expect(try stamp("0").date == "1970-01-01T00:00:00Z")
        #expect(try !stamp(nil).processor.isEmpty)
        #expect(try stamp(nil).swift.hasPrefix("Swift 6"))
        #expect(throws: ExperimentError.self) { try stamp("yesterday") }
    }

    @Test("have a line of history.csv for each epoch, empty where nothing was measured")
    func history() throws {
        let line = HistoryCSV.line(try epoch())
        #expect(line == "1,-120.5,100,20.5,,,,1,0.002,120.5,,0,")
        #expect(line.count { $0 == "," } == HistoryCSV.header.count { $0 == "," })
    }
}
