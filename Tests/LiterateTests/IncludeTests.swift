import Files
import Literate
import Testing

@Suite("Includes")
struct IncludeTests {
    private func report(_ text: String, _ files: [String: String]) throws -> Document {
        let paths = files.map { ("reports/\($0.key)", $0.value) }
        return try parse(text, files: Dictionary(uniqueKeysWithValues: paths))
    }

    @Test("an included file brings its text, cells, labels and its own includes")
    func whole() throws {
        let document = try report(
            "---\nparams: {beta: 2}\n---\nbefore\n{{< include parts/a.md >}}\nafter @fig-a `{val} params.beta`",
            [
                "parts/a.md":
                    "# A {#sec-a}\r\n\r\n{{< include \"b.md\" >}}\r\n{{< include ../c.md >}}",
                "parts/b.md": "```{train}\n#| label: main\ntrain.beta: ${params.beta}\n```",
                "c.md": "```{figure}\n#| label: fig-a\nrun: main\n```\nlast",
            ])
        #expect(document.cells.map(\.id) == ["main", "fig-a"])
        #expect(document.cells[0].configOverrides.first?.value.content == .integer(2))
        #expect(document.plan.dependencies["fig-a"] == ["main"])
        #expect(document.targets["sec-a"]?.sort == .section)
        #expect(document.blocks.count == 6)
        #expect(
            document.files == [
                "reports/small.md", "reports/parts/a.md", "reports/parts/b.md", "reports/c.md",
            ])
        #expect(
            document.cells[1].place
                == SourceLocation(file: "reports/c.md", line: 1, column: 1, length: 11))
    }

    @Test("in code, comments and cells it is text")
    func text() throws {
        let document = try report(
            """
            ```
            {{< include a.md >}}
            ```
            <!--
            {{< include a.md >}}
            -->
            `{{< include a.md >}}`

                {{< include a.md >}}
            """, [:])
        #expect(document.blocks.count == 3)
    }

    @Test(
        "mistakes in an included file are located there, with the line that includes it",
        arguments: [
            ("text\n\nsee @fig-x", "3:5", "@fig-x", "nothing is labelled"),
            ("`{val} a.b`", "1:8", "a.b", "nothing publishes"),
            ("\n```{trian}\n```", "2:5", "trian", "unknown cell kind"),
            (
                "```{train}\n#| label: main\ntrain.epohcs: 3\n```", "3:1", "train.epohcs",
                "unknown key"
            ),
            ("```{figure}\nkind: pie\n```", "2:7", "pie", "no figure 'pie'"),
            ("```{figure}\nrun: none\n```", "2:6", "none", "no 'train' cell"),
            ("> [!NOET]\n> x", "1:5", "NOET", "unknown callout"),
            ("a\n\n$$ x", "3:1", "$$", "not closed"),
            ("text [@key]", "1:7", "@key", "no work"),
            ("::: tabs\ntext\n:::", "1:1", "::: tabs", "begin with a heading"),
            ("# A {#sec-a b}", "1:7", "sec-a b", "a label has"),
            ("```{figure}\n#| caption: \"`{vla} x`\"\n```", "2:15", "{vla}", "inline value"),
            ("```{train}\n#| label: m\na: b: c\n```", "3:5", ":", "not valid YAML"),
            ("```{train}\n", "1:1", "```{train}", "not closed in this file"),
            ("a\n<!-- b", "2:1", "<!-- b", "not closed in this file"),
            ("---\ntitle: b\n---\n", "1:1", "---", "no front matter"),
            ("{{< include none.md >}}", "1:13", "none.md", "the include reports/parts/none.md"),
            ("{{< include ../../x.md >}}", "1:13", "../../x.md", "out of the report's folder"),
            ("{{< include /etc/passwd >}}", "1:13", "/etc/passwd", "out of the report's folder"),
            (
                "{{< include ../small.md >}}", "1:13", "../small.md",
                "small.md → parts/a.md → small.md"
            ),
            ("{{< include a.md >}}", "1:13", "a.md", "parts/a.md → parts/a.md"),
            ("{{< video x >}}", "1:1", "{{< video x >}}", "unknown shortcode 'video'"),
            ("see {{< include b.md >}}", "1:5", "{{< include b.md >}}", "alone on a line"),
            ("{{< include >}}", "1:1", "{{< include >}}", "names no file"),
            ("a\u{E0F2}", "1:2", " ", "U+E0F0"),
        ])
    func mistakes(part: String, place: String, underlined: String, says: String) throws {
        let error = try #require(throws: SourceError.self) {
            try report("one\n\n{{< include parts/a.md >}}\nlast", ["parts/a.md": part])
        }
        #expect(error.description.hasPrefix("reports/parts/a.md:\(place): error: "), "\(error)")
        #expect(error.location.length == underlined.count, "\(error)")
        #expect(error.message.contains(says), "\(error)")
        #expect(error.description.hasSuffix("\n    included from reports/small.md:3"), "\(error)")
        let line = error.location.line - 1
        #expect(
            error.line
                == part.split(separator: "\n", omittingEmptySubsequences: false)[line].description)
    }

    @Test("a mistake two files down names both including lines")
    func chain() throws {
        let error = try #require(throws: SourceError.self) {
            try report(
                "{{< include a.md >}}", ["a.md": "\n{{< include b.md >}}", "b.md": "\n\n@fig-x"])
        }
        #expect(error.description.hasPrefix("reports/b.md:3:1: error: "))
        #expect(
            error.description.hasSuffix(
                "\n    included from reports/a.md:2\n    included from reports/small.md:1"))
    }

    @Test("mistakes before and after an include keep their lines")
    func neighbours() throws {
        for (text, place) in [
            ("@fig-x\n{{< include a.md >}}", 1), ("{{< include a.md >}}\n@fig-x", 2),
        ] {
            let error = try #require(throws: SourceError.self) {
                try report(text, ["a.md": "1\n2\n3"])
            }
            #expect(error.description.hasPrefix("reports/small.md:\(place):1: error: "), "\(error)")
            #expect(error.includedFrom.isEmpty)
        }
    }

    @Test("files that include each other many times come to an end")
    func explosion() throws {
        var files = ["p30.md": "x"]
        for index in 0..<30 {
            files["p\(index).md"] =
                "{{< include p\(index + 1).md >}}\n{{< include p\(index + 1).md >}}"
        }
        let error = try #require(throws: SourceError.self) {
            try report("{{< include p0.md >}}", files)
        }
        #expect(error.message.contains("more than 1000 includes"))
    }

    @Test("moving text into an included file changes no cell's key")
    func cache() throws {
        let cell = "```{train}\n#| label: main\ntrain.beta: 1\n```"
        let own = try parse(cell)
        let included = try report("{{< include a.md >}}", ["a.md": cell])
        #expect(own.cells[0].body == included.cells[0].body)
        #expect(
            own.cells[0].configOverrides.map(\.value.canonical)
                == included.cells[0].configOverrides.map(\.value.canonical))
    }
}
