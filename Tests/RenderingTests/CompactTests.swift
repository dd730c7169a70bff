import Foundation
import Literate
import Rendering
import TestSupport
import Testing

@Suite("Compact style sheets and scripts")
struct CompactTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What the page holds of a style sheet or script of the user's own.
    private func compact(_ text: String, as name: String, tag: String) throws -> String {
        try folder.write(text, to: "templates/\(name)")
        let renderer = HTMLRenderer(
            template: try PageTemplate(folder: folder.path("templates")), figureStyle: "")
        let html = try renderer.render(try build("text", folder: folder.path))
        let start = try #require(html.range(of: "<\(tag)>"))
        let end = try #require(html.range(of: "</\(tag)>"))
        return html[start.upperBound..<end.lowerBound].trimmingCharacters(in: .newlines)
    }

    @Test(
        "a style sheet loses comments and spaces, and keeps what counts",
        arguments: [
            ("/* a */ a > b { color : red; }", "a>b{color :red}"),
            ("a::after { content: \"a  ;  b\"; }", "a::after{content:\"a  ;  b\"}"),
            (
                "a :is(b, c) { width: calc(1px + 2px) !important; }",
                "a :is(b,c){width:calc(1px + 2px)!important}"
            ),
            (
                "@media (min-width: 4rem) and (max-width: 5rem) {\n  a { b: c; }\n}",
                "@media (min-width:4rem) and (max-width:5rem){a{b:c}}"
            ),
            ("a\nb { font: 1rem/1.6 'A B',\n  c; }", "a b{font:1rem/1.6 'A B',c}"),
        ])
    func style(given: String, expected: String) throws {
        #expect(try compact(given, as: "page.css", tag: "style") == expected)
    }

    @Test(
        "a script loses comments and spaces, and keeps texts, expressions and line ends that count",
        arguments: [
            ("const a = 1; // one\nlet b = a + +a;", "const a=1;let b=a+ +a;"),
            ("return \"a // b\"", "return\"a // b\""),
            ("x = `a  ${ f(\"`\") }  b` + 'it\\'s'", "x=`a  ${ f(\"`\") }  b`+'it\\'s'"),
            ("const r = /[/\"]  '/g, d = a / b / c;", "const r=/[/\"]  '/g,d=a/b/c;"),
            ("let i = 0\ni++\nj", "let i=0\ni++\nj"),
            ("a\n  .b()\n  .c(() => {\n  d\n})", "a.b().c(()=>{d})"),
            ("/* a */ if (a) return; else b", "if(a)return;else b"),
            ("a = b ? .5 : c in d", "a=b?.5:c in d"),
        ])
    func script(given: String, expected: String) throws {
        #expect(try compact(given, as: "page.js", tag: "script") == expected)
    }
}
