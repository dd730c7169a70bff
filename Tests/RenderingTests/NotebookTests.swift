import Files
import Foundation
import Literate
import Rendering
import TestSupport
import Testing

@Suite("The report as a notebook")
struct NotebookTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private struct Notebook: Decodable {
        struct Cell: Decodable {
            let cell_type: String
            let id: String
            let source: [String]
            let outputs: [Output]?
            let execution_count: Int?
            var text: String { source.joined() }
        }
        struct Output: Decodable {
            let output_type: String
            let name: String?
            let text: [String]?
            let data: [String: Lines]?
        }
        /// One text, or its lines.
        struct Lines: Decodable {
            let text: String
            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                text =
                    try (try? container.decode(String.self))
                    ?? container.decode([String].self).joined()
            }
        }
        let cells: [Cell]
        let nbformat: Int
        let nbformat_minor: Int
    }

    private func notebook(_ text: String, failing: Set<String> = []) throws -> Notebook {
        var runner = FakeReportRunner()
        runner.failing = failing
        let report = try build(text, runner: runner, folder: folder.path)
        let json = try NotebookRenderer(images: ReportImages(folder: folder.path)).render(report)
        return try JSONDecoder().decode(Notebook.self, from: Data(json.utf8))
    }

    private static let figure = """

        ```{figure}
        #| label: fig-kl
        #| alt: "Bars <b>fall</b>"
        kind: kl
        run: main
        ```

        """

    @Test("text and cells alternate, every cell with an id of its own")
    func structure() throws {
        let notebook = try notebook(HTMLTests.run + "One $a_b$.\n\n## Two\n\n$$x$$\n" + Self.figure)
        #expect(notebook.nbformat == 4)
        #expect(notebook.nbformat_minor == 5)
        let ids = notebook.cells.map(\.id)
        #expect(Set(ids).count == ids.count)
        let isValid = ids.allSatisfy { id in
            (1...64).contains(id.count)
                && id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        }
        #expect(isValid)
        let texts = notebook.cells.filter { $0.cell_type == "markdown" }
        #expect(texts.contains { $0.text == "One $a_b$." })
        #expect(texts.contains { $0.text == "## Two\n\n$$\nx\n$$" })
        #expect(texts.allSatisfy { $0.outputs == nil })
        let code = notebook.cells.filter { $0.cell_type == "code" }
        #expect(code.contains { $0.text.hasPrefix("# vae-report: train main\n") })
        #expect(Set(code.compactMap(\.execution_count)).count == code.count)
    }

    @Test("a figure is an image with its caption, what the author wrote is only text")
    func figure() throws {
        let notebook = try notebook(HTMLTests.run + Self.figure)
        let outputs = try #require(
            notebook.cells.first { $0.text.contains("figure fig-kl") }?.outputs)
        #expect(outputs.map(\.output_type) == ["display_data", "display_data"])
        #expect(outputs[0].data?["image/svg+xml"]?.text.hasPrefix("<svg") == true)
        #expect(outputs[0].data?["text/plain"]?.text == "Bars <b>fall</b>")
        let caption = try #require(outputs[1].data?["text/markdown"]?.text)
        #expect(caption.contains("**Figure 1.**"))
        #expect(caption.contains("Bars \\<b\\>fall\\</b\\>"))
    }

    @Test("a table is HTML and plain text; a failed cell speaks on its error stream")
    func tableAndFailure() throws {
        let table = """

            ```{table}
            #| label: tbl-scores
            kind: scores
            run: main
            ```

            """
        let cells = try notebook(HTMLTests.run + table + Self.figure, failing: ["fig-kl"]).cells
        let data = cells.flatMap { $0.outputs ?? [] }.compactMap(\.data)
        #expect(data.contains { $0["text/html"]?.text.hasPrefix("<table>") == true })
        #expect(data.contains { $0["text/plain"]?.text.hasPrefix("Score") == true })
        let failed = try #require(cells.first { $0.text.contains("figure fig-kl") }?.outputs?.first)
        #expect(failed.output_type == "stream")
        #expect(failed.name == "stderr")
        #expect(failed.text?.joined() == "This cell failed.\nno <luck>\nat all\n")
    }
}

@Suite("Markdown with its images inside")
struct EmbeddedImageTests {
    @Test("an image stands in the text as data")
    func embedded() throws {
        let folder = try TemporaryFolder()
        try folder.write("PNG", to: "figures/a.png")
        let report = try build("# A\n\n```{figure}\nkind: a\n```", folder: folder.path)
        let figure = FigureOutput(
            svg: "", imageFile: "figures/a.png", alternativeText: "what", defaultCaption: "c")
        let drawn = BuiltReport(
            document: report.document, outcomes: [.reused(CellResult(outputs: [.figure(figure)]))],
            values: [:])
        #expect(try MarkdownRenderer().render(drawn).contains("![what](figures/a.png)"))
        let images = ReportImages(folder: folder.path)
        let text = try MarkdownRenderer(embedding: images).render(drawn)
        #expect(text.contains("![what](data:image/png;base64,UE5H)"))
        try Disk().remove(folder.path("figures/a.png"))
        #expect(throws: FileError.self) { try MarkdownRenderer(embedding: images).render(drawn) }
    }

    @Test("links that could run a script, or close their own brackets, do neither")
    func addresses() throws {
        let folder = try TemporaryFolder()
        let text = "[a](javascript:x) [b](<http://c/d) e>) ![i](javascript:y)"
        let markdown = try MarkdownRenderer().render(try build(text, folder: folder.path))
        #expect(!markdown.contains("javascript:"))
        #expect(
            markdown.contains("[b](<http://c/d)%20e>)") || markdown.contains("[b](<http://c/d) e>)")
        )
    }
}
