import Foundation
import Testing

extension EndToEnd {
    @Suite("init")
    struct InitTests {
        /// What makes the build of a project a matter of seconds.
        private static let small = [
            "data.image_size=16", "data.train_limit=160", "data.test_limit=40",
            "data.batch_size=32",
            "model.base_ch=4", "model.latent_dim=3", "train.epochs=1", "eval.iwae_samples=4",
            "active_floor=0",
        ].flatMap { ["-P", $0] }

        @Test("without images makes a project that says so and builds at once")
        func drawn() async throws {
            let workplace = try Workplace()
            let made = try await workplace.run("init", "shells")
            #expect(made.status == 0, "\(made.errors)")
            #expect(made.output.contains("next: cd shells && vae-report build your-data --open"))
            #expect(made.errors.contains("shells/images were drawn by vae-report"))
            #expect(workplace.made.count { $0.hasSuffix(".png") } == 600)
            for name in [".gitignore", "Makefile", "README.md"] {
                #expect(workplace.made.contains("shells/\(name)"))
            }
            #expect(try !workplace.text("shells/README.md").contains("@"))
            #expect(try !workplace.text("shells/configs/your-data.yaml").contains("@"))
            let built = try await workplace.run(
                ["build", "your-data"] + Self.small, in: "shells")
            #expect(built.status == 0, "\(built.errors)")
            let page = "shells/" + built.output.trimmingCharacters(in: .whitespacesAndNewlines)
            let html = try workplace.text(page)
            #expect(Words(of: html).lacking("What a VAE learns of images", "circles") == [])
        }

        @Test("about a user's images looks at them first and points the config there")
        func images() async throws {
            let workplace = try Workplace()
            #expect(try await workplace.run("init", "other").status == 0)
            let made = try await workplace.run(
                "init", "--images", "other/images", "mine", "--size", "32")
            #expect(made.status == 0, "\(made.errors)")
            #expect(
                made.output.hasPrefix(
                    "mine: a project about 600 images in 3 classes, 32 × 32 pixels in colour\n"))
            let config = try workplace.text("mine/configs/your-data.yaml")
            #expect(config.contains("  path: \"\(workplace.folder.path("other/images"))\"\n"))
            #expect(config.contains("  image_size: 32                 # every image"))
            #expect(try workplace.text("mine/README.md").contains("600 images in 3 classes"))
            #expect(!workplace.made.contains("mine/images"))
            let dry = try await workplace.run(["build", "your-data", "--dry-run"], in: "mine")
            #expect(dry.status == 0, "\(dry.errors)")
        }

        @Test(
            "refuses what cannot be, and touches nothing",
            arguments: [
                (["init", "full"], "the folder 'full' is not empty: it holds 'a.txt'"),
                (["init"], "the folder '.' is not empty"),
                (["init", "full/a.txt"], "'full/a.txt' is a file"),
                (["init", "new", "--images", "nowhere"], "there is no folder 'nowhere'"),
                (["init", "new", "--images", "full"], "holds no .png, .jpg or .jpeg file"),
                (["init", "new", "--images", "full/a.npy"], "there is no file 'full/a.npy'"),
                (["init", "new", "--size", "9"], "--size is about --images"),
                (
                    ["init", "new", "--size", "4", "--images", "full"],
                    "--size is 8 to 512, found 4"
                ),
            ])
        func refused(_ arguments: [String], _ words: String) async throws {
            let workplace = try Workplace()
            try workplace.folder.write("mine", to: "full/a.txt")
            let outcome = try await workplace.run(arguments)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(workplace.made == ["full", "full/a.txt"])
        }
    }
}
