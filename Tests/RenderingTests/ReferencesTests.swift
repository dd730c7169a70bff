import Rendering
import TestSupport
import Testing

@Suite("Tabs, citations and references in both formats")
struct ReferencesTests {
    private let folder: TemporaryFolder
    static let file = """
        @misc{k:2014, author = {Kingma, D. and <Welling>, Max}, title = {A $\\beta$ <b>}, year = 2014,
          url = {javascript:alert(1)}}
        """
    static let text = """
        ---
        title: "On [@k:2014]"
        bibliography: refs.bib
        ---
        See [@k:2014, p. <3>].

        ::: tabs
        ## First
        one
        ## Second
        two
        :::
        """

    init() throws { folder = try TemporaryFolder() }

    @Test("in HTML, escaped, with links to the list")
    func html() throws {
        let report = try build(
            Self.text, folder: folder.path, files: ["reports/refs.bib": Self.file])
        let html = try page(report)
        for part in [
            "<title>On (Kingma &amp; &lt;Welling&gt; 2014)",
            "(<a class=\"citation\" href=\"#ref-k:2014\">Kingma &amp; &lt;Welling&gt; 2014</a>, p. &lt;3&gt;)",
            "<div class=\"tabs\"><section class=\"tab\" id=\"first\"><h3 class=\"tab-title\">First</h3>",
            "<section class=\"tab\" id=\"second\">",
            "id=\"references\"", "<ul class=\"references\"><li id=\"ref-k:2014\">Kingma, D. &amp; ",
            "<mi>β</mi>", "&lt;b&gt;",
        ] {
            #expect(html.contains(part), "\(part)")
        }
        #expect(!html.contains("href=\"javascript"))
    }

    @Test("in Markdown")
    func markdown() throws {
        let report = try build(
            Self.text, folder: folder.path, files: ["reports/refs.bib": Self.file])
        let text = try MarkdownRenderer().render(report)
        for part in [
            "([Kingma & \\<Welling\\> 2014](#ref-k:2014), p. \\<3\\>)", "**First**\n\none",
            "**Second**\n\ntwo", "## References\n\n- <a id=\"ref-k:2014\"></a>Kingma, D. &",
        ] {
            #expect(text.contains(part), "\(part)\n\(text)")
        }
    }

    @Test("every work of the bibliography that ships can be cited")
    func shipped() throws {
        let file = try #require(EmbeddedFiles.text(named: "reports/references.bib"))
        let keys = file.split(separator: "\n").compactMap { line in
            line.hasPrefix("@") ? line.split(separator: "{").last?.prefix { $0 != "," } : nil
        }
        #expect(keys.count > 10)
        let text =
            "---\nbibliography: references.bib\n---\n"
            + keys.map { "[@\($0)]" }.joined(separator: " ")
        let report = try build(text, folder: folder.path)
        #expect(report.document.bibliography.works.count == keys.count)
        for work in report.document.bibliography.works {
            #expect(!work.label.contains("n.d."), "\(work.label)")
        }
    }
}
