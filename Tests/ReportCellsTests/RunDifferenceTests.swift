import Experiments
import Literate
import ReportCells
import Testing

@Suite("Differences of runs")
struct RunDifferenceTests {
    private func runs() throws -> (ComparedRun, ComparedRun) {
        let output = try FullReport.get().workbench.output
        return (
            try ComparedRun(label: "main", in: output), try ComparedRun(label: "flat", in: output)
        )
    }

    @Test("a run does not differ from itself")
    func same() throws {
        let main = try runs().0
        let difference = RunDifference(main, main)
        #expect(difference.settings.isEmpty)
        let numbers = difference.scores.filter { $0.change != nil }
        #expect(numbers.count > 10)
        #expect(numbers.allSatisfy { $0.judgement == .equal })
    }

    @Test("config keys that differ are listed, and other images are not compared")
    func settings() throws {
        let (main, flat) = try runs()
        let difference = RunDifference(main, flat)
        let keys = difference.settings.map(\.key)
        #expect(keys.contains("model.latent_dim") && keys.contains("data.binarize"))
        #expect(!keys.contains("log.out_dir"))
        let elbo = try #require(difference.scores.first { $0.name == "test.elbo" })
        #expect(elbo.words == "other images")
        #expect(difference.scores.first?.name == "test.elbo", "the order of a table")
    }

    @Test("the page shows config, scores and curves, in HTML and in Markdown")
    func page() throws {
        let (main, flat) = try runs()
        let report = try DifferenceReport([main], named: "a", [flat], named: "b")
        let folder = try FullReport.get().workbench.folder.path("difference")
        let built = try report.built(in: folder)
        #expect(built.exitCode == 0)
        #expect(built.document.cells.map(\.id).contains("tbl-scores-0"))
        #expect(built.result("fig-curves-0")?.figure?.svg.contains("<svg") == true)
        let table = report.scores(report.pairs[0])
        #expect(table.columns.prefix(3) == ["Score", "a", "b"])
    }

    @Test("runs of several are paired by their labels; without a pair it says what there is")
    func pairs() throws {
        let (main, flat) = try runs()
        let both = try DifferenceReport([main, flat], named: "a", [main, flat], named: "b")
        #expect(both.pairs.map(\.first.label) == ["main", "flat"] && both.alone.isEmpty)
        let one = try DifferenceReport([main, flat], named: "a", [main], named: "b")
        #expect(one.alone == ["flat (a)"])
        let error = #expect(throws: ExperimentError.self) {
            try DifferenceReport([main, main], named: "a", [flat], named: "b")
        }
        #expect("\(String(describing: error))".contains("--other-run LABEL"))
    }
}
