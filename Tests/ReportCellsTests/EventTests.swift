import Files
import Foundation
import Literate
import ReportCells
import TestSupport
import Testing

@Suite("The event files of a run")
struct EventTests {
    /// What TensorBoard's reader found in a run of `text`.
    private struct Oracle: Decodable {
        let scalars: [String: [Int]]
        let images: [String: [[Int]]]
        let histograms: [String: [[Double]]]
    }

    private static let text = Workbench.report(train: "train.epochs: 3")

    private func reading(_ workbench: Workbench) throws -> EventReading {
        let folder = "\(workbench.output)/runs/main/logs"
        return try EventReading(
            folder: folder, names: FileManager.default.contentsOfDirectory(atPath: folder))
    }

    @Test("hold the curves, images and histograms that TensorBoard reads in them")
    func contents() throws {
        let workbench = try Workbench()
        #expect(try workbench.build(Self.text).failures == [:])
        if let kept = ProcessInfo.processInfo.environment["VAE_REPORT_KEEP"] {
            try FileManager.default.copyItem(atPath: workbench.output, toPath: kept)
        }
        let oracle: Oracle = try OracleFile.load("events_run.json")
        let reading = try reading(workbench)
        let steps = reading.steps
        for (tag, expected) in oracle.scalars { #expect(steps[tag] == expected, "\(tag)") }
        for (tag, expected) in oracle.images {
            let images = reading.entries.filter { $0.tag == tag }
            #expect(images.map { [$0.step] + ($0.image ?? []) } == expected, "\(tag)")
        }
        for (tag, expected) in oracle.histograms {
            let found = reading.entries.filter { $0.tag == tag }
            #expect(found.map { [Double($0.step), $0.counted ?? 0] } == expected, "\(tag)")
        }
        let known = Set(oracle.scalars.keys).union(oracle.images.keys).union(
            oracle.histograms.keys)
        #expect(Set(steps.keys).subtracting(known) == [])
    }

    @Test("say what history.csv says")
    func history() throws {
        let workbench = try Workbench()
        #expect(try workbench.build(Self.text).failures == [:])
        let reading = try reading(workbench)
        let lines = String(
            decoding: try workbench.bytes("runs/main/logs/history.csv"), as: UTF8.self
        ).split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        func column(_ name: String) throws -> [Float] {
            let place = try #require(lines[0].firstIndex(of: name[...]))
            return lines.dropFirst().compactMap { Float($0[place]) }
        }
        #expect(
            reading.scalars("validation/negative_elbo")
                == (try column("validation.elbo")).map { -$0 })
        #expect(reading.scalars("validation/kl") == (try column("validation.kl")))
        #expect(
            reading.scalars("validation/objective") == (try column("validation.objective")))
    }

    @Test("go on where an interrupted training left off", arguments: [1, 2])
    func resume(epoch: Int) throws {
        let (left, whole) = (try Workbench(), try Workbench())
        whole.progress.whenEpochEnds = { [output = whole.output, copy = left.output] in
            guard $0 == epoch else { return }
            try? FileManager.default.copyItem(atPath: output, toPath: copy)
        }
        #expect(try whole.build(Self.text).failures == [:])
        #expect(try left.build(Self.text).failures == [:])
        #expect(left.progress.trainings.map(\.startEpoch) == [epoch])
        let isTimeless = { (entry: EventReading.Entry) in !entry.tag.hasPrefix("speed/") }
        #expect(
            try reading(left).entries.filter(isTimeless)
                == reading(whole).entries.filter(isTimeless))
    }

    @Test("are not there when the config wants none, nor are an earlier training's")
    func none() throws {
        let workbench = try Workbench()
        _ = try workbench.build(Self.text)
        #expect(try !reading(workbench).entries.isEmpty)
        _ = try workbench.build(
            Workbench.report(train: "train.epochs: 3\nlog.tensorboard: false\nseed: 8"))
        #expect(try reading(workbench).entries.isEmpty)
    }
}
