import Files
import Foundation
import Literate
import ReportCells
import TestSupport
import Testing

@Suite("A training that was interrupted")
struct ResumeTests {
    private static let text = Workbench.report(train: "train.epochs: 3")
    private static let files = [
        "ckpts/best.safetensors", "ckpts/last.safetensors", "logs/history.csv", "logs/metrics.csv",
    ]

    /// What stands on the disk at the end of an epoch of an undisturbed build, and that build.
    private func interrupted(
        after epoch: Int, text: String = text
    ) throws -> (left: Workbench, whole: Workbench) {
        let (left, whole) = (try Workbench(), try Workbench())
        whole.progress.whenEpochEnds = { [output = whole.output, copy = left.output] in
            guard $0 == epoch else { return }
            try? FileManager.default.copyItem(atPath: output, toPath: copy)
        }
        #expect(try whole.build(text).failures == [:])
        #expect(left.has("runs/main/ckpts/last.safetensors"))
        return (left, whole)
    }

    @Test(
        "goes on after its last epoch and ends with the bytes of an undisturbed one",
        arguments: [1, 2])
    func resume(epoch: Int) throws {
        let (left, whole) = try interrupted(after: epoch)
        let built = try left.build(Self.text)
        #expect(built.failures == [:])
        #expect(left.progress.trainings.map(\.startEpoch) == [epoch])
        let time = try #require(built.stamp.first { $0.name == "Training time, main" })
        #expect(time.value.hasSuffix(" s, going on after epoch \(epoch)"))
        for name in Self.files {
            #expect(
                try left.bytes("runs/main/\(name)") == whole.bytes("runs/main/\(name)"), "\(name)")
        }
        let log = String(decoding: try left.bytes("runs/main/logs/train.log"), as: UTF8.self)
        #expect(log.contains("going on after epoch \(epoch) of 3"))
        #expect(log.split(separator: "\n").count == 5)
    }

    @Test("starts over with another config")
    func otherConfig() throws {
        let (left, _) = try interrupted(after: 1)
        _ = try left.build(Self.text, arguments: ["train.lr=0.001"], output: left.output)
        #expect(left.progress.trainings.map(\.startEpoch) == [0])
    }

    @Test("survives a stop between the files of an epoch")
    func betweenFiles() throws {
        let (left, whole) = try interrupted(after: 2)
        let best = "\(left.output)/runs/main/ckpts/best.safetensors"
        let isNewest = try left.bytes("runs/main/ckpts/best.safetensors").count > 0
        #expect(isNewest)
        try FileManager.default.removeItem(atPath: best)
        #expect(try left.build(Self.text).failures == [:])
        for name in Self.files {
            #expect(
                try left.bytes("runs/main/\(name)") == whole.bytes("runs/main/\(name)"), "\(name)")
        }
    }

    @Test("removes what a killed process left of its own files, and nothing else")
    func leftovers() throws {
        let (left, _) = try interrupted(after: 1)
        let run = "\(left.output)/runs/main"
        let own = [
            "ckpts/.last.safetensors.12-a1.tmp", "ckpts/.epoch-2.safetensors.12-a1.tmp",
            "logs/.history.csv.7-zz.tmp", ".run.json.7-zz.tmp", "logs/.codes.csv.7-zz.tmp",
            "grids/.interpolations.png.7-zz.tmp", "export/.decoder.onnx.7-zz.tmp",
            "logs/.events.out.tfevents.1.a.7-zz.tmp",
        ]
        let foreign = [
            "ckpts/.mine.safetensors.12-a1.tmp", "logs/.last.safetensors.1-a.tmp", ".x.tmp",
        ]
        for name in own + foreign { try AtomicFile("\(run)/\(name)").write([1]) }
        #expect(try left.build(Self.text).failures == [:])
        #expect((own + foreign).filter { left.has("runs/main/\($0)") } == foreign)
    }

    @Test("has the checkpoints that save_every asks for, also one that the stop prevented")
    func kept() throws {
        let text = Workbench.report(train: "train.epochs: 5\nlog.save_every: 2")
        let (left, whole) = try interrupted(after: 2, text: text)
        let name = "runs/main/ckpts/epoch-2.safetensors"
        try FileManager.default.removeItem(atPath: "\(left.output)/\(name)")
        #expect(try left.build(text).failures == [:])
        for bench in [left, whole] {
            let kept = (1...5).filter { bench.has("runs/main/ckpts/epoch-\($0).safetensors") }
            #expect(kept == [2, 4])
        }
        #expect(try left.bytes(name) == whole.bytes(name))
    }

    @Test("starts over when its state is cut short", arguments: [0, 7, 5000])
    func cut(length: Int) throws {
        let (left, whole) = try interrupted(after: 2)
        let name = "runs/main/ckpts/last.safetensors"
        try left.folder.write(Array(try left.bytes(name).prefix(length)), to: "out/\(name)")
        #expect(try left.build(Self.text).failures == [:])
        #expect(left.progress.trainings.map(\.startEpoch) == [0])
        #expect(try left.bytes(name) == whole.bytes(name))
    }

    @Test("starts over when its weights are no numbers", arguments: [Float.nan, .infinity])
    func notFinite(odd: Float) throws {
        let (left, whole) = try interrupted(after: 2)
        let name = "runs/main/ckpts/last.safetensors"
        var bytes = try left.bytes(name)
        let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        // The first number behind the header is a weight of the encoder.
        for byte in 0..<4 {
            bytes[8 + length + byte] = UInt8(truncatingIfNeeded: odd.bitPattern >> (8 * byte))
        }
        try left.folder.write(bytes, to: "out/\(name)")
        #expect(try left.build(Self.text).failures == [:])
        #expect(left.progress.trainings.map(\.startEpoch) == [0])
        #expect(try left.bytes(name) == whole.bytes(name))
    }
}
