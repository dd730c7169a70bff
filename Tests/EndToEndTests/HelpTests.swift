import Foundation
import Testing

extension EndToEnd {
    @Suite("Help and usage")
    struct HelpTests {
        @Test("help teaches with examples and names every subcommand")
        func help() async throws {
            let outcome = try await Workplace().run("--help")
            #expect(outcome.status == 0)
            #expect(outcome.errors.isEmpty)
            for words in [
                "vae-report build mnist", "vae-report build digits", "-P train.epochs=3",
                "outputs/<report>/", "Exit status", "  build ", "  data ", "  bench ",
            ] { #expect(outcome.output.contains(words), "\(words)") }
        }

        @Test(
            "every subcommand has help of its own",
            arguments: [
                ["build"], ["bench"], ["data"], ["data", "list"], ["data", "fetch"],
                ["data", "verify"], ["train"], ["eval"], ["sample", "prior"], ["viz", "traverse"],
                ["compare", "dae"], ["config"], ["clean"], ["preview"], ["selftest"],
                ["diff"], ["check"], ["init"], ["doctor"], ["completions"], ["manual"],
            ])
        func subcommands(_ command: [String]) async throws {
            let outcome = try await Workplace().run(command + ["--help"])
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("USAGE: vae-report \(command.joined(separator: " "))"))
        }

        @Test(
            "what is mistyped gets a suggestion, exit code 2, and nothing is written",
            arguments: [
                (["build", "mnits"], "Did you mean 'mnist'?"),
                (["build", "nothing/like/it.md"], "there is no report 'nothing/like/it.md'"),
                (["biuld", "mnist"], "Did you mean 'build'?"),
                (["sample", "priro", "mnist"], "Did you mean 'prior'?"),
                (["viz", "figure", "manifold", "--set", "rnage=3"], "did you mean 'range'?"),
                (["viz", "figure", "manifolds", "mnist"], "did you mean 'manifold'?"),
                (["sample", "interpolate", "mnist", "--images", "3"], "a way has two ends"),
                (["build", "digits", "-P", "train.epoch=3"], "did you mean 'train.epochs'?"),
                (["build", "digits", "-P", "bta=3"], "did you mean 'beta'?"),
                (["build", "digits", "-P", "beta"], "expected key=value"),
                (["build", "digits", "-P", "train.epochs=many"], "train.epochs"),
                (["build", "digits", "--outptu", "x"], "--output"),
                (["build"], "<report>"),
                (["data", "verify", "mnits"], "Did you mean 'mnist'?"),
                (["bench", "--steps", "0"], "--steps is 1 to 1000000"),
                (["bench", "--model", "big"], "known: conv"),
            ])
        func mistyped(_ arguments: [String], _ words: String) async throws {
            let workplace = try Workplace()
            let outcome = try await workplace.run(arguments)
            #expect(outcome.status == 2)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(outcome.errors.contains("error:"))
            #expect(workplace.folder.contents().isEmpty)
        }

        @Test(
            "a mistake in a command line ends with the command to type",
            arguments: [
                (["biuld", "mnist"], "vae-report build mnist"),
                (["build", "mnits", "-P", "beta=4"], "vae-report build mnist -P beta=4"),
                (["build"], "vae-report build mnist"),
                (["train", "nope"], "vae-report train configs/mnist.yaml"),
                (["eval"], "vae-report eval configs/mnist.yaml"),
                (["viz", "recn", "mnist"], "vae-report viz recon mnist"),
                (["viz", "figure"], "vae-report viz figure --list"),
                (
                    ["train", "mnist", "-P", "trian.beta=2"],
                    "vae-report train mnist -P train.beta=2"
                ),
                (
                    ["build", "digits", "--outptu", "my page"],
                    "vae-report build digits --output 'my page'"
                ),
                (["data", "fetch", "mnits"], "vae-report data fetch mnist"),
                (["data", "fetch"], "vae-report data fetch mnist"),
                (
                    ["check", "a", "--baseline", "b"],
                    "vae-report check outputs/mnist --baseline baseline.json"
                ),
                (["diff", "a", "b"], "vae-report diff outputs/mnist outputs/mnist@1f2e3d4c"),
                (["clean", "nope"], "vae-report clean"),
            ])
        func nextStep(_ arguments: [String], _ command: String) async throws {
            let outcome = try await Workplace().run(arguments)
            #expect(outcome.status == 2)
            #expect(outcome.errors.hasSuffix("\n    type: \(command)\n"), "\(outcome.errors)")
        }

        @Test(
            "a group of commands named alone asks which of them, with its help, on standard error",
            arguments: [
                ("viz", "'vae-report viz' is followed by one of: recon, traverse, "),
                ("sample", "'vae-report sample' is followed by one of: prior, posterior, "),
                ("compare", "'vae-report compare' is followed by one of: dae"),
                ("data", "'vae-report data' is followed by one of: list, fetch, verify"),
            ])
        func group(_ name: String, _ words: String) async throws {
            let outcome = try await Workplace().run(name)
            #expect(outcome.status == 2)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.hasPrefix("vae-report: error: \(words)"), "\(outcome.errors)")
            #expect(outcome.errors.contains("USAGE: vae-report \(name) "))
        }
    }
}
