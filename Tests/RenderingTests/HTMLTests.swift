import Files
import Foundation
import Literate
import Rendering
import TestSupport
import Testing

@Suite("HTML pages")
struct HTMLTests {
    private let folder: TemporaryFolder
    static let run = "```{train}\n#| label: main\n```\n\n```{eval}\nrun: main\n```\n\n"

    init() throws { folder = try TemporaryFolder() }

    private func html(_ text: String, runner: FakeReportRunner = FakeReportRunner()) throws
        -> String
    {
        try page(try build(text, runner: runner, folder: folder.path))
    }

    @Test(
        "whatever the author writes is escaped",
        arguments: [
            "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "`<b>` & \"c\"",
            "# <i>t</i>", "[x](javascript:alert(1))", "[x](JAVASCRIPT:alert(1))",
            "![x](http://a.b/c.png)",
            "| <b> |\n|---|\n| <u> |", "```html\n<script>\n```", "$\\text{<b>}$", "> <b>",
            "[x](http://a.b/\"onclick=\"alert(1)\")", "---\ntitle: \"<b>&\"\n---\n",
        ])
    func escaped(text: String) throws {
        let html = try html(text)
        let body = try #require(html.components(separatedBy: "</script>").dropFirst().first)
        for danger in ["<script>alert", "<img", "<b>", "<i>", "<u>", "javascript:", "onclick=\""] {
            #expect(!body.lowercased().contains(danger), "\(danger) in \(body)")
        }
    }

    @Test("labels, captions and cell sources are escaped as well")
    func escapedCells() throws {
        let text =
            Self.run + """
                ```{figure}
                #| label: fig-a
                #| caption: "a <b> & c"
                #| alt: 'say "<b>"'
                kind: "<b>"
                run: main
                ```
                """
        let html = try html(text)
        #expect(!html.contains("<b>\"") && !html.contains("a <b>"))
        #expect(html.contains("aria-label=\"say &quot;&lt;b&gt;&quot;\""))
        #expect(html.contains("a &lt;b&gt; &amp; c"))
    }

    @Test("the record is JSON that cannot leave its script element")
    func record() throws {
        let html = try html(Self.run)
        let parts = html.components(separatedBy: "id=\"record\">")
        let json = try #require(parts.last?.components(separatedBy: "</script>").first)
        let record = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let cells = try #require(record["cells"] as? [String: [String: String]])
        #expect(cells["main"]?["config"] == "a </script> b")
        let values = try #require(record["values"] as? [String: [String: Any]])
        let phrases = try #require(record["phrases"] as? [String])
        #expect(phrases == ["Mean over the test images; one draw from the posterior for each."])
        #expect(record["protocols"] as? [[Int]] == [[0]])
        let elbo = try #require(values["main.test"]?["elbo"] as? [Any])
        #expect(elbo[0] as? Double == -96.214 && elbo[1] as? Double == 0.331)
        #expect(elbo[2] as? Int == 10_000 && elbo[3] as? Int == 0)
        #expect(elbo[4] as? String == "nats per image" && elbo.count == 5)
        #expect(values["main"]?["seed"] as? Int == 0)
        let missing = values["main.test"]?["lpips"] as? [String: Any]
        #expect(missing?["not_computed"] as? String == "no weights were given")
    }

    @Test("inline values carry their protocol; what was not computed says so")
    func values() throws {
        let html = try html(
            Self.run + "It is `{val} main.test.elbo:.2f±`, `{val} main.test.lpips:.3f`.")
        #expect(
            html.contains(
                "<dfn tabindex=\"0\" data-note=\"nats per image · standard error 0.33 · n = 10,000\" data-protocol=\"0\">−96.21 ± 0.33</dfn>"
            ))
        #expect(html.contains("<span class=\"missing\">not computed: no weights were given</span>"))
    }

    @Test("figures are numbered, captioned, named for those who do not see, and carry their data")
    func figures() throws {
        let text =
            Self.run + """
                See @fig-a, @eq-a and @sec-s.

                ```{figure}
                #| label: fig-a
                kind: kl
                run: main
                ```

                $$ x $$ {#eq-a}

                ## An *end* {#sec-s}
                """
        let html = try html(text)
        #expect(html.contains("<a class=\"reference\" href=\"#fig-a\">Figure\u{A0}1</a>"))
        #expect(html.contains("<a class=\"reference\" href=\"#eq-a\">Equation\u{A0}1</a>"))
        #expect(html.contains("<a class=\"reference\" href=\"#sec-s\">An <em>end</em></a>"))
        #expect(html.contains("<figure class=\"figure\" id=\"fig-a\">"))
        #expect(
            html.contains("<b class=\"number\">Figure\u{A0}1</b> The figure <em>kl</em> of MNIST"))
        #expect(html.contains("role=\"img\" aria-label=\"Bars of “kl”"))
        #expect(html.contains("<summary>Data</summary>"))
        #expect(html.contains("<span class=\"number\">(1)</span>"))
    }

    @Test("a failing cell is marked, its dependents are marked, the rest is there")
    func failing() throws {
        let text =
            Self.run
            + "`{val} main.test.elbo:.2f`\n\n```{table}\nkind: scores\nrun: main\n```\n\nThe end."
        let html = try html(text, runner: FakeReportRunner(failing: ["eval-1"]))
        #expect(html.contains("This cell failed.</p><pre>no &lt;luck&gt;\nat all</pre>"))
        #expect(html.contains("It depends on “eval-1”"))
        #expect(
            html.contains("not available: the cell 'eval-1' failed"))
        #expect(html.contains("<p>The end.</p>"))
    }

    @Test("banners stand loudly above the title, facts in the footer")
    func banners() throws {
        let html = try html(
            Self.run, runner: FakeReportRunner(banners: ["Drawn <digits> stand in."]))
        let banner = try #require(html.range(of: "Drawn &lt;digits&gt; stand in."))
        let title = try #require(html.range(of: "<h1>"))
        #expect(banner.lowerBound < title.lowerBound)
        let footer = try #require(html.range(of: "<footer>"))
        let time = try #require(html.range(of: "3 min 20 s"))
        #expect(footer.lowerBound < time.lowerBound)
        #expect(html.components(separatedBy: "3 min 20 s").count == 2)
    }

    @Test(
        "cell sources are folded, shown or hidden as the cell says",
        arguments: [
            ("", "<details class=\"source\">"),
            ("#| echo: true\n", "<details class=\"source\" open>"),
            ("#| echo: fold\n", "<details class=\"source\">"),
        ])
    func echo(option: String, expected: String) throws {
        #expect(try html("```{note}\n\(option)text: hello\n```").contains(expected))
        let hidden = try html("```{note}\n#| echo: false\ntext: hello\n```")
        #expect(!hidden.contains("<details class=\"source\""))
    }

    @Test("tables sort by value, align numbers and explain each row once")
    func tables() throws {
        let html = try html(Self.run + "```{table}\nkind: scores\nrun: main\n```")
        #expect(html.contains("<table class=\"numbers sortable r2 r3 r5\">"))
        #expect(html.contains("<td>−96.21<td>0.33<td>"))
        #expect(
            html.contains(
                "<th scope=\"row\"><dfn tabindex=\"0\" data-protocol=\"0\">elbo</dfn><td>"))
        #expect(html.components(separatedBy: "ne draw from the posterior for each").count == 2)
        #expect(html.contains("<td>10,000"))
        #expect(
            html.contains(
                "<td colspan=\"4\"><span class=\"missing\">not computed: no weights were given"))
    }

    @Test("headings of level 1 go down one, so that the page has one title")
    func headings() throws {
        let html = try html("# One\n\n## Two\n")
        #expect(html.components(separatedBy: "<h1>").count == 2)
        #expect(
            html.contains("<h2 id=\"one\"><a href=\"#one\">One</a></h2>")
                && html.contains("<h3 id=\"two\">"))
        #expect(
            html.contains(
                "<ul><li><a href=\"#one\">One</a><ul><li><a href=\"#two\">Two</a></li></ul></li></ul>"
            ))
    }

    @Test("a folder's own template takes the place of the embedded one, part by part")
    func ownTemplate() throws {
        try folder.write("body{color:red}", to: "templates/page.css")
        let report = try build("text", folder: folder.path)
        let own = HTMLRenderer(
            template: try PageTemplate(folder: folder.path("templates")), figureStyle: "")
        #expect(try own.render(report).contains("<style>body{color:red}"))
        try folder.write("{{#a}}", to: "templates/page.mustache")
        #expect(throws: FileError.self) { try PageTemplate(folder: folder.path("templates")) }
    }

    @Test(
        "a page carries what figures need when it has one, and its policy allows just what it has")
    func assets() throws {
        let figure = """
            ```{figure}
            #| label: fig-a
            kind: elbo-terms
            run: main
            ```

            """
        for (text, isDrawn) in [("text", false), (Self.run, false), (Self.run + figure, true)] {
            let page = try html(text)
            for part in ["showModal", ".zoom", "image/svg+xml", "data-for=", "--c-ink"] {
                #expect(page.contains(part) == isDrawn, "\(part)")
            }
            #expect(!page.contains("class Bench"))
            let hashes = try ["style", "script"].map { tag in
                let inline = page.components(separatedBy: "<\(tag)").dropFirst()
                    .filter { $0.hasPrefix(">") || $0.hasPrefix(" data-for=") }
                    .map {
                        String(
                            $0.prefix(upTo: $0.range(of: "</\(tag)>")?.lowerBound ?? $0.endIndex))
                    }
                    .map { String($0[$0.index(after: $0.firstIndex(of: ">") ?? $0.startIndex)...]) }
                #expect(inline.count == (isDrawn ? 2 : 1))
                return try inline.map { "'\(try Self.source($0))'" }.joined(separator: " ")
            }
            #expect(
                page.contains(
                    "img-src data:; style-src \(hashes[0]); script-src \(hashes[1]); base-uri"))
        }
    }

    private static func source(_ text: String) throws -> String {
        let digits = Array(try Digest.sha256(of: text))
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
        return "sha256-" + Data(bytes).base64EncodedString()
    }
}
