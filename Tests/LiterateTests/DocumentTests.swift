import Files
import Literate
import Testing

@Suite("A report's source is understood")
struct DocumentTests {
    @Test("front matter, cells, numbers and order of a small report")
    func small() throws {
        let document = try parse(smallReport)
        #expect(document.frontMatter.title.plainText { _ in "…" } == "A VAE on …")
        #expect(document.cells.map(\.id) == ["fig-kl", "eval-1", "main", "fig-free"])
        #expect(document.plan.order == [2, 1, 0, 3])
        #expect(document.plan.dependencies["fig-kl"] == ["eval-1", "main"])
        #expect(document.targets["fig-kl"]?.number == 1)
        #expect(document.targets["fig-free"]?.number == 2)
        #expect(document.targets["eq-elbo"]?.number == 1)
        #expect(document.targets["sec-end"]?.title == [.text("The end")])
        #expect(document.cells[2].configOverrides.map(\.value.content) == [.number(1)])
    }

    @Test("-P beats the cell and keeps its type")
    func overrides() throws {
        let plain = try parse(smallReport, overrides: ["beta=4"])
        #expect(plain.cells[2].configOverrides.first?.value.content == .integer(4))
        let dotted = try parse(smallReport, overrides: ["train.beta=1e-3", "train.epochs=3"])
        #expect(
            dotted.cells[2].configOverrides.map(\.value.content) == [.number(0.001), .integer(3)])
    }

    @Test("parameters are put into texts, lists and quoted places")
    func substitution() throws {
        let text = """
            ---
            title: "β = ${params.beta}"
            params: {beta: 4, name: kl}
            ---
            ```{figure}
            #| caption: "At β = ${params.beta}, ${2}$"
            kind: "${params.name}-curve"
            ```

            ```{train}
            #| label: a
            train.lr: ["${params.beta}", 2]
            ```
            `{val} params.beta`
            """
        let document = try parse(text)
        #expect(document.frontMatter.title == [.text("β = 4")])
        #expect(document.cells[0]["kind"]?.text == "kl-curve")
        #expect(document.cells[0].options.caption?.first == .text("At β = 4, "))
        #expect(
            document.cells[1].configOverrides[0].value.items.map(\.content) == [
                .integer(4), .integer(2),
            ])
    }

    @Test("a cell inside a longer fence or a comment is text")
    func hiddenCells() throws {
        let text = """
            ````
            ```{train}
            ```
            ````
            <!--
            ```{train}
            ```
            -->
            After<!-- not here --> it.
            """
        let document = try parse(text)
        #expect(document.cells.isEmpty)
        #expect(
            document.blocks == [
                .code(language: "", text: "```{train}\n```\n"), .paragraph([.text("After it.")]),
            ])
    }

    @Test("cells without blank lines around them still stand alone")
    func tightCells() throws {
        let document = try parse("before\n```{figure}\n```\nafter\n```{table}\n```")
        #expect(
            document.blocks == [
                .paragraph([.text("before")]), .cell(0), .paragraph([.text("after")]), .cell(1),
            ])
    }

    @Test("Windows line ends change nothing")
    func windowsLineEnds() throws {
        let unix = try parse(smallReport)
        let windows = try parse(smallReport.replacing("\n", with: "\r\n"))
        #expect(windows.blocks == unix.blocks)
        #expect(windows.cells.map(\.fields) == unix.cells.map(\.fields))
    }

    @Test("callouts, tables, lists and typographic quotes")
    func blocks() throws {
        let text = """
            > [!NOTE]
            > It's *so*.

            | a | b |
            |---|--:|
            | 1 | ~~2~~ |

            3. x
            """
        #expect(
            try parse(text).blocks == [
                .callout(
                    .note, [.paragraph([.text("It’s "), .emphasis([.text("so")]), .text(".")])]),
                .table(
                    alignments: [.natural, .right], header: [[.text("a")], [.text("b")]],
                    rows: [[[.text("1")], [.strikethrough([.text("2")])]]]),
                .list(start: 3, isTight: true, items: [[.paragraph([.text("x")])]]),
            ])
    }

    @Test(
        "scalars are typed as YAML 1.2 types them",
        arguments: [
            ("1", CellValue.Content.integer(1)), ("-2", .integer(-2)), ("1e-3", .number(0.001)),
            (".5", .number(0.5)), ("true", .boolean(true)), ("null", .null), ("~", .null),
            ("yes", .text("yes")), ("1.2.3", .text("1.2.3")), ("'1'", .text("1")),
            ("nan", .text("nan")),
            ("1e999", .text("1e999")),
        ])
    func scalars(text: String, expected: CellValue.Content) throws {
        #expect(try ParameterOverride("a=\(text)").value.content == expected)
    }

    @Test(
        "texts nested without end are refused where they begin",
        arguments: [
            String(repeating: ">", count: 120) + " x\n",
            (0..<120).map { String(repeating: " ", count: 2 * $0) + "- x\n" }.joined(),
        ])
    func nesting(text: String) {
        let error = #expect(throws: SourceError.self) { try parse(text) }
        #expect(error?.message.contains("more than 100") == true)
    }

    @Test("lists of forty levels are read")
    func levels() throws {
        let text = (0..<40).map { String(repeating: " ", count: 2 * $0) + "- x\n" }.joined()
        #expect(try parse(text).cells.isEmpty)
    }
}
