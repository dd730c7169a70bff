import Files
import Literate
import TestSupport
import Testing

@Suite("A matrix makes one run a point")
struct MatrixTests {
    private static func report(
        _ matrix: String = "{train.beta: [1, 4], train.lr: [0.1, 0.2, 0.3]}", train: String = "",
        rest: String = "run: main"
    ) -> String {
        """
        ---
        title: Sweep
        params: {width: 8}
        ---
        `{val} main@beta=4,lr=0.2.test.elbo:.1f` `{val} main@beta=4.test.elbo:±`

        ```{eval}
        run: main
        ```

        ```{train}
        #| label: main
        matrix: \(matrix)
        \(train)
        ```

        ```{figure}
        \(rest)
        ```
        """
    }

    @Test("points are cells of their own, and those that name the matrix follow")
    func points() throws {
        let document = try parse(Self.report(rest: "runs: [main]"))
        #expect(document.cells.count == 3 + 6 + 6)
        #expect(document.cells.map(\.index) == Array(0..<15))
        let ids = document.cells.map(\.id)
        #expect(ids.contains("main@beta=4,lr=0.2"))
        #expect(ids.contains("eval-1@beta=4,lr=0.2"))
        let point = try #require(document.cells.first { $0.id == "main@beta=4,lr=0.2" })
        #expect(point.fields.isEmpty)
        #expect(point.configOverrides.map(\.value.scalarText) == ["4", "0.2"])
        #expect(document.publishers["main@beta=4.test.elbo"]?.cell == "eval-1")
        #expect(document.publishers["main@lr=0.2.test.elbo"]?.cell == "eval-1")
        #expect(document.publishers["main.test.elbo"]?.cell == "eval-1")
        let figure = document.cells[2]
        #expect(figure["runs"]?.items.count == 6)
        let folder = try TemporaryFolder()
        let runner = FakeRunner()
        let build = ReportBuild(document, runner: runner, outputFolder: folder.path)
        #expect(try build.run().exitCode == 0)
        #expect(runner.runs.count == 15)
        // A value more trains one run more.
        let wider = try parse(
            Self.report("{train.beta: [1, 4], train.lr: [0.1, 0.2, 0.3, 0.4]}", rest: "kind: a"))
        _ = try ReportBuild(wider, runner: runner, outputFolder: folder.path).run()
        #expect(
            runner.runs.dropFirst(15).filter { $0.hasPrefix("main@") }
                == ["main@beta=1,lr=0.4", "main@beta=4,lr=0.4"])
    }

    @Test("a matrix over a parameter puts it into the cells of its points")
    func parameters() throws {
        let text = Self.report("{width: [8, 16]}", train: "train.beta: ${params.width}", rest: "")
            .replacing(
                "`{val} main@beta=4,lr=0.2.test.elbo:.1f` `{val} main@beta=4.test.elbo:±`", with: ""
            )
        let document = try parse(text)
        let point = try #require(document.cells.first { $0.id == "main@width=16" })
        #expect(point.configOverrides.map(\.value.scalarText) == ["16"])
        #expect(throws: SourceError.self) { try parse(text, overrides: ["width=4"]) }
    }

    @Test(
        "what cannot be a matrix is a located error",
        arguments: [
            ("3", "", "'matrix' gives keys"), ("{train.bta: [1]}", "", "'train.bta' is neither"),
            ("{train.beta: [1, 1.0]}", "", "lists '1.0' twice"),
            ("{train.beta: []}", "", "lists no value"),
            ("{train.beta: [[1]]}", "", "lists single values"),
            ("{train.beta: [1, 2]}", "train.beta: 3", "is set here and varied"),
            ("{width: [1, 2]}", "", "which this cell does not use"),
            (
                "{train.beta: [1,2,3,4,5,6,7,8,9], train.lr: [1,2,3,4,5,6,7,8]}", "",
                "makes 72 runs"
            ),
        ])
    func mistakes(matrix: String, train: String, message: String) {
        let error = #expect(throws: SourceError.self) {
            try parse(Self.report(matrix, train: train, rest: "kind: a"))
        }
        #expect(error?.message.contains(message) ?? false, "\(error?.message ?? "")")
        #expect((error?.location.line ?? 0) > 10)
    }

    @Test("a cell about one run names one, and the message lists them")
    func several() {
        let error = #expect(throws: SourceError.self) { try parse(Self.report()) }
        #expect(error?.message == "'run' takes one run, and 'main' stands for several")
        #expect(error?.suggestion?.contains("main@beta=1,lr=0.1 or ") ?? false)
        #expect(throws: Never.self) {
            try parse(Self.report(rest: "run: main@beta=1,lr=0.1"))
        }
        let fixed = #expect(throws: SourceError.self) {
            try parse(Self.report(rest: "kind: a"), overrides: ["train.beta=2"])
        }
        #expect(fixed?.message.contains("varies 'train.beta'") ?? false)
    }

    @Test("long and strange values make short names that differ")
    func names() throws {
        let long = String(repeating: "a/b ", count: 20)
        let text = Self.report("{train.beta: [\"\(long)1\", \"\(long)2\", \"é\"]}", rest: "kind: a")
            .replacing(
                "`{val} main@beta=4,lr=0.2.test.elbo:.1f` `{val} main@beta=4.test.elbo:±`", with: ""
            )
        let labels = try parse(text).cells.compactMap(\.label).filter { $0.hasPrefix("main@") }
        #expect(Set(labels).count == 3)
        for label in labels {
            #expect(label.count < 40)
            #expect(label.allSatisfy { $0.isASCII && $0 != "/" && $0 != " " })
        }
    }

    @Test("values over runs are means with the sample standard deviation")
    func means() throws {
        let document = try parse(Self.report(rest: "kind: a"))
        let matrix = try #require(document.cells[1].matrix)
        var values: [String: PublishedValue] = [:]
        for (index, point) in matrix.points.enumerated() {
            values["\(point.label).test.elbo"] = PublishedValue(
                Double(index), unit: "nats", count: 10, standardError: 1, protocolNote: "One draw.")
            values["\(point.label).title"] = PublishedValue(text: "MNIST")
        }
        let gathered = matrix.gathered(values)
        #expect(gathered["main.title"] == PublishedValue(text: "MNIST"))
        let four = try #require(gathered["main@beta=4.test.elbo"])
        #expect(four.number == 4)
        #expect(four.deviation == 1)
        #expect(four.runCount == 3)
        #expect(four.standardError == nil)
        #expect(ValueFormat(parsing: ".1f±")?.write(four) == "4.0 ± 1.0")
        #expect(four.protocolNote?.hasPrefix("Mean ± standard deviation over 3 runs.") ?? false)
        let all = try #require(gathered["main.test.elbo"])
        #expect(all.number == 2.5)
        #expect(abs((all.deviation ?? 0) - 1.8708286933869707) < 1e-12)
        values["main@beta=1,lr=0.1.test.elbo"] = PublishedValue(notComputed: "no time")
        #expect(matrix.gathered(values)["main.test.elbo"]?.number == nil)
    }
}
