import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("diff and check")
    struct DiffTests {
        /// Two reports of one run each that differ in β; tests look at them and do not change them.
        private struct Pair: Sendable {
            let workplace: Workplace
            private static let shared = Task { try await Pair() }

            static func get() async throws -> Workplace { try await shared.value.workplace }

            private init() async throws {
                workplace = try Workplace()
                try workplace.folder.write(Workplace.config, to: "mine.yaml")
                try workplace.folder.write(
                    """
                    ---
                    title: "Mine"
                    config: mine.yaml
                    ---
                    ```{train}
                    #| label: main
                    ```

                    ```{eval}
                    run: main
                    ```

                    ```{figure}
                    #| label: fig-samples
                    kind: prior-samples
                    run: main
                    ```
                    """, to: "mine.md")
                for (folder, more) in [("a", []), ("b", ["-P", "train.beta=4"])] {
                    let outcome = try await workplace.run(
                        ["build", "mine.md", "-o", folder] + more)
                    #expect(outcome.status == 0, "\(outcome.errors)")
                }
            }
        }

        @Test(
            "folders, runs, pages and records are compared; the page stands alone",
            arguments: [
                "a b", "a/runs/main b/runs/main", "a/report.html b/report.html",
                "a/runs/main/run.json b/runs/main", "a/report.html b",
            ])
        func sources(_ typed: String) async throws {
            let workplace = try await Pair.get()
            let folder = "diff-\(typed.filter(\.isLetter))"
            let outcome = try await workplace.run(
                ["diff"] + typed.split(separator: " ").map(String.init) + ["-o", folder])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains(/train\.beta +1(\.0)? +4(\.0)?/), "\(outcome.output)")
            #expect(outcome.output.contains(/\nelbo +−/))
            #expect(outcome.output.hasSuffix("\(folder)/report.html\n"))
            let page = try workplace.text("\(folder)/report.html")
            #expect(page.contains("1 config key changed") && page.contains("<svg"))
            #expect(!page.contains("src=\"http") && page.contains("Content-Security-Policy"))
            let markdown = try workplace.text("\(folder)/report.md")
            #expect(markdown.contains("| elbo |") && markdown.contains("train.beta"))
        }

        @Test("with both folders, errors are image by image and the same images stand side by side")
        func paired() async throws {
            let workplace = try await Pair.get()
            let outcome = try await workplace.run(["diff", "a", "b", "-o", "paired"])
            #expect(outcome.output.contains(", paired"))
            for picture in ["fig-curves-0", "fig-reconstructions-0", "fig-samples-0"] {
                #expect(workplace.made.contains("paired/figures/\(picture).png"))
            }
        }

        @Test("scores alone are compared, and say that they know no config")
        func scores() async throws {
            let workplace = try await Pair.get()
            let outcome = try await workplace.run(
                ["diff", "a/scores.json", "b/scores.json", "-o", "scores"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try workplace.text("scores/report.md").contains("says nothing of its config"))
        }

        @Test(
            "what cannot be compared is named, with what was expected",
            arguments: [
                ("diff a nowhere", "there is no file or folder 'nowhere'"),
                ("diff mine.yaml b", "'mine.yaml' is nothing that can be compared"),
                ("diff a b --run mian", "did you mean 'main'?"),
            ])
        func mistakes(_ typed: String, _ words: String) async throws {
            let workplace = try await Pair.get()
            let outcome = try await workplace.run(typed.split(separator: " ").map(String.init))
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }

        @Test("a run holds against itself and one of a higher price does not")
        func baseline() async throws {
            let workplace = try await Pair.get()
            let same = try await workplace.run(["check", "a", "--baseline", "a/scores.json"])
            #expect(same.status == 0, "\(same.errors)")
            #expect(same.output.contains("All ") && same.output.contains(" hold."))
            let worse = try await workplace.run(["check", "b", "--baseline", "a/report.html"])
            #expect(worse.status == 3)
            #expect(worse.output.contains("fails: "), "\(worse.output)")
            let one = try await workplace.run(
                ["check", "b", "--baseline", "a/scores.json", "--score", "test.ebo"])
            #expect(one.status == 2 && one.errors.contains("did you mean 'test.elbo'?"))
        }
    }
}
