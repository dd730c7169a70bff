import Files
import Literate
import TestSupport
import Testing

@Suite("Cells run when they have to and only then")
struct ReportBuildTests {
    private let folder: TemporaryFolder
    private let runner = FakeRunner()

    init() throws { folder = try TemporaryFolder() }

    @discardableResult
    private func build(
        _ text: String = smallReport, overrides: [String] = []
    ) throws -> (report: BuiltReport, ran: [String]) {
        let before = runner.runs.count
        let document = try parse(text, overrides: overrides)
        let report = try ReportBuild(document, runner: runner, outputFolder: folder.path).run()
        return (report, Array(runner.runs.dropFirst(before)))
    }

    @Test("cells run in order of dependence, then nothing runs again")
    func order() throws {
        #expect(try build().ran == ["main", "eval-1", "fig-kl", "fig-free"])
        let second = try build()
        #expect(second.ran.isEmpty)
        #expect(second.report.exitCode == 0)
        #expect(second.report.values["main.test.elbo"]?.number == -96.214)
        #expect(second.report.explanation.allSatisfy { $0.contains("reused") })
    }

    @Test("results come back from the cache as they were")
    func roundTrip() throws {
        let first = try build().report
        let second = try build().report
        #expect(first.outcomes.map(\.result) == second.outcomes.map(\.result))
        #expect(first.values == second.values)
    }

    @Test(
        "what is only words runs nothing",
        arguments: [
            ("KL per dimension", "KL of each dimension"), ("The ELBO (", "The bound ("),
            ("#| label: fig-kl", "#| label: fig-kl\n#| echo: false\n#| alt: bars"),
            ("train.beta: ${params.beta}", "train.beta:   1.0  # as always"),
        ])
    func words(old: String, new: String) throws {
        try build()
        #expect(try build(smallReport.replacing(old, with: new)).ran.isEmpty)
    }

    @Test("an option runs its cell and what depends on it")
    func options() throws {
        try build()
        let figure = try build(smallReport.replacing("kind: curves", with: "kind: bars"))
        #expect(figure.ran == ["fig-free"])
        #expect(figure.report.explanation[3].contains("option kind: \"curves\" → \"bars\""))
        #expect(try build(overrides: ["beta=4"]).ran == ["main", "eval-1", "fig-kl"])
        #expect(try build(overrides: ["train.epochs=4"]).ran == ["main", "eval-1", "fig-kl"])
    }

    @Test(
        "a cell that uses another's value runs after it, and without it where it fails or is not asked for"
    )
    func uses() throws {
        let text = smallReport.replacing("kind: curves", with: "kind: samples\nrun: main")
        #expect(try build(text).ran == ["main", "eval-1", "fig-kl", "fig-free"])
        runner.engine = "2"
        runner.failing = ["eval-1"]
        let failed = try build(text)
        #expect(failed.ran == ["main", "eval-1", "fig-free"])
        #expect(failed.report.outcomes[3].result != nil)
        let before = runner.runs.count
        runner.engine = "3"
        _ = try ReportBuild(try parse(text), runner: runner, outputFolder: folder.path)
            .run(only: ["fig-free"])
        #expect(Array(runner.runs.dropFirst(before)) == ["main", "fig-free"])
    }

    @Test("other data under the same name runs everything that saw it")
    func data() throws {
        try build()
        runner.dataDigest = "digits-2"
        let second = try build()
        #expect(second.ran == ["main", "eval-1", "fig-kl"])
        #expect(second.report.explanation[0].contains("data: digits-1 → digits-2"))
        #expect(second.report.explanation[1].contains("main changed"))
    }

    @Test("another engine runs everything that it computed, and says so")
    func engine() throws {
        try build()
        runner.engine = "2"
        let second = try build()
        #expect(second.ran == ["main", "eval-1", "fig-kl"])
        #expect(second.report.explanation[0].contains("engine: 1 → 2"))
        #expect(try build().ran.isEmpty)
        runner.engine = "1"
        #expect(try build().ran.isEmpty)
    }

    @Test("a build that was stopped between two cells goes on with the next")
    func stopped() throws {
        let folder = try TemporaryFolder()
        let document = try parse(smallReport)
        _ = try ReportBuild(document, runner: runner, outputFolder: folder.path)
            .run(only: ["eval-1"])
        #expect(runner.runs == ["main", "eval-1"])
        let report = try ReportBuild(document, runner: runner, outputFolder: folder.path).run()
        #expect(runner.runs == ["main", "eval-1", "fig-kl", "fig-free"])
        #expect(report.exitCode == 0)
    }

    @Test("a deleted or altered file of a cell runs that cell alone")
    func files() throws {
        runner.ownedFiles = ["main": ["runs/main/best.bin"], "fig-kl": ["figures/kl.png"]]
        try build()
        try Disk().remove(folder.path("figures/kl.png"))
        let second = try build()
        #expect(second.ran == ["fig-kl"])
        #expect(second.report.explanation.contains { $0.contains("figures/kl.png is gone") })
        try folder.write("something else", to: "figures/kl.png")
        #expect(try build().ran == ["fig-kl"])
        // Touched but the same: nothing to do.
        try folder.write("made by fig-kl", to: "figures/kl.png")
        #expect(try build().ran.isEmpty)
    }

    @Test("a file that another result has overwritten is not taken for this one's")
    func overwritten() throws {
        try build()
        runner.ownedFiles = ["main": ["best.bin"]]
        try build(overrides: ["beta=2"])
        try folder.write("made by another", to: "best.bin")
        #expect(try build(overrides: ["beta=2"]).ran == ["main"])
    }

    @Test("a damaged cache file is as good as none", arguments: ["", "{", "{\"id\": 3}"])
    func damaged(content: String) throws {
        try build()
        for name in folder.contents() where name.hasPrefix(".cache/") {
            try folder.write(content, to: name)
        }
        let second = try build()
        #expect(second.ran.count == 4)
        #expect(second.report.explanation.allSatisfy { $0.contains("damaged") })
    }

    @Test("an entry of which any byte is another, is cut short or goes on is as good as none")
    func alteredEntry() throws {
        let text = "```{train}\n#| label: main\n```\n"
        try build(text)
        let name = try #require(folder.contents().first { $0.contains(/[0-9a-f]{32}\.json/) })
        let whole = try WholeFile.bytes(at: folder.path(name))
        for place in whole.indices {
            var changed = whole
            changed[place] ^= 1
            for bytes in [changed, Array(whole.prefix(place))] {
                try folder.write(bytes, to: name)
                #expect(try build(text).ran == ["main"], "byte \(place)")
            }
        }
        try folder.write(whole + [32], to: name)
        #expect(try build(text).ran == ["main"])
        #expect(try build(text).ran.isEmpty)
    }

    @Test("cache: false runs in every build")
    func uncached() throws {
        let text = smallReport.replacing(
            "#| label: fig-free", with: "#| label: fig-free\n#| cache: false")
        try build(text)
        #expect(try build(text).ran == ["fig-free"])
    }

    @Test("a failing cell takes those with it that depend on it, and no others")
    func failing() throws {
        runner.failing = ["eval-1"]
        let (report, ran) = try build()
        #expect(ran == ["main", "eval-1", "fig-free"])
        #expect(report.outcomes[1] == .failed("out of luck"))
        #expect(report.outcomes[0] == .skipped(because: "eval-1"))
        #expect(report.exitCode == 1)
        #expect(report.values["main.test.elbo"] == nil)
        #expect(report.absence(of: "main.test.elbo") == "the cell 'eval-1' failed")
        runner.failing = []
        #expect(try build().ran == ["eval-1", "fig-kl"])
    }

    @Test("a full disk ends the build; a file in the way is the fault of its cell")
    func disk() throws {
        runner.failing = ["eval-1"]
        let full = FileError(action: "write", path: "out/x", code: 28)
        runner.failure = full
        #expect(throws: full) { try build() }
        let obstacle = FileError(action: "make the folder", path: "out/x", code: 17)
        runner.failure = obstacle
        #expect(try build().report.outcomes[1] == .failed("\(obstacle)"))
    }

    @Test("exit codes: a failed check is 3, a failed cell wins with 1")
    func exitCodes() throws {
        let text = smallReport + "\n```{check}\nmain.test.elbo: {min: -90}\n```\n"
        runner.failedChecks = [UnmetExpectation("main.test.elbo", "it is −96.21, below −90")]
        #expect(try build(text).report.exitCode == 3)
        runner.failing = ["fig-free"]
        let report = try build(text.replacing("kind: curves", with: "kind: other")).report
        #expect(report.exitCode == 1)
        #expect(report.failedChecks.count == 1)
        let check = try #require(report.failedChecks.first)
        #expect(check.location.column == 1)
        let line = report.document.source.lines[check.location.line - 1]
        #expect(line.hasPrefix("main.test.elbo:"))
    }

    @Test("a check in an included file fails there")
    func includedCheck() throws {
        runner.failedChecks = [UnmetExpectation("main.test.elbo", "it is −96.21, below −90")]
        let document = try parse(
            smallReport + "\n{{< include a.md >}}",
            files: ["reports/a.md": "\n```{check}\nmain.test.elbo: {min: -90}\n```"])
        let folder = try TemporaryFolder()
        let report = try ReportBuild(document, runner: runner, outputFolder: folder.path).run()
        #expect(
            report.failedChecks.first?.location
                == SourceLocation(file: "reports/a.md", line: 3, column: 1, length: 14))
    }

    @Test("a cell that does not keep its word has failed")
    func promises() throws {
        final class Silent: CellRunner {
            let kinds = FakeRunner.kinds
            func cacheInputs(of cell: Cell, in context: CellContext) -> [String: String] { [:] }
            func run(_ cell: Cell, in context: CellContext) -> CellResult {
                CellResult(files: cell.kind == "figure" ? ["nowhere.png"] : [])
            }
        }
        let document = try parse("```{train}\n#| label: a\n```\n\n```{figure}\n```")
        let report = try ReportBuild(document, runner: Silent(), outputFolder: folder.path).run()
        #expect(report.explanation[0].contains("did not publish a.data.title"))
        #expect(report.explanation[1].contains("there is no such file"))
    }

    @Test("a folder that cannot be written to is an error, not a failed cell")
    func unwritable() throws {
        try folder.write("a file", to: "out")
        let document = try parse(smallReport)
        #expect(throws: FileError.self) {
            try ReportBuild(document, runner: runner, outputFolder: folder.path("out")).run()
        }
    }
}
