import Foundation
import Testing

extension EndToEnd {
    @Suite("bench and data")
    struct ToolTests {
        @Test("bench prints one line of JSON with the peer's names")
        func bench() async throws {
            let outcome = try await Workplace().run(
                "bench", "--steps", "3", "--base", "4", "--latent", "4", "--batch", "16")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.count { $0 == "\n" } == 1)
            let result = try #require(
                try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
            #expect(result["steps"] as? Int == 3)
            #expect((result["images_per_s"] as? Double ?? 0) > 0)
            #expect((result["peak_rss_mb"] as? Int ?? 0) > 10)
            #expect(result["dataset"] as? String == "drawn-digits")
            for name in ["model", "base", "latent", "batch", "precision", "threads"] {
                #expect(result[name] != nil, "\(name)")
            }
        }

        @Test("bench tells each layer's time and the first step's")
        func layers() async throws {
            let outcome = try await Workplace().run(
                "bench", "--steps", "2", "--model", "mlp", "--size", "8", "--batch", "16",
                "--layers")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let result = try #require(
                try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
            #expect((result["first_step_s"] as? Double ?? 0) > 0)
            let layers = try #require(result["layers"] as? [[String: Any]])
            #expect(layers.allSatisfy { ($0["forward_ms"] as? Double ?? -1) >= 0 })
            guard (result["engine"] as? String)?.hasPrefix("gather") == true else { return }
            #expect(layers.contains { $0["name"] as? String == "encoder.linear1" })
        }

        @Test("bench scores images with the importance-weighted bound")
        func bound() async throws {
            let outcome = try await Workplace().run(
                "bench", "--iwae", "3", "--images", "20", "--base", "4", "--latent", "4", "--size",
                "8")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let result = try #require(
                try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
            #expect(result["images"] as? Int == 20)
            #expect((result["iwae_nats"] as? Double ?? 0) < -30)
            #expect((result["images_per_s"] as? Double ?? 0) > 0)
        }

        @Test("selftest prints a line for each check, and all of them hold")
        func selfTest() async throws {
            let workplace = try Workplace()
            let outcome = try await workplace.run("selftest")
            #expect(outcome.status == 0, "\(outcome.output)")
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.first?.hasPrefix("check ") == true)
            #expect(lines.dropFirst().allSatisfy { $0.hasSuffix(" ok") }, "\(outcome.output)")
            #expect(lines.contains { $0.hasPrefix("IWAE-1,000 − log p(x), nats") })
            #expect(outcome.errors.contains("all \(lines.count - 1) checks hold"))
            #expect(workplace.folder.contents().isEmpty)
            let json = try await workplace.run("selftest", "--json")
            let result = try #require(
                try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
            let checks = try #require(result["checks"] as? [[String: Any]])
            #expect(checks.count == lines.count - 1 && result["failed"] as? Int == 0)
            #expect(checks.allSatisfy { $0["holds"] as? Bool == true })
        }

        @Test(
            "data list names the data sets and how to get what is not here, without asking the network"
        )
        func list() async throws {
            let workplace = try Workplace()
            let outcome = try await workplace.run("data", "list")
            #expect(outcome.status == 0)
            let lines = outcome.output.split(separator: "\n")
            let published = [
                "mnist", "fashion-mnist", "kmnist", "emnist-digits", "cifar10", "cifar100",
                "cifar100-coarse",
            ]
            #expect(lines.count == 1 + published.count + 4)
            for (line, name) in zip(lines[1...], published) {
                #expect(line.hasPrefix("\(name) "))
                #expect(line.contains("'vae-report data fetch \(name)'"))
            }
            let others = [
                ("drawn-digits", "drawn by vae-report when needed"),
                ("sprites", "drawn by vae-report when needed"), ("folder", "data.path"),
                ("arrays", "data.path"),
            ]
            for (line, (name, words)) in zip(lines.suffix(4), others) {
                #expect(line.hasPrefix("\(name) ") && line.contains(words))
            }
            #expect(workplace.folder.contents().isEmpty)
        }

        @Test("data list shows the folder of data that are here")
        func listWithData() async throws {
            let workplace = try Workplace()
            _ = try MistakeTests.BadFile.truncated.write(to: workplace.folder)
            for place in [["--data-dir", "data"], []] {
                let outcome = try await workplace.run(
                    ["data", "list"] + place,
                    environment: place.isEmpty
                        ? ["VAE_REPORT_DATA": workplace.folder.path("data")] : [:])
                #expect(outcome.output.contains("data/mnist\n"), "\(outcome.output)")
            }
        }

        @Test("data verify tells missing, altered and truncated files, exit code 1")
        func verify() async throws {
            let workplace = try Workplace()
            let missing = try await workplace.run("data", "verify", "mnist")
            #expect(missing.status == 1)
            #expect(missing.output.components(separatedBy: "missing ").count == 5)
            #expect(missing.errors.isEmpty)
            for (kind, word) in [
                (MistakeTests.BadFile.truncated, "truncated "), (.altered, "altered "),
            ] {
                let name = try kind.write(to: workplace.folder)
                let outcome = try await workplace.run(
                    "data", "verify", "mnist", "--data-dir", "data")
                #expect(outcome.status == 1)
                #expect(outcome.output.contains("\(word)"), "\(outcome.output)")
                #expect(outcome.output.contains(name))
                #expect(outcome.output.contains("expected ba891046e6505d7a"))
            }
        }

        @Test("data that is drawn needs no files: verify and fetch say so")
        func drawn() async throws {
            let workplace = try Workplace()
            let verify = try await workplace.run("data", "verify", "drawn-digits")
            #expect(verify.status == 0)
            #expect(verify.output.contains("has no files"))
            let fetch = try await workplace.run("data", "fetch", "drawn-digits")
            #expect(fetch.status == 0)
            #expect(fetch.output.contains("nothing to download"))
            #expect(workplace.made.isEmpty)
        }

        @Test("data fetch without a network fails in time and says where it asked")
        func fetch() async throws {
            let outcome = try await Workplace().run("data", "fetch", "mnist")
            #expect(outcome.status == 1)
            #expect(outcome.seconds < 10)
            #expect(outcome.errors.contains("https://"))
        }

        @Test(
            "data fetch says at once which files belong where when no network may be asked",
            arguments: [(["--offline"], [:]), ([], ["VAE_REPORT_OFFLINE": "1"])])
        func offline(options: [String], environment: [String: String]) async throws {
            let workplace = try Workplace()
            let outcome = try await workplace.run(
                ["data", "fetch", "cifar100"] + options, environment: environment)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("the network: not asked (--offline"))
            #expect(outcome.errors.contains("\n        cifar-100-binary.tar.gz\n"))
            #expect(!outcome.errors.contains("https://"))
            #expect(workplace.made.isEmpty)
        }

        @Test("Ctrl-C ends data fetch at once and leaves no half of a file")
        func interruptedFetch() async throws {
            let workplace = try Workplace()
            let server = try SilentServer()
            let proxy = "http://127.0.0.1:\(server.port)"
            let program = try workplace.start(
                ["data", "fetch", "mnist"],
                environment: ["https_proxy": proxy, "HTTPS_PROXY": proxy, "all_proxy": proxy])
            #expect(try await program.wait { server.hasVisitor() })
            program.interrupt()
            let outcome = try await program.outcome()
            #expect(outcome.isKilled)
            #expect(outcome.errors.contains("stopped; what has arrived stays"))
            #expect(!workplace.folder.contents().contains { $0.hasSuffix(".tmp") })
        }

        @Test(
            "a terminal gets a line that is redrawn, and colours; NO_COLOR takes the colours away",
            arguments: [false, true])
        func terminal(_ isPlain: Bool) async throws {
            let workplace = try Workplace()
            let environment = isPlain ? ["NO_COLOR": "1"] : [:]
            let build = try await PseudoTerminal.run(
                ["build", "digits", "--output", "out"] + Workplace.smallReport(), in: workplace,
                environment: environment)
            #expect(build.contains("\r"))
            #expect(build.contains("images/s"))
            #expect(build.contains("━"))
            let mistake = try await PseudoTerminal.run(
                ["build", "mnits"], in: workplace, environment: environment)
            #expect(mistake.contains("\u{1B}[1;31merror:") == !isPlain)
            #expect(mistake.contains("there is no report 'mnits'"))
        }
    }
}
