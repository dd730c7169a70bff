import Files
import Literate
import TestSupport
import Testing

@Suite("Profiles shorten a report")
struct ProfileTests {
    private static let text = smallReport.replacing(
        "params: {beta: 1.0}",
        with: """
            params: {beta: 1.0}
            profiles:
              ci: {train.epochs: 1, beta: 2}
              quick: {train.lr: 1e-2}
            """)

    private func overrides(
        _ text: String = text, profile: String?, _ commandLine: [String] = []
    ) throws -> [ParameterOverride] {
        try DocumentParser.overrides(
            in: SourceText(name: "reports/small.md", text: text), profile: profile,
            commandLine: commandLine.map { try ParameterOverride($0) })
    }

    private func document(_ text: String = text, profile: String?, _ commandLine: [String] = [])
        throws -> Document
    {
        try DocumentParser.parse(
            SourceText(name: "reports/small.md", text: text), kinds: FakeRunner.kinds,
            overrides: try overrides(text, profile: profile, commandLine))
    }

    private func message(_ text: String = text, profile: String) throws -> String {
        let error = try #require(throws: SourceError.self) {
            _ = try document(text, profile: profile)
        }
        return error.description
    }

    @Test("its settings beat cells and config, and lose to -P")
    func precedence() throws {
        let plain = try document(profile: nil)
        #expect(plain.parameters["beta"]?.number == 1)
        let short = try document(profile: "ci", ["train.epochs=3"])
        #expect(short.parameters["beta"]?.integer == 2)
        let train = try #require(short.cells.first { $0.kind == "train" })
        #expect(train.configOverrides.first { $0.key == "train.epochs" }?.value.integer == 3)
    }

    @Test("a setting may be a list")
    func list() throws {
        let text = """
            ---
            title: T
            params: {draws: [1, 10, 100]}
            profiles: {ci: {draws: [1, 2]}}
            ---

            ```{train}
            #| label: main
            ```

            ```{eval}
            run: main
            iwae: ${params.draws}
            ```
            """
        let short = try document(text, profile: "ci")
        #expect(short.parameters["draws"]?.items.map(\.integer) == [1, 2])
    }

    @Test("the report says which settings shortened it")
    func banner() throws {
        let folder = try TemporaryFolder()
        func banners(_ profile: String?, _ commandLine: [String] = []) throws -> [String] {
            let document = try document(profile: profile, commandLine)
            return try ReportBuild(document, runner: FakeRunner(), outputFolder: folder.path).run()
                .banners
        }
        #expect(try banners(nil) == [])
        #expect(
            try banners("ci") == [
                "This is the short 'ci' build: beta=2, train.epochs=1: its numbers are not the report's."
            ])
        #expect(try banners("ci", ["beta=4"]).first?.contains(": train.epochs=1:") == true)
    }

    @Test("an unknown profile is an error that lists those there are")
    func unknown() throws {
        let near = try message(profile: "cii")
        #expect(near.hasPrefix("--profile:1:1: error: this report has no profile 'cii'"))
        #expect(near.contains("did you mean 'ci'?"))
        #expect(try message(profile: "long-one").contains("profiles: ci, quick"))
        #expect(try message(smallReport, profile: "ci").contains("it has none"))
    }

    @Test(
        "a profile that cannot work is an error where it stands",
        arguments: [
            ("profiles: ci", "7:11", "expected profiles with names"),
            ("profiles: {ci: 3}", "7:16", "expected the settings of the profile 'ci'"),
            ("profiles: {1x: {beta: 1}}", "7:12", "a profile's name is"),
            ("profiles: {ci: {beta: {a: 1}}}", "7:23", "expected a value or a list for 'beta'"),
            ("profiles: {ci: {train.epoch: 1}}", "7:17", "no cell of this report takes"),
            ("profiles: {ci: {alpha: 1}}", "7:17", "this report has no parameter 'alpha'"),
        ])
    func mistakes(line: String, place: String, words: String) throws {
        let text = smallReport.replacing(
            "params: {beta: 1.0}", with: "params: {beta: 1.0}\n\n\n\n\(line)")
        let message = try message(text, profile: "ci")
        #expect(message.contains(words), "\(message)")
        #expect(message.hasPrefix("reports/small.md:\(place): error:"), "\(message)")
    }
}

@Suite("A dry run")
struct BuildForecastTests {
    @Test("tells what would run and why, and leaves no trace")
    func plan() throws {
        let folder = try TemporaryFolder()
        let output = folder.path("out")
        let runner = FakeRunner()
        func forecast(_ text: String = smallReport) throws -> BuildForecast {
            try BuildForecast(try parse(text), runner: runner, outputFolder: output)
        }
        let first = try forecast()
        #expect(first.steps.map(\.cell.id) == ["main", "eval-1", "fig-kl", "fig-free"])
        #expect(first.steps.allSatisfy { $0.fate == .runs(because: "it was never run") })
        #expect(first.text(outputFolder: output).contains("(not there yet)"))
        #expect(folder.contents().isEmpty)

        _ = try ReportBuild(try parse(smallReport), runner: runner, outputFolder: output).run()
        let (ran, files) = (runner.runs.count, folder.contents())
        #expect(try forecast().steps.allSatisfy { $0.fate == .reused })
        let changed = try forecast(smallReport.replacing("kind: curves", with: "kind: bars"))
        #expect(
            changed.steps.map(\.fate) == [
                .reused, .reused, .reused, .runs(because: "option kind: \"curves\" → \"bars\""),
            ])
        #expect(changed.text(outputFolder: output).contains("4 cells, in this order: 1 to run"))
        let upstream = try forecast(smallReport.replacing("${params.beta}", with: "2"))
        #expect(upstream.steps[1].fate == .runs(because: "main changed"))
        #expect(runner.runs.count == ran)
        #expect(folder.contents() == files)
    }
}
