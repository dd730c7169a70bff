import Foundation
import Testing

extension EndToEnd {
    @Suite("Preview")
    struct PreviewTests {
        private static let report = """
            ---
            title: "Small"
            config: configs/small.yaml
            ---
            First words.

            ```{train}
            #| label: main
            ```

            """

        /// The answer to a request as curl would show it, head and body.
        private func ask(_ port: Int, _ path: String, host: String? = nil) async throws -> String {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [
                "curl", "-s", "-i", "--noproxy", "*", "-H", "Host: \(host ?? "127.0.0.1:\(port)")",
                "http://127.0.0.1:\(port)\(path)",
            ]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return String(decoding: data, as: UTF8.self)
        }

        @Test("follows a save, shows mistakes, trains nothing, answers only for itself")
        func follows() async throws {
            let workplace = try Workplace()
            try workplace.writeReport("small", Self.report)
            let program = try workplace.start(["preview", "small"])
            defer { program.interrupt() }
            var port: Int?
            _ = try await program.wait(until: {
                port = Int(program.output.split(separator: ":").last?.prefix { $0.isNumber } ?? "")
                return port != nil
            })
            let found = try #require(port)
            let first = try await ask(found, "/")
            #expect(first.contains("200 OK"))
            #expect(first.contains("First words."))
            #expect(first.contains("not run yet"))
            #expect(first.contains("connect-src 'self'"))
            #expect(try await ask(found, "/", host: "evil.example").contains("403 Forbidden"))
            #expect(try await ask(found, "/../secret").contains("404 Not Found"))
            #expect(try await ask(found, "/version").hasSuffix("1"))

            try workplace.writeReport("small", Self.report.replacing("First", with: "Other"))
            _ = try await program.wait(until: { program.errors.contains("rendered in") })
            #expect(try await ask(found, "/").contains("Other words."))

            try workplace.writeReport("small", Self.report.replacing("{train}", with: "{trian}"))
            _ = try await program.wait(until: { program.errors.contains("trian") })
            try await Task.sleep(for: .milliseconds(200))
            let mistake = try await ask(found, "/")
            #expect(mistake.contains("did you mean 'train'?"))
            #expect(mistake.contains("^^^^^"))

            program.interrupt()
            let outcome = try await program.outcome()
            #expect(outcome.isKilled && outcome.status == 2)
            #expect(!workplace.made.contains { $0.contains("safetensors") })
        }
    }
}
