import Files
import Foundation
import Literate
import Rendering
import TestSupport
import Testing

@Suite("What a build says in CI")
struct ContinuousIntegrationTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let text =
        HTMLTests.run + "```{figure}\n#| label: fig-kl\nkind: kl\nrun: main\n```\n"

    private func report(failing: Set<String> = [], record: String? = nil) throws -> BuiltReport {
        var runner = FakeReportRunner()
        runner.failing = failing
        let built = try build(Self.text, runner: runner, folder: folder.path)
        guard let record else { return built }
        let outcomes = built.outcomes.map { outcome -> CellOutcome in
            guard var result = outcome.result, result.record != nil else { return outcome }
            result.record = record
            return .reused(result)
        }
        return BuiltReport(document: built.document, outcomes: outcomes, values: built.values)
    }

    @Test("the summary has verdict, scores, curves and links")
    func summary() throws {
        let record = """
            {"history": {"epochs": [
              {"objective": 400.5, "validationObjective": 300}, {"objective": 200},
              {"objective": 100.25, "validationObjective": 90}]}}
            """
        let summary = SummaryRenderer().render(
            try report(record: record), files: ["report.html"])
        #expect(summary.contains("🟢 good"))
        #expect(summary.contains("| `main.test.elbo` | "))
        #expect(summary.contains("| main | training | `█▃▁` 400.50 → 100.25 |"), "\(summary)")
        #expect(summary.contains("| main | validation | `█▁` 300.00 → 90.00 |"))
        #expect(summary.contains("In the artifact: `report.html`"))
        #expect(!summary.contains("## Checks"))
        #expect(!summary.contains("## Cells without a result"))
    }

    @Test("a cell that failed is in the summary, and what it says is only text")
    func failure() throws {
        let summary = SummaryRenderer().render(try report(failing: ["fig-kl"]), files: [])
        #expect(
            summary.contains("- ❌ **fig-kl** (reports/report.md:9): no \\<luck\\> at all"),
            "\(summary)")
    }

    @Test("the summary stays under a megabyte, in whole lines")
    func limit() throws {
        let words = String(repeating: "word ", count: 50)
        let rows = (0..<8000).map { "main.test.\($0)" }
        let built = try report()
        let values = Dictionary(
            uniqueKeysWithValues: rows.map { ($0, PublishedValue(1, unit: words)) })
        let long = BuiltReport(
            document: built.document, outcomes: built.outcomes, values: values)
        let summary = SummaryRenderer().render(long, files: [])
        #expect(summary.utf8.count <= SummaryRenderer.byteLimit)
        #expect(summary.utf8.count > 900_000)
        #expect(summary.hasSuffix("it is in the artifact.*\n"))
        #expect(SummaryRenderer().render(long, files: [], limit: 2000).utf8.count <= 2000)
        #expect(SummaryRenderer().render(long, files: [], limit: 10).isEmpty)
    }

    @Test("the summary of a build that came to nothing shows why, as text alone")
    func nothing() {
        let summary = SummaryRenderer().render(
            failure: "a.md:1:1: error: <b>\n    ^", of: "reports/a_b.md")
        #expect(
            summary
                == "# reports/a\\_b.md was not built\n\n    a.md:1:1: error: <b>\n        ^\n")
    }

    @Test("annotations name the place and cannot be broken by what they say")
    func annotations() throws {
        let lines = WorkflowAnnotation.all(of: try report(failing: ["fig-kl"])).map(\.description)
        try #require(lines.count == 1)
        #expect(lines[0].hasPrefix("::error file=reports/report.md,line=9,col=1,endColumn="))
        #expect(lines[0].hasSuffix(",title=The cell 'fig-kl' failed::no <luck>%0Aat all"))
        let mistake = SourceError(
            "100 % wrong\r\n::error::x",
            at: SourceLocation(file: "a,b:c%.md", line: 3, column: 7, length: 2))
        #expect(
            WorkflowAnnotation(mistake).description
                == "::error file=a%2Cb%3Ac%25.md,line=3,col=7,endColumn=9,title=Mistake in the "
                + "report::100 %25 wrong%0A::error::x")
        let argument = SourceError("no", at: SourceLocation(file: "-P", line: 1, column: 1))
        #expect(
            WorkflowAnnotation(argument).description == "::error title=Mistake in the report::no")
        #expect(
            WorkflowAnnotation(mistake).line(in: "sub").hasPrefix("::error file=sub/a%2Cb%3Ac%25"))
        #expect(
            WorkflowAnnotation(failure: "no data\nat all").description
                == "::error title=The report was not built::no data%0Aat all")
    }

    @Test("what was skipped is a warning")
    func skipped() throws {
        let lines = WorkflowAnnotation.all(of: try report(failing: ["main"])).map(\.description)
        #expect(lines.first?.hasPrefix("::error ") == true)
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("::warning ") })
        #expect(lines.count == 3)
    }

    @Test("the index links to every file and loads nothing")
    func index() throws {
        let page = try ArtifactIndex().render(
            try report(), files: ["report.html", "figures/a b.png", "runs/m@beta=4/logs/x.csv"])
        #expect(page.contains("content=\"default-src 'none'; "))
        #expect(page.contains("<a href=\"figures/a%20b.png\">a b.png</a>"))
        #expect(page.contains("<a href=\"runs/m@beta%3D4/logs/x.csv\">"))
        #expect(!page.contains("<img") && !page.contains("<script"))
    }
}
