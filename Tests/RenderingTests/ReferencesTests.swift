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
        let text = MarkdownRenderer().render(report)
        for part in [
            "([Kingma & \\<Welling\\> 2014](#ref-k:2014), p. \\<3\\>)", "**First**\n\none",
            "**Second**\n\ntwo", "## References\n\n- <a id=\"ref-k:2014\"></a>Kingma, D. &",
        ] {
            #expect(text.contains(part), "\(part)\n\(text)")
        }
    }
}
