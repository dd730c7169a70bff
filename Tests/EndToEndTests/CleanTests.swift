import Foundation
import Testing

extension EndToEnd {
    @Suite("clean")
    struct CleanTests {
        @Test(
            "deletes what was made and keeps a user's files, in folders of reports and beside them")
        func foreign() async throws {
            let workplace = try Workplace()
            try workplace.folder.write(Workplace.config, to: "configs/mine.yaml")
            let build = ["build", "digits"] + Workplace.smallReport()
            #expect(try await workplace.run(build + ["--output", "outputs/a"]).status == 0)
            #expect(try await workplace.run("eval", "configs/mine.yaml").status == 0)
            let mine = [
                "outputs/notes.txt", "outputs/a/notes.txt", "outputs/a/figures/mine.png",
                "outputs/a/runs/main/ckpts/mine.safetensors", "outputs/a/runs/mine/run.txt",
                "outputs/other/report.html", "outputs/other/runs/main/ckpts/best.safetensors",
            ]
            for name in mine { try workplace.folder.write("mine", to: name) }
            let before = workplace.made
            let listed = try await workplace.run("clean", "--dry-run")
            #expect(workplace.made == before)
            #expect(listed.output.contains("outputs/a/runs/main/ckpts/best.safetensors\n"))
            #expect(!listed.output.contains("mine.png"))

            let cleaned = try await workplace.run("clean")
            #expect(cleaned.status == 0, "\(cleaned.errors)")
            #expect(cleaned.output.hasPrefix("deleted "))
            let left = workplace.made.filter { name in
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(
                    atPath: workplace.folder.path(name), isDirectory: &isFolder)
                return !isFolder.boolValue
            }
            #expect(left.sorted() == (mine + ["configs/mine.yaml"]).sorted())
            #expect(!workplace.made.contains("outputs/mine"))
            for name in mine { #expect(try workplace.text(name) == "mine") }
        }

        @Test("takes a training that was stopped, and a folder without anything else")
        func stopped() async throws {
            let workplace = try Workplace()
            let program = try workplace.start(
                ["train", "digits", "--output", "outputs/x"] + Workplace.smallArguments(epochs: 50))
            let last = workplace.folder.path("outputs/x/runs/main/ckpts/last.safetensors")
            let hasBegun = try await program.wait { FileManager.default.fileExists(atPath: last) }
            program.interrupt()
            #expect(try await program.outcome().isKilled)
            #expect(hasBegun)
            #expect(try await workplace.run("clean").status == 0)
            #expect(workplace.made.isEmpty)
        }

        @Test("of the downloads, only what is in the program's own list goes")
        func downloads() async throws {
            let workplace = try Workplace()
            let cache = "home/cache/vae-report"
            try workplace.folder.write("mine", to: "\(cache)/mnist/t10k-labels-idx1-ubyte.gz")
            let outcome = try await workplace.run("clean", "--downloads")
            #expect(outcome.status == 0)
            #expect(try workplace.text("\(cache)/mnist/t10k-labels-idx1-ubyte.gz") == "mine")
        }

        @Test("a folder that is not there is a mistake")
        func missing() async throws {
            let workplace = try Workplace()
            let outcome = try await workplace.run("clean", "nothing")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("there is no folder 'nothing'"))
            #expect(try await workplace.run("clean").output == "deleted 0 files\n")
        }
    }
}
