import Exchange
import Files
import Foundation
import Literate
import ReportCells
import Tensors
import Testing

@Suite("export cells")
struct ExportCellTests {
    private static let cell = """
        ```{export}
        run: main
        what: [scores, onnx, codes, safetensors]
        ```

        ```{export}
        run: main
        what: codes
        split: train
        ```
        """

    @Test("write a run's model, codes and scores, and list the files")
    func files() throws {
        let workbench = try Workbench()
        let built = try workbench.build(Workbench.report(rest: Self.cell))
        #expect(built.failures == [:])
        let names = [
            "encoder.onnx", "decoder.onnx", "example.npz", "weights.safetensors", "codes.csv",
            "codes.npz", "scores.csv", "scores.npz",
        ]
        let result = try #require(built.result("export-1"))
        #expect(result.files == names.map { "runs/main/export/\($0)" })
        #expect(result.table?.rows.count == names.count)
        for name in names { #expect(workbench.has("runs/main/export/\(name)"), "\(name)") }
        let second = try #require(built.result("export-2"))
        #expect(second.files.map(FilePath.name(of:)) == ["codes-train.csv", "codes-train.npz"])
        func lines(_ name: String) throws -> [Substring] {
            String(decoding: try workbench.bytes("runs/main/export/\(name)"), as: UTF8.self)
                .split(separator: "\n")
        }
        #expect(try lines("codes.csv").count == 97)
        #expect(try lines("codes-train.csv").count == 257)
        #expect(
            try lines("scores.csv")
                == String(
                    decoding: try workbench.bytes("runs/main/logs/metrics.csv"), as: UTF8.self
                )
                .split(separator: "\n"))
        // The codes that were scored are the codes that are written.
        #expect(
            try lines("codes.csv")
                == String(
                    decoding: try workbench.bytes("runs/main/logs/codes.csv"), as: UTF8.self
                )
                .split(separator: "\n"))
    }

    @Test("weights are those of the best checkpoint, with facts about the run")
    func weights() throws {
        let workbench = try Workbench()
        _ = try workbench.build(
            Workbench.report(
                train: "train.recon_loss: gaussian",
                rest: "```{export}\nrun: main\nwhat: safetensors\n```\n"))
        func file(_ name: String) throws -> Safetensors {
            try Safetensors(Data(try workbench.bytes("runs/main/\(name)")), name: name)
        }
        let best = try file("ckpts/best.safetensors")
        let exported = try file("export/weights.safetensors")
        #expect(exported.tensors == best.tensors)
        #expect(exported.tensors["pixels.log_scale"] != nil)
        #expect(exported.metadata["pixel_model"] == "gaussian")
        #expect(exported.metadata["format"] == "pt")
        #expect(exported.metadata["dataset"] == "Drawn digits")
        #expect(exported.metadata["config"]?.contains("data.root") == false)
        #expect(exported.metadata["pixel_scale"].flatMap(Double.init).map { $0 > 0 } == true)
    }

    @Test("are reused while nothing changes, and follow another training")
    func reuse() throws {
        let workbench = try Workbench()
        let text = Workbench.report(rest: "```{export}\nrun: main\n```\n")
        _ = try workbench.build(text)
        let encoder = try workbench.bytes("runs/main/export/encoder.onnx")
        #expect(try workbench.build(text).ran == [])
        let other = try workbench.build(text, arguments: ["train.lr=0.004"])
        #expect(other.ran.contains("export-1"))
        #expect(try workbench.bytes("runs/main/export/encoder.onnx") != encoder)
    }

    @Test(
        "mistakes are shown before anything is trained",
        arguments: [
            ("run: main\nwhat: [onx]", "did you mean 'onnx'?"),
            ("run: main\nwhat: []", "'what' names nothing to export"),
            ("run: main\nsplit: tset", "did you mean 'test'?"), ("what: onnx", "run"),
            ("run: main\nwat: onnx", "did you mean 'what'?"),
        ])
    func mistakes(body: String, expected: String) throws {
        #expect {
            try Workbench().prepare(Workbench.report(rest: "```{export}\n\(body)\n```\n"))
        } throws: {
            "\($0)".contains(expected)
        }
    }
}
