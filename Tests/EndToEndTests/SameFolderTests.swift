import Files
import Foundation
import Testing

extension EndToEnd {
    @Suite("Two at work in one folder")
    struct SameFolderTests {
        private static let waiting = "waiting for another vae-report (process "

        @Test("two builds at once: the second waits, then reuses what the first has done")
        func twoBuilds() async throws {
            let workplace = try Workplace()
            let arguments = ["build", "digits", "--explain"] + Workplace.smallReport()
            let folder = workplace.folder.path("out")
            let first = try workplace.start(arguments + ["--output", "out"])
            #expect(try await first.wait { FolderLock.holder(of: folder) == first.identifier })
            let second = try workplace.start(arguments + ["--output", "out"])
            let outcomes = [try await first.outcome(), try await second.outcome()]
            #expect(outcomes.map(\.status) == [0, 0])
            #expect(
                outcomes[1].errors.hasPrefix(
                    "\(Self.waiting)\(first.identifier)) that works in out\n"))
            #expect(outcomes[0].errors.contains("train main: ran"))
            #expect(!outcomes[1].errors.contains("ran, because"))
            #expect(outcomes.map(\.output) == ["out/report.html\n", "out/report.html\n"])
        }

        @Test("a build that is killed leaves the folder to the one that waits for it")
        func killed() async throws {
            let workplace = try Workplace()
            let train =
                ["train", "digits", "--output", "out"] + Workplace.smallArguments(epochs: 60)
            let first = try workplace.start(train)
            let last = workplace.folder.path("out/runs/main/ckpts/last.safetensors")
            #expect(try await first.wait { FilePath.isFile(last) })
            let second = try workplace.start(train)
            #expect(try await second.wait { second.errors.contains(Self.waiting) })
            first.kill()
            #expect(try await first.outcome().isKilled)
            let outcome = try await second.outcome()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("going on after epoch "))
        }

        @Test(
            "who waits can be interrupted, and has written nothing",
            arguments: [["build", "digits"], ["eval", "digits"], ["viz", "recon", "digits"]])
        func interrupted(command: [String]) async throws {
            let workplace = try Workplace()
            let lock = try FolderLock(workplace.folder.path("outputs/digits"))
            defer { lock.release() }
            let program = try workplace.start(command)
            #expect(try await program.wait { program.errors.contains(Self.waiting) })
            program.interrupt()
            #expect(try await program.outcome().isKilled)
            #expect(workplace.made == ["outputs", "outputs/digits"])
        }

        @Test("a preview draws nothing where a build is at work, and everything after it")
        func previewed() async throws {
            let workplace = try Workplace()
            let text =
                "---\nconfig: configs/small.yaml\n---\nFirst.\n\n```{data}\n#| label: digits\n```\n"
            try workplace.writeReport("small", text)
            let drawing = workplace.folder.path("outputs/small/figures/digits.png")
            let lock = try FolderLock(workplace.folder.path("outputs/small"))
            let program = try workplace.start(["preview", "small"])
            defer { program.interrupt() }
            #expect(try await program.wait { program.output.contains("http://127.0.0.1:") })
            #expect(!FilePath.isFile(drawing))
            lock.release()
            try workplace.writeReport("small", text.replacing("First", with: "Other"))
            #expect(try await program.wait { FilePath.isFile(drawing) })
        }

        @Test("what is built is not cleaned away")
        func cleaned() async throws {
            let workplace = try Workplace()
            let arguments = ["train", "digits"] + Workplace.smallArguments()
            #expect(try await workplace.run(arguments + ["--output", "outputs/a"]).status == 0)
            let before = workplace.made
            let lock = try FolderLock(workplace.folder.path("outputs/a"))
            let refused = try await workplace.run("clean")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("works in outputs/a, so nothing was deleted"))
            #expect(workplace.made == before)
            lock.release()
            #expect(try await workplace.run("clean").status == 0)
            #expect(workplace.made.isEmpty)
        }
    }
}
