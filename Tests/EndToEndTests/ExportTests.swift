import Foundation
import Testing

extension EndToEnd {
    @Suite("export, and weights by other names")
    struct ExportTests {
        private static let config = "configs/mine.yaml"

        private func workplace() throws -> Workplace {
            let workplace = try Workplace()
            try workplace.folder.write(Workplace.config, to: Self.config)
            return workplace
        }

        @Test("files land in the run's folder and, as copies, where the user says")
        func files() async throws {
            let workplace = try workplace()
            let made = try await workplace.run("export", Self.config, "--output-dir", "out")
            #expect(made.status == 0, "\(made.errors)")
            let names = ["encoder.onnx", "decoder.onnx", "example.npz", "weights.safetensors"]
            for name in names {
                let file = try workplace.bytes("outputs/mine/runs/main/export/\(name)")
                #expect(try workplace.bytes("out/\(name)") == file)
                #expect(made.output.contains("out/\(name)\n"))
            }
            #expect(made.output.contains("image → mean, log_variance"))
            let again = try await workplace.run(
                "export", "outputs/mine/runs/main", "--codes", "--split", "train", "--json")
            #expect(again.status == 0, "\(again.errors)")
            #expect(again.output.contains("export/codes-train.npz"))
        }

        @Test("a checkpoint by other names is mapped, and gives the same scores and files")
        func names() async throws {
            let workplace = try workplace()
            let first = try await workplace.run("export", Self.config)
            #expect(first.status == 0, "\(first.errors)")
            let whole = try workplace.bytes("outputs/mine/runs/main/export/weights.safetensors")
            // A name as long as ours: the header's length stays.
            var theirs = whole
            for name in ["decoder.project.weight", "decoder.project.bias"] {
                let range = try #require(theirs.range(of: Data(name.utf8)))
                theirs.replaceSubrange(
                    range, with: Data(name.replacing("project", with: "fc_code").utf8))
            }
            try workplace.folder.write([UInt8](theirs), to: "their.safetensors")
            let refused = try await workplace.run(
                "eval", Self.config, "--checkpoint", "their.safetensors")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("is it 'decoder.fc_code.weight'?"), "\(refused.errors)")
            let listed = try await workplace.run(
                "export", Self.config, "--names", "--checkpoint", "their.safetensors")
            #expect(listed.output.contains("decoder.fc_code.bias: decoder.project.bias"))
            try workplace.folder.write(listed.output, to: "map.yaml")
            let mapped = try await workplace.run(
                "export", Self.config, "--checkpoint", "their.safetensors", "--name-map",
                "map.yaml", "--output-dir", "mapped")
            #expect(mapped.status == 0, "\(mapped.errors)")
            let again = try await workplace.run(
                "eval", Self.config, "--checkpoint", "their.safetensors", "--name-map", "map.yaml")
            let own = try await workplace.run("eval", Self.config)
            func scores(_ outcome: Workplace.Outcome) -> [Substring] {
                outcome.output.split(separator: "\n").filter {
                    // Weights alone have no history to judge.
                    $0.hasPrefix("test.") && !$0.hasPrefix("test.diagnoses")
                }
            }
            #expect(scores(again).count > 5 && scores(again) == scores(own))
        }

        @Test("names are listed without training, and mistakes name the next step")
        func listing() async throws {
            let workplace = try workplace()
            let names = try await workplace.run("export", Self.config, "--names")
            #expect(names.status == 0, "\(names.errors)")
            #expect(
                names.output.contains("encoder.conv1.weight         [4, 1, 4, 4]     weight"),
                "\(names.output)")
            #expect(!workplace.made.contains { $0.hasPrefix("outputs") })
            let lonely = try await workplace.run("eval", Self.config, "--name-map", "map.yaml")
            #expect(lonely.status == 2)
            #expect(lonely.errors.contains("add --checkpoint FILE"))
            for ignored in [["--names", "--json"], ["--names", "--onnx"], ["--split", "train"]] {
                let mistake = try await workplace.run(["export", Self.config] + ignored)
                #expect(mistake.status == 2)
                #expect(mistake.errors.contains("'\(ignored[0])'"), "\(mistake.errors)")
            }
            let split = try await workplace.run("export", Self.config, "--codes", "--split", "tst")
            #expect(split.status == 2)
            #expect(split.errors.contains("--split"), "\(split.errors)")
        }
    }
}
