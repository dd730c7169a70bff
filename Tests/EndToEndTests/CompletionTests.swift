import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Completions")
    struct CompletionTests {
        private static let hasBash = FileManager.default.isExecutableFile(atPath: "/bin/bash")

        @Test(
            "each shell gets a script that names every command", arguments: ["bash", "zsh", "fish"])
        func scripts(_ shell: String) async throws {
            let outcome = try await Workplace().run("completions", shell)
            #expect(outcome.status == 0)
            #expect(outcome.errors.isEmpty)
            let words = Words(of: outcome.output)
            #expect(words.lacking("build", "preview", "completions", "doctor", "data-dir") == [])
        }

        @Test("another shell is a mistake that names the three")
        func otherShell() async throws {
            let outcome = try await Workplace().run("completions", "bahs")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("did you mean 'bash'?"))
            #expect(outcome.errors.contains("type: vae-report completions bash"))
        }

        /// What bash offers after a line whose last word is being typed.
        private static func offered(_ line: [String], in workplace: Workplace) async throws
            -> [String]
        {
            let script = try await workplace.run("completions", "bash").output
            try workplace.folder.write(script, to: "home/complete.bash")
            let words = line.map { "'\($0)'" }.joined(separator: " ")
            let text = line.joined(separator: " ")
            let asks = """
                source home/complete.bash
                COMP_WORDS=("$PROGRAM" \(words)); COMP_CWORD=\(line.count)
                COMP_LINE="$PROGRAM \(text)"; COMP_POINT=${#COMP_LINE}
                _vae-report_without_spaces "$PROGRAM" '\(line.last ?? "")' '\(line.dropLast().last ?? "")'
                printf '%s\\n' "${COMPREPLY[@]}"
                """
            return try workplace.bash(asks).split(separator: "\n").map(String.init)
        }

        @Test(
            "bash completes commands, reports, data sets, figures and config keys",
            .enabled(if: hasBash),
            arguments: [
                (["doc"], "doctor"), (["build", "mni"], "mnist"), (["build", "min"], "mine"),
                (["preview", "dig"], "digits"), (["train", "cif"], "cifar10"),
                (["train", "mnist", "-P", "train.be"], "train.beta="),
                (["build", "mnist", "-P", "model.la"], "model.latent_dim="),
                (["data", "fetch", "mn"], "mnist"), (["viz", "figure", "mani"], "manifold"),
                (["eval", "outputs/m"], "outputs/mine/runs/main"),
                (["completions", "fi"], "fish"), (["bench", "--model", "res"], "resnet"),
            ])
        func bash(_ line: [String], _ word: String) async throws {
            let workplace = try Workplace()
            try workplace.folder.write("# Mine", to: "reports/mine.md")
            try workplace.folder.write("{}", to: "outputs/mine/runs/main/run.json")
            let offered = try await Self.offered(line, in: workplace)
            #expect(offered.contains(word), "\(offered)")
            #expect(offered.allSatisfy { $0.hasPrefix(line.last ?? "") }, "\(offered)")
        }
    }

    @Suite("Manual page")
    struct ManualTests {
        @Test("has every command with its options, and nothing that roff would take for a request")
        func page() async throws {
            let outcome = try await Workplace().run("manual")
            #expect(outcome.status == 0)
            let page = outcome.output
            let words = Words(of: page)
            #expect(
                words.lacking(
                    ".TH VAE\\-REPORT 1", ".SS \"build\"", ".SS \"viz figure\"",
                    ".SS \"data verify\"",
                    "\\fB\\-\\-data\\-dir \\fIfolder\\fB\\fR", ".SH EXIT STATUS", ".SH ENVIRONMENT")
                    == [])
            let requests = Set(
                page.split(separator: "\n").filter { $0.hasPrefix(".") }.map {
                    String($0.prefix { $0 != " " })
                })
            #expect(
                requests.isSubset(of: [
                    ".\\\"", ".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".I", ".nf", ".fi",
                ]), "\(requests)")
            #expect(!page.contains("\n'"))
        }
    }
}
