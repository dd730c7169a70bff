import Foundation
import Testing

extension EndToEnd {
    @Suite("Doctor")
    struct DoctorTests {
        private struct Answer: Decodable {
            let command: String
            let checks: [Check]
            let problems: Int

            struct Check: Decodable {
                let section, item, state, found, affects: String
            }
        }

        private static func answer(_ text: String) throws -> Answer {
            try JSONDecoder().decode(Answer.self, from: Data(text.utf8))
        }

        @Test(
            "says of every library, of processor, data and places what is there and what it affects"
        )
        func whole() async throws {
            let workplace = try Workplace()
            let outcome = try await workplace.run("doctor", "--json")
            let answer = try Self.answer(outcome.output)
            #expect(outcome.status == (answer.problems == 0 ? 0 : 1))
            let items = answer.checks.map(\.item)
            for item in [
                "oneDNN", "OpenBLAS", "Cairo", "Pango", "libpng", "cmark-gfm", "libarchive",
                "libcrypto", "libjpeg", "font", "processor", "kernels", "bfloat16", "threads",
                "memory",
                "not on this machine", "drawn-digits", "sprites", "outputs/", "browser",
            ] { #expect(items.contains(item), "\(item)") }
            for check in answer.checks {
                #expect(!check.found.isEmpty && !check.affects.isEmpty, "\(check.item)")
                #expect(["ok", "note", "problem"].contains(check.state))
            }
            let libraries = answer.checks.filter { $0.section == "libraries" && $0.item != "font" }
            for library in libraries {
                #expect(
                    library.found.contains(/[0-9]+\.[0-9]+/), "\(library.item) \(library.found)")
            }
            let missing = try #require(answer.checks.first { $0.item == "not on this machine" })
            #expect(missing.found.hasPrefix("mnist, ") && missing.found.contains("cifar10"))
            #expect(missing.affects.contains("vae-report data fetch mnist"))
            #expect(workplace.made.isEmpty)
        }

        @Test("lines for people fit eighty columns, with a heading for each section")
        func text() async throws {
            let outcome = try await Workplace().run("doctor")
            let lines = outcome.output.split(separator: "\n")
            for heading in ["LIBRARIES", "PROCESSOR", "DATA", "PLACES"] {
                #expect(lines.contains { $0 == heading }, "\(heading)")
            }
            #expect(lines.filter { $0.hasPrefix("         ") }.allSatisfy { $0.count <= 80 })
        }

        @Test("a data folder that is none is a problem, and exit status 1 says so")
        func noFolder() async throws {
            let workplace = try Workplace()
            let outcome = try await workplace.run(
                ["doctor", "--quiet"], environment: ["VAE_REPORT_DATA": "nowhere"])
            #expect(outcome.status == 1)
            #expect(
                outcome.output.contains("problem  $VAE_REPORT_DATA: nowhere, which is no folder"))
            #expect(!outcome.output.contains("ok "))
        }
    }
}
