import Foundation
import Testing

extension EndToEnd {
    @Suite("Building again")
    struct RebuildTests {
        @Test("nothing is trained again: not for nothing, not for a caption; but for another β")
        func again() async throws {
            let workplace = try Workplace()
            let source = try Workplace.shippedReport("mnist")
                .replacing("elbo_floor: -100\n", with: "elbo_floor: -10000\n")
                .replacing("active_floor: 10\n", with: "active_floor: 0\n")
            try workplace.writeReport("mnist", source)
            let first = try await workplace.run("build", "mnist")
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.output == "outputs/mnist/report.html\n")
            let best = "outputs/mnist/runs/main/ckpts/best.safetensors"
            let (page, written) = (
                try workplace.bytes("outputs/mnist/report.html"), try workplace.modified(best)
            )

            let second = try await workplace.run("build", "mnist", "--explain")
            #expect(second.status == 0)
            #expect(second.seconds < 10)
            #expect(second.errors.contains("train main: reused, nothing it depends on changed"))
            #expect(!second.errors.contains("ran, because"))
            #expect(try workplace.bytes("outputs/mnist/report.html") == page)
            #expect(try workplace.modified(best) == written)

            let quiet = try await workplace.run("build", "mnist", "--quiet")
            #expect(quiet.status == 0)
            #expect(quiet.errors.isEmpty)
            #expect(quiet.output == first.output)

            let label = "#| label: fig-kl\n"
            #expect(source.contains(label))
            try workplace.writeReport(
                "mnist", source.replacing(label, with: label + "#| caption: \"Said otherwise\"\n"))
            let third = try await workplace.run("build", "mnist", "--explain")
            #expect(third.status == 0)
            #expect(!third.errors.contains("ran, because"))
            #expect(try workplace.modified(best) == written)
            let changed = Words(of: try workplace.text("outputs/mnist/report.html"))
            #expect(changed.lacking("Said otherwise") == [])

            let other = try await workplace.run("build", "mnist", "-P", "beta=4", "--explain")
            #expect(other.status == 0)
            #expect(other.output.hasPrefix("outputs/mnist@"))
            #expect(other.errors.contains("train main: ran"))
            #expect(try workplace.modified(best) == written)
            let folder = String(other.output.dropLast("/report.html\n".count))
            #expect(
                try workplace.bytes("\(folder)/runs/main/ckpts/best.safetensors")
                    != workplace.bytes(best))
            let inPlace = try await workplace.run(
                "build", "mnist", "-P", "train.beta=4", "--output", "outputs/mnist", "--explain")
            #expect(inPlace.errors.contains("train main: ran, because config train.beta: 1"))
        }

        @Test("equal inputs in two folders give equal bytes; only durations differ")
        func equalBytes() async throws {
            let (one, two) = (try Workplace(), try Workplace())
            let arguments = ["build", "digits", "--output", "out"] + Workplace.smallReport()
            for workplace in [one, two] {
                let outcome = try await workplace.run(
                    arguments, environment: ["SOURCE_DATE_EPOCH": "1700000000"])
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            let names = one.made.filter { $0.contains(".") && !$0.contains("/.") }
            #expect(names == two.made.filter { $0.contains(".") && !$0.contains("/.") })
            let timed = [
                "report.html", "report.md", "report.ipynb", "runs/main/run.json",
                "runs/main/logs/train.log",
            ]
            for name in names
            where !timed.contains(where: { name == "out/\($0)" }) && !name.contains("tfevents") {
                let isFolder = (try? one.bytes(name)) == nil
                if !isFolder { #expect(try one.bytes(name) == two.bytes(name), "\(name)") }
            }
            let pages = try [one, two].map { try Page($0.text("out/report.html")) }
            let isSame = pages[0].rest == pages[1].rest
            #expect(isSame)
            #expect(pages[0].facts["Trained"] == "2023-11-14T22:13:20Z")
            let durations = ["Training time, main", "Training speed, main"]
            #expect(
                pages[0].facts.filter { !durations.contains($0.key) }
                    == pages[1].facts.filter { !durations.contains($0.key) })
            #expect(pages[0].facts.keys.contains("Training time, main"))
            #expect(try withoutSeconds(pages[0].record) == withoutSeconds(pages[1].record))
        }

        /// The record with the one number that a clock made taken out, as sorted JSON.
        private func withoutSeconds(_ record: [String: Any]) throws -> Data {
            var record = record
            var cells = record["cells"] as? [String: [String: Any]] ?? [:]
            var stamp = cells["main"]?["stamp"] as? [String: Any] ?? [:]
            #expect(stamp["seconds"] is Double)
            stamp["seconds"] = nil
            cells["main"]?["stamp"] = stamp
            record["cells"] = cells
            return try JSONSerialization.data(withJSONObject: record, options: .sortedKeys)
        }

        @Test("Ctrl-C leaves whole files, and the next build goes on to the same weights")
        func interrupted() async throws {
            let workplace = try Workplace()
            let arguments = ["build", "digits"] + Workplace.smallReport(epochs: 8)
            let program = try workplace.start(arguments + ["--output", "out"])
            let last = workplace.folder.path("out/runs/main/ckpts/last.safetensors")
            let hasBegun = try await program.wait { FileManager.default.fileExists(atPath: last) }
            program.interrupt()
            let outcome = try await program.outcome()
            #expect(hasBegun)
            #expect(outcome.isKilled, "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
            #expect(!workplace.made.contains { $0.hasSuffix(".tmp") })
            #expect(!workplace.made.contains("out/report.html"))

            let next = try await workplace.run(arguments + ["--output", "out"])
            #expect(next.status == 0, "\(next.errors)")
            #expect(next.errors.contains("going on after epoch "))
            let whole = try await workplace.run(arguments + ["--output", "whole"])
            #expect(whole.status == 0)
            for name in ["ckpts/best.safetensors", "ckpts/last.safetensors", "logs/history.csv"] {
                #expect(
                    try workplace.bytes("out/runs/main/\(name)")
                        == workplace.bytes("whole/runs/main/\(name)"), "\(name)")
            }
        }

        @Test("a training that is stopped by one signal after the other ends with the same weights")
        func killed() async throws {
            let workplace = try Workplace()
            let arguments = ["train", "digits"] + Workplace.smallArguments(epochs: 60)
            let files = ["ckpts/best.safetensors", "ckpts/last.safetensors", "logs/history.csv"]
            func written() -> Date? {
                try? workplace.modified("out/runs/main/ckpts/last.safetensors")
            }
            for (turn, signal) in [SIGKILL, SIGTERM, SIGKILL, SIGINT].enumerated() {
                let before = written()
                let program = try workplace.start(arguments + ["--output", "out"])
                let hasTrained = try await program.wait { written() != before }
                // At another place of an epoch each time, which takes some milliseconds.
                try await Task.sleep(for: .milliseconds(3 * turn))
                kill(program.identifier, signal)
                let outcome = try await program.outcome()
                #expect(hasTrained && outcome.isKilled, "\(outcome.errors)")
            }
            for folder in ["out", "whole"] {
                let outcome = try await workplace.run(arguments + ["--output", folder])
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            for name in files {
                #expect(
                    try workplace.bytes("out/runs/main/\(name)")
                        == workplace.bytes("whole/runs/main/\(name)"), "\(name)")
            }
        }
    }
}
