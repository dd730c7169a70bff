import Foundation
import Testing

extension EndToEnd {
    @Suite("what means harm, and what a kill leaves")
    struct HarmTests {
        @Test(
            "the next build removes what a killed one left half-written, and nothing of the user's")
        func leftovers() async throws {
            let workplace = try Workplace()
            try workplace.folder.write("# Words\n", to: "report.md")
            let build = ["build", "report.md", "--output", "out"]
            #expect(try await workplace.run(build).status == 0)
            let own = [
                "out/.report.html.12-a1.tmp", "out/.scores.json.12-a1.tmp",
                "out/.cache/.last.json.12-a1.tmp", "out/figures/.fig-loss.svg.12-a1.tmp",
                "out/runs/main/grids/.interpolations.png.12-a1.tmp",
                "out/runs/main/logs/.evaluation.json.12-a1.tmp",
            ]
            let mine = ["out/.notes.txt.12-a1.tmp", "out/.cache/.mine.json.12-a1.tmp"]
            for name in own + mine { try workplace.folder.write("half", to: name) }
            #expect(try await workplace.run(build).status == 0)
            #expect((own + mine).filter { workplace.made.contains($0) } == mine)
            for name in own { try workplace.folder.write("half", to: name) }
            #expect(try await workplace.run("clean", "out").status == 0)
            #expect((own + mine).filter { workplace.made.contains($0) } == mine)
        }

        @Test("a link leads no include out of the report's folder", arguments: [false, true])
        func link(isFolder: Bool) async throws {
            let workplace = try Workplace()
            try workplace.folder.write("A secret.\n", to: "secret.md")
            let included = isFolder ? "link/secret.md" : "link.md"
            try workplace.folder.write("# Words\n\n{{< include \(included) >}}\n", to: "r/r.md")
            try FileManager.default.createSymbolicLink(
                atPath: workplace.folder.path(isFolder ? "r/link" : "r/link.md"),
                withDestinationPath: isFolder ? ".." : "../secret.md")
            let outcome = try await workplace.run("build", "r/r.md")
            #expect(outcome.status == 2)
            #expect(
                outcome.errors.contains("r/r.md:3:13: error: the include '\(included)' leads out"))
        }

        @Test("a pipe among the files that a report names is refused, not waited for")
        func pipe() async throws {
            let workplace = try Workplace()
            try workplace.folder.write("# Words\n\n{{< include pipe.md >}}\n", to: "r.md")
            #expect(mkfifo(workplace.folder.path("pipe.md"), 0o600) == 0)
            let outcome = try await workplace.run("build", "r.md")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("pipe.md cannot be read: it is a pipe or a device"))
        }

        @Test("messages hold no control characters of what they quote")
        func controls() async throws {
            let workplace = try Workplace()
            let outcome = try await workplace.run(
                "train", "digits", "-P", "x\u{1B}[31m\u{9B}\u{7}\r=1")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("'x\u{FFFD}[31m\u{FFFD}\u{FFFD}\u{FFFD}'"))
        }
    }
}
