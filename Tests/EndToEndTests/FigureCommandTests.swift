import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("sample, viz and compare")
    struct FigureCommandTests {
        /// A trained and scored run that these tests look at and do not change.
        private struct Trained: Sendable {
            let workplace: Workplace
            private static let shared = Task { try await Trained() }

            static func get() async throws -> Workplace { try await shared.value.workplace }

            private init() async throws {
                workplace = try Workplace()
                try workplace.folder.write(Workplace.config, to: "mine.yaml")
                let outcome = try await workplace.run("eval", "mine.yaml")
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
        }

        @Test(
            "each draws its files and prints their paths",
            arguments: [
                ("sample prior mine.yaml --count 4 --temperature 0.7 --seed 3", "prior_samples"),
                ("sample.prior --config mine.yaml --temperature 0.5 1", "prior_temperatures"),
                ("sample posterior mine.yaml --images 0 1 --draws 3", "posterior_samples"),
                ("sample interpolate mine.yaml --images 3 5 --mode linear", "interpolations"),
                ("sample arithmetic mine.yaml --from 3 --minus 5 --plus 8", "latent_arithmetic"),
                ("viz.recon_grid mine.yaml --num_samples 2", "recon_grid"),
                ("viz traverse outputs/mine --dims 2 0 --range -2 2 --steps 5", "traverse_dim_2"),
                ("viz latent_scatter outputs/mine/runs/main", "latent_scatter"),
                ("viz kl mine.yaml", "kl_per_dimension"), ("viz loss mine.yaml", "loss_curves"),
                ("viz figure manifold mine.yaml --set range=1.5", "manifold"),
            ])
        func figures(_ typed: String, _ grid: String) async throws {
            let workplace = try await Trained.get()
            let outcome = try await workplace.run(typed.split(separator: " ").map(String.init))
            #expect(outcome.status == 0, "\(outcome.errors)")
            let files = outcome.output.split(separator: "\n").map(String.init)
            #expect(files.count >= 3)
            #expect(files.contains { $0.contains("/\(grid)") && $0.hasSuffix(".png") }, "\(files)")
            for file in files { #expect(workplace.made.contains(file), "\(file)") }
            #expect(!outcome.errors.contains("training"))
            #expect(outcome.errors.contains("used the trained model in outputs/mine/runs/main"))
        }

        @Test("the same command again draws nothing; other options make files of their own")
        func again() async throws {
            let workplace = try await Trained.get()
            let command = ["viz", "traverse", "mine.yaml", "--dims"]
            let first = try await workplace.run(command + ["0"])
            let again = try await workplace.run(command + ["0"])
            #expect(again.errors.contains("the pictures were there already"))
            #expect(again.output == first.output)
            let other = try await workplace.run(command + ["1"])
            #expect(
                Set(other.output.split(separator: "\n")).isDisjoint(
                    with: first.output.split(separator: "\n")))
        }

        @Test("--output-dir gets copies under plain names")
        func copies() async throws {
            let workplace = try await Trained.get()
            let outcome = try await workplace.run(
                "viz", "traverse", "mine.yaml", "--dims", "1", "--output_dir", "pictures")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(
                outcome.output.split(separator: "\n") == [
                    "pictures/fig-viz-traverse.png", "pictures/fig-viz-traverse.svg",
                    "pictures/traverse_dim_1.png",
                ])
        }

        @Test(
            "values that cannot be are named as they were typed, exit status 2",
            arguments: [
                ("viz traverse mine.yaml --dims 0 9", "--dims: there is no latent dimension 9"),
                ("viz traverse mine.yaml --image 5000", "--image: there is no test image 5000"),
                ("viz scatter mine.yaml --dims 1", "--dims: 'dims' lists 2 dimensions"),
                ("viz traverse mine.yaml --steps 1", "--steps: "),
                ("sample prior mine.yaml --temperature 99", "--temperature: "),
                ("sample interpolate mine.yaml --mode bent", "--mode: "),
                ("sample arithmetic mine.yaml --from cat", "--from: there is no class 'cat'"),
                ("viz loss alone.safetensors", "a checkpoint has no history"),
            ])
        func mistakes(_ typed: String, _ words: String) async throws {
            let workplace = try await Trained.get()
            let weights = try workplace.bytes("outputs/mine/runs/main/ckpts/best.safetensors")
            try workplace.folder.write([UInt8](weights), to: "alone.safetensors")
            let outcome = try await workplace.run(typed.split(separator: " ").map(String.init))
            #expect(outcome.status == 2, "\(outcome.errors)")
            #expect(outcome.errors.hasPrefix("vae-report: error: \(words)"), "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }

        @Test(
            "compare dae trains an autoencoder once, prints PSNR and a conclusion, takes one given")
        func compare() async throws {
            let workplace = try await Trained.get()
            let command = ["compare", "dae", "mine.yaml", "--count", "40"]
            let tiny = ["-P", "dae.epochs=1", "-P", "dae.base_ch=4"]
            let first = try await workplace.run(command + tiny)
            #expect(first.status == 0, "\(first.errors)")
            #expect(Words(of: first.output).lacking("VAE", "DAE", "PCA", "denoised-images") == [])
            let stages = first.errors.split(separator: "\n").filter { $0.hasPrefix("evaluating ") }
            #expect(stages.filter { $0.contains("removing noise") }.count == 1, "\(stages)")
            #expect(stages.count < 16, "\(stages)")
            let again = try await workplace.run(["compare.dae"] + command.dropFirst(2) + tiny)
            #expect(again.errors.contains("the comparison was there already"), "\(again.errors)")
            let path = try #require(
                workplace.made.first {
                    $0.contains("/runs/denoising-") && $0.hasSuffix("ckpts/best.safetensors")
                })
            let given = try await workplace.run(
                command + ["--dae_ckpt", path, "--json", "--quiet"])
            #expect(given.status == 0, "\(given.errors)")
            #expect(Words(of: given.output).lacking("psnr_dae_gaussian_30", "conclusion") == [])
            let missing = try await workplace.run(command + ["--dae_ckpt", "nothing.pt"])
            #expect(missing.status == 2)
            #expect(missing.errors.contains("--dae-ckpt: there is no file nothing.pt"))
        }
    }
}
