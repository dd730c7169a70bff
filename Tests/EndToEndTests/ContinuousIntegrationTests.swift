import Foundation
import Testing

extension EndToEnd {
    @Suite("Builds in CI")
    struct ContinuousIntegrationTests {
        private static let report = """
            ---
            title: "Mine"
            config: configs/mine.yaml
            ---
            ```{train}
            #| label: main
            ```

            ```{eval}
            run: main
            ```

            ```{figure}
            #| label: fig-kl
            kind: kl-per-dimension
            run: main
            ```

            {{< include gates.md >}}

            """
        private static let gates = """
            Gates:

            ```{check}
            main.test.psnr: {min: 0}
            main.test.elbo: {min: 0}
            ```

            """

        private let workplace: Workplace

        init() async throws {
            workplace = try Workplace()
            try workplace.writeReport("mine", Self.report)
            try workplace.folder.write(Self.gates, to: "reports/gates.md")
            try workplace.folder.write("what others wrote\n", to: "summary")
        }

        /// A build as in a job whose repository holds the workplace's folder.
        private func build() async throws -> Workplace.Outcome {
            let path = workplace.folder.path
            return try await workplace.run(
                "build", "mine", "--ci",
                environment: [
                    "GITHUB_STEP_SUMMARY": workplace.folder.path("summary"),
                    "GITHUB_WORKSPACE": String(
                        path.prefix(through: path.lastIndex(of: "/") ?? path.startIndex).dropLast()),
                ])
        }

        private var place: String {
            workplace.folder.path.split(separator: "/").last.map(String.init) ?? ""
        }

        @Test(
            "a check that does not hold: exit status 3, an annotation on its line, a summary, an artifact"
        )
        func failedCheck() async throws {
            let outcome = try await build()
            #expect(outcome.status == 3, "\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n")
            try #require(lines.count == 2, "\(outcome.output)")
            #expect(
                lines[0].hasPrefix(
                    "::error file=\(place)/reports/gates.md,line=5,col=1,endColumn=15,"
                        + "title=A check did not hold::main.test.elbo should be at least 0, but"),
                "\(lines[0])")
            #expect(lines[1] == "outputs/mine/report.html")
            let summary = try workplace.text("summary")
            #expect(summary.hasPrefix("what others wrote\n# Mine\n"))
            #expect(
                Words(of: summary).lacking(
                    "1 of 2 checks held.", "check failed: main.test.elbo should be at least 0",
                    "`main.test.psnr`",
                    "In the artifact: `report.html`") == [])
            for name in ["index.html", "summary.md", "report.html", "figures/fig-kl.png"] {
                #expect(workplace.made.contains("outputs/mine/artifact/\(name)"), "\(name)")
            }
        }

        @Test(
            "a cell that failed: exit status 1 though a check failed too, and the artifact is there"
        )
        func failedCell() async throws {
            try workplace.writeReport(
                "mine", Self.report + "\n```{train}\n#| label: wild\n```\n")
            try workplace.folder.write("in the way", to: "outputs/mine/runs/wild")
            let outcome = try await build()
            #expect(outcome.status == 1)
            let errors = outcome.output.split(separator: "\n").filter { $0.hasPrefix("::error ") }
            #expect(errors.count == 2)
            #expect(errors.first?.contains("reports/mine.md,line=21,col=1,") == true, "\(errors)")
            #expect(errors.first?.contains("title=The cell 'wild' failed::") == true)
            #expect(workplace.made.contains("outputs/mine/artifact/index.html"))
            #expect(try workplace.text("summary").contains("## Cells without a result"))
        }

        @Test("a mistake in the report: exit status 2, an annotation, and the summary says why")
        func mistake() async throws {
            try workplace.folder.write("```{chekc}\n```\n", to: "reports/gates.md")
            let outcome = try await build()
            #expect(outcome.status == 2)
            #expect(
                outcome.output.hasPrefix(
                    "::error file=\(place)/reports/gates.md,line=1,"),
                "\(outcome.output)")
            #expect(
                Words(of: try workplace.text("summary")).lacking(
                    "what others wrote\n", "# mine was not built", "    ```{chekc}") == [])
        }

        @Test("the artifact keeps nothing of earlier builds, and leaves other people's files alone")
        func stale() async throws {
            _ = try await build()
            let artifact = "outputs/mine/artifact"
            try workplace.folder.write("mine", to: "\(artifact)/figures/mine.txt")
            try workplace.folder.write("mine", to: "mine.txt")
            let list = try workplace.text("\(artifact)/files.txt")
            try workplace.folder.write(list + "../../../mine.txt\n", to: "\(artifact)/files.txt")
            try workplace.writeReport(
                "mine", Self.report.replacing("label: fig-kl", with: "label: fig-price"))
            _ = try await build()
            let figures = workplace.made.filter { $0.hasPrefix("\(artifact)/figures/") }
            #expect(figures.contains("\(artifact)/figures/fig-price.png"))
            #expect(figures.contains("\(artifact)/figures/mine.txt"))
            #expect(!figures.contains { $0.contains("fig-kl") }, "\(figures)")
            #expect(try workplace.text("mine.txt") == "mine")
            #expect(try await workplace.run("clean").status == 0)
            #expect(workplace.made.filter { $0.hasPrefix(artifact) }.count == 3)
        }
    }
}
