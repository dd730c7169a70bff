import Files
import Literate
import ReportCells
import Testing

@Suite("Checks of values, and what data cells say")
struct CheckTests {
    private static func report(_ check: String) -> String {
        Workbench.report(eval: "iwae: []\nfrechet: false", rest: "```{check}\n\(check)\n```")
    }

    @Test("a check holds, fails with its place and exit code 3, and judges missing values")
    func verdicts() throws {
        let workbench = try Workbench()
        let held = try workbench.build(
            Self.report("main.test.elbo: {max: 0, sigmas: 2}\nmain.latent_size: 3"))
        #expect(held.exitCode == 0)
        #expect(held.failedChecks.isEmpty)
        let table = try #require(held.result("check-1")?.table)
        #expect(table.rows.map { $0.last?.content } == [.text("holds"), .text("holds")])
        let failed = try workbench.build(
            Self.report(
                "main.latent_size: 3\nmain.test.elbo: {min: 0}\nmain.test.frechet_samples: {max: 9}"
            ))
        #expect(failed.exitCode == 3)
        #expect(failed.ran == ["check-1"])
        #expect(failed.failedChecks.map(\.cell) == ["check-1", "check-1"])
        let first = try #require(failed.failedChecks.first)
        let line = failed.document.source.lines[first.location.line - 1]
        #expect(line.hasPrefix("main.test.elbo"))
        #expect(first.sentence.contains("should be at least 0, but it is −"))
        #expect(failed.failedChecks.last?.sentence.contains("was not computed") ?? false)
        let again = try workbench.build(
            "\(Self.report("main.latent_size: 3\nmain.test.elbo: {min: 0}"))\nMore words.")
        #expect(again.exitCode == 3)
    }

    @Test("a value without a standard error cannot be checked within standard errors")
    func withoutError() throws {
        let built = try Workbench().build(Self.report("main.train.lr: {min: 1, sigmas: 2}"))
        #expect(built.exitCode == 1)
        #expect(built.failures["check-1"]?.contains("has no standard error") ?? false)
    }

    @Test(
        "a check that makes no sense is a located error",
        arguments: [
            ("", "names no value"), ("main.seed:", "found nothing"),
            ("main.seed: {least: 3}", "has no key 'least'"),
            ("main.seed: {min: a}", "'min' is a number"),
            ("main.seed: {min: 3, max: 2}", "nothing is at least 3 and at most 2"),
            ("main.seed: {sigmas: 2}", "expected what 'main.seed' has to be"),
            ("main.seed: {min: 3, sigmas: 0}", "'sigmas' is a number above 0"),
            ("main.test.elbow: {min: 3}", "nothing publishes the value 'main.test.elbow'"),
            ("main.seed: {equals: 3, min: 2}", "'equals' is one value"),
        ])
    func mistakes(check: String, message: String) throws {
        let error = #expect(throws: SourceError.self) {
            _ = try Workbench().prepare(Self.report(check))
        }
        #expect(error?.message.contains(message) ?? false, "\(error?.message ?? "")")
        #expect((error?.location.line ?? 0) > 10)
    }

    @Test("a data cell counts images and classes and measures pixels without a run")
    func data() throws {
        let text = """
            ---
            config: configs/workbench.yaml
            title: Data
            ---
            ```{data}
            #| label: digits
            data.test_limit: 50
            ```

            `{val} digits.title`: `{val} digits.mean:.3f`.
            """
        let built = try Workbench().build(text)
        #expect(built.failures == [:])
        #expect(built.values["digits.train_count"]?.number == 256)
        #expect(built.values["digits.test_count"]?.number == 50)
        #expect(built.values["digits.classes"]?.number == 10)
        #expect((0.01...0.5).contains(built.values["digits.mean"]?.number ?? 0))
        let result = try #require(built.result("digits"))
        guard case .figure(let figure)? = result.outputs.first else {
            Issue.record("no figure of the data")
            return
        }
        #expect(result.files == ["figures/digits.png", "figures/digits.svg"])
        #expect(figure.alternativeText.contains("first training images of 10 classes"))
        #expect(figure.defaultCaption.contains("320 for training (64 of them held back"))
        let rows = try #require(figure.data).rows
        #expect(rows.count == 13)
        #expect(rows.dropFirst(3).compactMap { $0[1].number }.reduce(0, +) == 320)
    }
}
