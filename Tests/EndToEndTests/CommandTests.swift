import Foundation
import Testing

extension EndToEnd {
    @Suite("train, eval and what they share with build")
    struct CommandTests {
        private static let report = """
            ---
            title: "Mine"
            config: configs/mine.yaml
            params: {beta: 1.0}
            ---
            ```{train}
            #| label: main
            train.beta: ${params.beta}
            ```
            ```{eval}
            run: main
            ```
            The ELBO is `{val} main.test.elbo:.2f`.

            """
        private static let run = "outputs/mine/runs/main"
        private static let best = "\(run)/ckpts/best.safetensors"

        private func workplace() throws -> Workplace {
            let workplace = try Workplace()
            try workplace.writeReport("mine", Self.report)
            return workplace
        }

        private func object(_ outcome: Workplace.Outcome) throws -> [String: Any] {
            try #require(
                try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any],
                "\(outcome.output)\(outcome.errors)")
        }

        @Test("after train, build and eval train nothing; after build, train trains nothing")
        func shared() async throws {
            let one = try workplace()
            let trained = try await one.run("train", "configs/mine.yaml")
            #expect(trained.status == 0, "\(trained.errors)")
            #expect(trained.output.hasPrefix(Self.best + "\n"))
            #expect(trained.errors.contains("trained 2 epochs in "))
            let written = try one.modified(Self.best)
            let scored = try await one.run("eval", "configs/mine.yaml")
            #expect(scored.status == 0, "\(scored.errors)")
            #expect(scored.errors.contains("used the trained model in \(Self.run)\n"))
            #expect(scored.output.contains("test.elbo "))
            let built = try await one.run("build", "mine", "--explain")
            #expect(built.status == 0, "\(built.errors)")
            #expect(!built.errors.contains("ran, because"), "\(built.errors)")

            let other = try workplace()
            #expect(try await other.run("build", "mine").status == 0)
            let again = try await other.run("train", "--config", "configs/mine.yaml")
            #expect(again.errors == "used the trained model in \(Self.run)\n")
            #expect(try one.modified(Self.best) == written)
            #expect(try one.bytes(Self.best) == other.bytes(Self.best))
        }

        @Test("with -P the folder is the build's too")
        func overridden() async throws {
            let workplace = try workplace()
            let trained = try await workplace.run(
                "train", "configs/mine.yaml", "-P", "train.epochs=1", "-P", "eval.draws=2")
            #expect(trained.output.hasPrefix("outputs/mine@"), "\(trained.errors)")
            let built = try await workplace.run(
                "build", "mine", "-P", "train.epochs=1", "-P", "eval.draws=2", "--explain")
            #expect(built.errors.contains("train main: reused"), "\(built.errors)")
        }

        @Test("a run's folder will do, from any folder, and is never trained again")
        func runFolder() async throws {
            let workplace = try workplace()
            #expect(try await workplace.run("build", "mine").status == 0)
            for place in ["outputs/mine", Self.run, "\(Self.run)/", "\(Self.run)/run.json"] {
                let scored = try await workplace.run("eval", place, "--json")
                #expect(scored.status == 0, "\(scored.errors)")
                let answer = try object(scored)
                #expect(answer["run"] as? String == Self.run)
                #expect((answer["training"] as? [String: Any])?["state"] as? String == "reused")
            }
            let weights = try workplace.bytes(Self.best)
            try workplace.folder.write(
                [UInt8](try workplace.bytes("\(Self.run)/ckpts/last.safetensors")), to: Self.best)
            let altered = try workplace.bytes(Self.best)
            let scored = try await workplace.run("eval", Self.run, "--json")
            let answer = try object(scored)
            #expect((answer["training"] as? [String: Any])?["state"] as? String == "adopted")
            #expect(try workplace.bytes(Self.best) == altered)
            #expect(altered != weights)
        }

        @Test("a checkpoint is used in a folder of its own; the run's files stay as they are")
        func checkpoint() async throws {
            let workplace = try workplace()
            let built = try await workplace.run("build", "mine")
            #expect(built.status == 0, "\(built.errors)")
            let files = ["\(Self.run)/logs/metrics.csv", Self.best, "\(Self.run)/run.json"]
            let before = try files.map(workplace.modified)
            let last = "\(Self.run)/ckpts/last.safetensors"
            for arguments in [
                [last], ["--checkpoint", last],
                ["--config", "configs/mine.yaml", "--checkpoint", last, "--output_dir", "copies"],
            ] {
                let scored = try await workplace.run(["eval", "--json"] + arguments)
                #expect(scored.status == 0, "\(scored.errors)")
                let folder = try object(scored)["folder"] as? String ?? ""
                #expect(folder.hasPrefix("outputs/mine@last-"), "\(folder)")
            }
            #expect(try files.map(workplace.modified) == before)
            #expect(workplace.made.contains("copies/metrics.csv"))
        }

        @Test("-P eval.weights=raw scores the weights as trained instead of their average")
        func rawWeights() async throws {
            let workplace = try Workplace()
            try workplace.writeReport(
                "mine", Self.report,
                config: Workplace.config.replacing("epochs: 2", with: "epochs: 2, ema: true"))
            let trained = try await workplace.run("train", "configs/mine.yaml")
            #expect(trained.status == 0, "\(trained.errors)")
            var bounds: [Double] = []
            for choice in [[], ["-P", "eval.weights=raw"], ["-P", "eval.weights=ema"]] {
                let scored = try await workplace.run(["eval", Self.run, "--json"] + choice)
                #expect(scored.status == 0, "\(scored.errors)")
                let answer = try object(scored)
                let training = answer["training"] as? [String: Any]
                #expect(training?["state"] as? String == (choice.isEmpty ? "reused" : "adopted"))
                let scores = try #require(answer["scores"] as? [String: [String: Any]])
                bounds.append(try #require(scores["test.elbo"]?["value"] as? Double))
            }
            #expect(bounds[0] == bounds[2])
            #expect(abs(bounds[0] - bounds[1]) > 0.01)
        }

        @Test("--quiet is silent but for the answer; --json is one object with scores and paths")
        func quiet() async throws {
            let workplace = try workplace()
            let outcome = try await workplace.run(
                "eval", "configs/mine.yaml", "--quiet", "--json")
            #expect(outcome.errors.isEmpty)
            let answer = try object(outcome)
            #expect(answer["command"] as? String == "eval")
            let scores = try #require(answer["scores"] as? [String: [String: Any]])
            #expect((scores["test.elbo"]?["value"] as? Double ?? 0) < 0)
            #expect(scores["test.elbo"]?["n"] as? Int == 96)
            for file in answer["files"] as? [String] ?? [] {
                #expect(workplace.made.contains(file), "\(file)")
            }
        }

        @Test(
            "what cannot be: a message, the exit status, and nothing is written",
            arguments: [
                (["train"], 2, "say what to work on"),
                (["train", "nothing.yaml"], 2, "there is no config or run 'nothing.yaml'"),
                (["eval", "mnits"], 2, "did you mean 'mnist'?"),
                (["eval", "configs"], 2, "'configs' is no folder of a run"),
                (
                    ["train", "configs/mine.yaml", "-P", "epochs=3"], 2,
                    "did you mean 'train.epochs'?"
                ),
                (
                    ["train", "configs/mine.yaml", "-P", "train.epochs=0"], 2,
                    "a whole number from 1"
                ),
                (["train", "configs/mine.yaml", "--config", "b.yaml"], 2, "both say what"),
                (["eval", "--checkpoint", "nothing.pt"], 1, "nothing.pt"),
                (["eval", "configs/mine.yaml", "--checkpoint", "bad.pt"], 1, "bad.pt"),
                (["eval", "bad.safetensors"], 1, "bad.safetensors"),
                (["trian", "configs/mine.yaml"], 2, "Did you mean 'train'?"),
                (["train", "configs/mine.yaml", "--checkpont", "x"], 2, "--checkpont"),
            ])
        func mistakes(_ arguments: [String], _ status: Int, _ words: String) async throws {
            let workplace = try workplace()
            try workplace.folder.write("no weights", to: "bad.pt")
            try workplace.folder.write("no weights", to: "bad.safetensors")
            let before = workplace.made
            let outcome = try await workplace.run(arguments)
            #expect(Int(outcome.status) == status, "\(outcome.errors)")
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(outcome.errors.components(separatedBy: "error:").count == 2)
            #expect(outcome.output.isEmpty)
            #expect(workplace.made == before)
        }

        @Test("a checkpoint of another model and a key that trained the run are refused")
        func mismatch() async throws {
            let workplace = try workplace()
            let trained = try await workplace.run("train", "configs/mine.yaml")
            #expect(trained.status == 0)
            let wrong = try await workplace.run(
                "eval", "--config", "configs/mine.yaml", "-P", "model.latent_dim=5",
                "--checkpoint", Self.best)
            #expect(wrong.status == 1)
            #expect(
                wrong.errors.contains("mean.weight is [3, 128], the model needs [5, 128]"),
                "\(wrong.errors)")
            let fixed = try await workplace.run("eval", Self.run, "-P", "train.epochs=3")
            #expect(fixed.status == 2)
            #expect(fixed.errors.contains("is trained already: 'train.epochs' cannot change"))
            let again = try await workplace.run("train", Self.run)
            #expect(again.status == 2)
            #expect(again.errors.contains("is trained already"))
            var bytes = [UInt8](try workplace.bytes(Self.best))
            bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0xc0, 0x7f])
            try workplace.folder.write(bytes, to: "odd.safetensors")
            let odd = try await workplace.run(
                "eval", "--config", "configs/mine.yaml", "--checkpoint", "odd.safetensors")
            #expect(odd.status == 2)
            #expect(odd.errors.contains("holds a number that is infinite or none"), "\(odd.errors)")
        }
    }
}
