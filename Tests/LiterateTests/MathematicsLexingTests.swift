import Literate
import Testing

@Suite("Mathematics is taken out before CommonMark sees it")
struct MathematicsLexingTests {
    /// The TeX of everything that was taken for mathematics.
    private func mathematics(_ text: String) throws -> [String] {
        var found: [String] = []
        try MarkdownFragment.blocks(of: text).forEachInline { inline in
            if case .mathematics(let mathematics) = inline { found.append(mathematics.tex) }
        }
        return found
    }

    @Test(
        "what is mathematics and what is money",
        arguments: [
            ("$a*b*c$ and $d*e$", ["a*b*c", "d*e"]),
            ("$5 and $6", []),
            ("it costs $5, or $6.", []),
            ("$x$5", []),
            ("$2x$ is", ["2x"]),
            ("$ x$ and $y $", []),
            ("\\$x$ and $y$", ["y"]),
            ("$\\$5$", ["\\$5"]),
            ("$\\{x\\} \\\\ y_1$", ["\\{x\\} \\\\ y_1"]),
            ("$a_i$ and $b_i$", ["a_i", "b_i"]),
            ("`$x$` and $y$", ["y"]),
            ("``a ` $x$`` $y$", ["y"]),
            ("**$x$**, *$y$*", ["x", "y"]),
            ("| $a|b$ | c |\n|---|---|\n| $d$ | e |", ["a|b", "d"]),
            ("$a\nb$", ["a\nb"]),
            ("$a\n\nb$", []),
            ("```\n$x$\n```\n\n$y$", ["y"]),
            ("> ```\n> $x$\n> ```\n\n$y$", ["y"]),
            ("~~~ tex\n$x$\n~~~\n$y$", ["y"]),
            ("$x<y$ <b>", ["x<y"]),
            ("[$x$](http://a.b/$c$)", ["x"]),
        ] as [(String, [String])])
    func inline(text: String, expected: [String]) throws {
        #expect(try mathematics(text) == expected)
    }

    @Test("equations stand alone, keep their label and their lines")
    func equations() throws {
        let text = "Before $$ a\n\\\\ b $$ {#eq-a} after\n\n> $$ x\n> + y $$"
        let blocks = try MarkdownFragment.blocks(of: text)
        try #require(blocks.count == 4)
        guard case .equation(let first) = blocks[1], case .quote(let inner) = blocks[3],
            case .equation(let second) = inner.first
        else {
            Issue.record("\(blocks)")
            return
        }
        #expect(first.tex == " a\n\\\\ b ")
        #expect(first.label == "eq-a")
        #expect(second.tex == " x\n + y ")
        #expect(blocks[2] == .paragraph([.text("after")]))
    }

    @Test("links and code get back what was written")
    func restored() throws {
        let blocks = try MarkdownFragment.blocks(
            of: "[a](http://a.b/$c$)\n\n    $x$ @fig-a `{val} b`")
        guard case .paragraph(let inlines) = blocks[0] else { return }
        #expect(inlines == [.link(destination: "http://a.b/$c$", title: "", [.text("a")])])
        #expect(blocks[1] == .code(language: "", text: "$x$ @fig-a `{val} b`\n"))
    }

    @Test(
        "only four prefixes make a reference",
        arguments: [
            ("@fig-a.", ["fig-a"]), ("(@eq-a-b)", ["eq-a-b"]), ("@sec-a-", ["sec-a"]),
            ("me@fig-a.org", []), ("@someone", []), ("\\@fig-a", []), ("`@fig-a`", []),
            ("@tbl-ä1", ["tbl-ä1"]),
        ] as [(String, [String])])
    func references(text: String, expected: [String]) throws {
        var found: [String] = []
        try MarkdownFragment.blocks(of: text).forEachInline { inline in
            if case .reference(let reference) = inline { found.append(reference.label) }
        }
        #expect(found == expected)
    }
}
