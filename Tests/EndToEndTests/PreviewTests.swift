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

        @Test("follows a save, shows mistakes and what mends them, trains nothing, ends at Ctrl-C")
        func follows() async throws {
            let preview = try await RunningPreview(Self.report)
            let first = try preview.page()
            #expect(
                Words(of: first).lacking("First words.", "not run yet", "connect-src 'self'") == [])

            try preview.write(Self.report.replacing("First", with: "Other"))
            #expect(try await preview.shows("Other words."))
            try preview.write(Self.report.replacing("{train}", with: "{trian}"))
            #expect(try await preview.shows("did you mean 'train'?"))
            #expect(Words(of: try preview.page()).lacking("reports/small.md:7:", "^^^^^") == [])
            try preview.write(Self.report)
            #expect(try await preview.shows("First words."))

            preview.program.interrupt()
            let outcome = try await preview.program.outcome()
            #expect(outcome.isKilled && outcome.status == 2)
            #expect(!preview.workplace.made.contains { $0.contains("safetensors") })
        }

        @Test(
            "follows every file that the report is made of, wherever it lies, and one that is missing"
        )
        func files() async throws {
            let workplace = try Workplace()
            let folder = workplace.folder
            try folder.write("A part.", to: "reports/a/b/c/d/part.md")
            try folder.write(
                "@book{k, title={Old}, author={A. Uthor}, year={2001}}", to: "works/refs.bib")
            try folder.write(Workplace.config, to: "settings/deep/own.yaml")
            let text = """
                ---
                title: "Small"
                config: settings/deep/own.yaml
                bibliography: ../works/refs.bib
                ---
                {{< include a/b/c/d/part.md >}}

                A work [@k].

                ```{train}
                #| label: main
                ```

                """
            let preview = try await RunningPreview(text, in: workplace)
            try folder.write("Another part.", to: "reports/a/b/c/d/part.md")
            #expect(try await preview.shows("Another part."))
            try folder.write(
                "@book{k, title={Newest}, author={A. Uthor}, year={2001}}", to: "works/refs.bib")
            #expect(try await preview.shows("Newest"))
            try folder.write(Workplace.config + "colour: red\n", to: "settings/deep/own.yaml")
            #expect(try await preview.shows("settings/deep/own.yaml:"))
            try folder.write(Workplace.config, to: "settings/deep/own.yaml")
            #expect(try await preview.shows("Another part."))
            try folder.write("main { color: red }", to: "templates/page.css")
            #expect(try await preview.shows("color:red"))

            try preview.write(text + "{{< include later.md >}}\n")
            #expect(try await preview.shows("later.md cannot be read"))
            try folder.write("It came.", to: "reports/later.md")
            #expect(try await preview.shows("It came."))
        }

        @Test("redraws when another build in the report's folder ends")
        func otherBuild() async throws {
            let preview = try await RunningPreview(Self.report)
            #expect(try await preview.shows("not run yet"))
            let outcome = try await preview.workplace.run("build", "reports/small.md")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try await preview.program.wait { !preview.saysNotRun })
        }

        @Test("what stands in for data is said once, not with every rendering")
        func standIn() async throws {
            let workplace = try Workplace()
            let preview = try await RunningPreview(
                Self.report, in: workplace,
                config: Workplace.config.replacing(
                    "dataset: drawn-digits",
                    with: "dataset: mnist\n  when_unavailable: drawn-digits"))
            for word in ["Second", "Third", "Fourth"] {
                try preview.write(Self.report.replacing("First", with: word))
                #expect(try await preview.shows("\(word) words."))
            }
            let errors = preview.program.errors
            #expect(errors.components(separatedBy: "MNIST is not at hand").count == 2, "\(errors)")
        }

        @Test("gives nothing but the page, and to nobody but this machine's browser")
        func requests() async throws {
            let preview = try await RunningPreview(Self.report)
            let host = "Host: 127.0.0.1:\(preview.port)\r\n"
            let cases = [
                ("GET / HTTP/1.1\r\n\(host)", "200 OK"),
                ("GET /?query HTTP/1.0\r\nHost: localhost:\(preview.port)\r\n", "200 OK"),
                ("GET / HTTP/1.1\r\n", "403 Forbidden"),
                ("GET / HTTP/1.1\r\nHost: evil.example\r\n", "403 Forbidden"),
                ("GET / HTTP/1.1\r\nHost: evil.example:\(preview.port)\r\n", "403 Forbidden"),
                ("GET / HTTP/1.1\r\n\(host)Host: evil.example\r\n", "403 Forbidden"),
                ("GET /../../etc/passwd HTTP/1.1\r\n\(host)", "404 Not Found"),
                ("GET /%2e%2e/reports/small.md HTTP/1.1\r\n\(host)", "404 Not Found"),
                ("GET //etc/passwd HTTP/1.1\r\n\(host)", "404 Not Found"),
                ("GET /outputs/small/scores.json HTTP/1.1\r\n\(host)", "404 Not Found"),
                ("POST / HTTP/1.1\r\n\(host)Content-Length: 0\r\n", "405 Method Not Allowed"),
                ("nonsense\r\n", "400 Bad Request"),
                ("GET http://evil.example/ HTTP/1.1\r\n\(host)", "400 Bad Request"),
                ("GET /\(String(repeating: "a", count: 20_000)) HTTP/1.1\r\n\(host)", "431 "),
            ]
            for (request, status) in cases {
                let answer = try preview.say(request + "\r\n")
                #expect(
                    answer.hasPrefix("HTTP/1.1 \(status)"),
                    "\(request.prefix(80)) \(answer.prefix(80))")
                #expect(!answer.contains("root:x:"))
            }
            let head = try preview.say("HEAD / HTTP/1.1\r\n\(host)\r\n")
            #expect(head.hasPrefix("HTTP/1.1 200 OK") && head.hasSuffix("\r\n\r\n"))
        }

        @Test("visitors who say nothing keep nobody out for long, and too many are sent away")
        func crowd() async throws {
            let preview = try await RunningPreview(Self.report)
            var idle = try (0..<10).map { _ in try Visitor(port: preview.port) }
            idle.forEach { $0.say("GET / HT") }
            #expect(try preview.page().contains("First words."))
            idle += try (0..<90).map { _ in try Visitor(port: preview.port) }
            #expect(try preview.page().isEmpty)
            idle = []
            #expect(try await preview.shows("First words."))
        }

        @Test("a port that is taken is one clear message")
        func takenPort() async throws {
            let preview = try await RunningPreview(Self.report)
            let outcome = try await preview.workplace.run(
                "preview", "small", "--port", "\(preview.port)")
            #expect(outcome.status == 2)
            #expect(
                outcome.errors.hasPrefix(
                    "vae-report: error: the preview cannot listen on 127.0.0.1:\(preview.port): "),
                "\(outcome.errors)")
            #expect(outcome.errors.contains("leave --port out"))
            #expect(outcome.output.isEmpty)
        }
    }
}

/// A preview of the report "small" that a test looks at; it ends with the test.
final class RunningPreview {
    let workplace: Workplace
    let program: RunningProgram
    let port: Int

    init(
        _ text: String, in workplace: Workplace? = nil, config: String = Workplace.config
    ) async throws {
        let workplace = try workplace ?? Workplace()
        try workplace.writeReport("small", text, config: config)
        let program = try workplace.start(["preview", "small"])
        let hasStarted = try await program.wait { program.output.hasSuffix("/\n") }
        try #require(hasStarted, "\(program.errors)")
        let number = program.output.split(separator: ":").last?.prefix { $0.isNumber } ?? ""
        port = try #require(Int(number))
        self.workplace = workplace
        self.program = program
    }

    deinit { program.interrupt() }

    /// The answer to a request, word for word.
    func say(_ request: String) throws -> String {
        let visitor = try Visitor(port: port)
        visitor.say(request)
        return visitor.answer()
    }

    /// The page as a browser gets it.
    func page() throws -> String {
        try say("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")
    }

    /// What the server tells of trainings.
    func trainings() throws -> String {
        try say("GET /training HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")
    }

    /// Waits until the page has these words in it.
    func shows(_ words: String) async throws -> Bool {
        try await program.wait { (try? page().contains(words)) == true }
    }

    /// Whether the page leaves a cell to a build.
    var saysNotRun: Bool { (try? page().contains("not run yet")) != false }

    /// An author saves the report.
    func write(_ text: String) throws { try workplace.folder.write(text, to: "reports/small.md") }
}
