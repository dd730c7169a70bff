import Files
import Foundation
import Literate
import ReportCells
import TestSupport
import Testing

@Suite("What is reused and what is done again")
struct ReuseTests {
    private static let text = Workbench.report(
        rest: """
            ```{figure}
            #| label: fig-kl
            #| caption: "Before"
            kind: kl-per-dimension
            run: main
            ```

            ```{table}
            #| label: tbl-config
            kind: config
            run: main
            ```
            """)

    /// A workbench with the report built once.
    private func built() throws -> Workbench {
        let workbench = try Workbench()
        #expect(try workbench.build(Self.text).failures == [:])
        return workbench
    }

    @Test("nothing runs when nothing changed, nor for words, captions and eval-only keys of others")
    func unchanged() throws {
        let workbench = try built()
        #expect(try workbench.build(Self.text).ran == [])
        let caption = Self.text.replacing("Before", with: "After") + "\nMore words.\n"
        #expect(try workbench.build(caption).ran == [])
        #expect(workbench.progress.trainings.count == 1)
    }

    @Test("a value of a training key runs everything again, one of an evaluation key no training")
    func changed() throws {
        let workbench = try built()
        let evaluation = try workbench.build(
            Self.text, arguments: ["eval.draws=2"], output: workbench.output)
        #expect(evaluation.ran == ["eval-1", "fig-kl"])
        let training = try workbench.build(
            Self.text, arguments: ["beta=4"], output: workbench.output)
        #expect(training.ran == ["main", "eval-1", "fig-kl", "tbl-config"])
    }

    @Test("overrides go to a folder of their own, the same for the same value")
    func folders() throws {
        let workbench = try Workbench()
        func folder(_ arguments: [String]) throws -> String {
            try PreparedReport.folder(of: workbench, arguments)
        }
        #expect(try folder([]) == "outputs/workbench")
        let four = try folder(["beta=4"])
        #expect(four.hasPrefix("outputs/workbench@"))
        #expect(four.count == "outputs/workbench@".count + 8)
        #expect(try folder(["beta=5"]) != four)
        #expect(try folder(["train.epochs=1", "beta=4"]) == folder(["beta=4", "train.epochs=1"]))
    }

    @Test(
        "a lost or damaged file of a run is made again, the weights as they were",
        arguments: [
            ("ckpts/best.safetensors", true), ("ckpts/best.safetensors", false),
            ("ckpts/last.safetensors", false), ("logs/history.csv", true),
            ("logs/train.log", false), ("run.json", true),
        ])
    func lostFile(_ name: String, _ isDamaged: Bool) throws {
        let workbench = try built()
        let names = ["ckpts/best.safetensors", "ckpts/last.safetensors", "logs/history.csv"]
        let before = try names.map { try workbench.bytes("runs/main/\($0)") }
        let path = "runs/main/\(name)"
        if isDamaged {
            var bytes = try workbench.bytes(path)
            bytes[bytes.count - 1] ^= 1
            try workbench.folder.write(bytes, to: "out/\(path)")
        } else {
            try FileManager.default.removeItem(atPath: "\(workbench.output)/\(path)")
        }
        let again = try workbench.build(Self.text)
        #expect(again.failures == [:])
        #expect(again.ran == ["main"])
        #expect(try names.map { try workbench.bytes("runs/main/\($0)") } == before)
        #expect(try workbench.build(Self.text).ran == [])
    }

    @Test("the seed is a config key without a dot, on the command line and in a cell")
    func seed() throws {
        let workbench = try built()
        let ran = try workbench.build(
            Self.text, arguments: ["seed=4"], output: workbench.output
        ).ran
        #expect(ran == ["main", "eval-1", "fig-kl", "tbl-config"])
        let text = Workbench.report(train: "seed: 5", rest: "Seed `{val} main.seed`.")
        #expect(try Workbench().build(text).values["main.seed"]?.number == 5)
    }

    @Test("a parameter called seed is the parameter")
    func seedParameter() throws {
        let text = Workbench.report(train: "train.epochs: ${params.seed}")
            .replacing("params: {beta: 1.0}", with: "params: {beta: 1.0, seed: 1}")
        let built = try Workbench().build(text, arguments: ["seed=2"])
        #expect(built.values["main.train.epochs"]?.number == 2)
        #expect(built.values["main.seed"]?.number == 3)
    }

    @Test("a lost figure is drawn again without training")
    func lostFigure() throws {
        let workbench = try built()
        let before = try workbench.bytes("figures/fig-kl.png")
        try FileManager.default.removeItem(atPath: "\(workbench.output)/figures/fig-kl.png")
        #expect(try workbench.build(Self.text).ran == ["fig-kl"])
        #expect(try workbench.bytes("figures/fig-kl.png") == before)
    }

    @Test("the config's spelling does not matter: comments, order and defaults train nothing")
    func spelling() throws {
        let workbench = try built()
        let config = """
            # the same, said otherwise
            eval:
              iwae_samples: 8
            train:
              epochs: 2
              beta: 1
            model: {base_ch: 4, latent_dim: 3}
            data:
              dataset: drawn-digits
              batch_size: 32
              validation: 64
              train_limit: 320
              test_limit: 96
            seed: 3
            """
        #expect(try workbench.build(Self.text, config: config).ran == [])
    }
}

extension PreparedReport {
    /// The folder that a build without `--output` would use.
    fileprivate static func folder(of workbench: Workbench, _ arguments: [String]) throws -> String
    {
        try workbench.prepare(Workbench.report(), arguments: arguments, usesDefaultFolder: true)
            .outputFolder
    }
}
