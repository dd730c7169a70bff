import Files
import Literate
import Rendering
import Testing

@Suite("TeX becomes MathML")
struct MathMLTests {
    private func formula(_ tex: String, displayed: Bool = false) throws -> Mathematics {
        let blocks = try MarkdownFragment.blocks(of: displayed ? "$$\(tex)$$" : "a $\(tex)$")
        var found: Mathematics?
        blocks.forEachInline { if case .mathematics(let formula) = $0 { found = formula } }
        return try #require(found)
    }

    private func mathML(_ tex: String, displayed: Bool = false) throws -> String {
        let source = SourceText(name: "a.md", text: displayed ? "$$\(tex)$$" : "a $\(tex)$")
        let element = try MathML.element(for: try formula(tex, displayed: displayed), in: source)
        return String(element.drop { $0 != ">" }.dropFirst().dropLast("</math>".count))
    }

    @Test(
        "pieces",
        arguments: [
            ("x", "<mi>x</mi>"), ("12.5", "<mn>12.5</mn>"),
            ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
            ("x^2_i", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
            ("f'", "<msup><mi>f</mi><mo>′</mo></msup>"), ("\\alpha", "<mi>α</mi>"),
            ("\\Gamma", "<mi mathvariant=\"normal\">Γ</mi>"),
            ("\\frac{1}{K}", "<mfrac><mn>1</mn><mi>K</mi></mfrac>"),
            ("\\sqrt{x}", "<msqrt><mi>x</mi></msqrt>"),
            ("\\sqrt[3]{x}", "<mroot><mi>x</mi><mrow><mn>3</mn></mrow></mroot>"),
            ("\\mathbb{E}", "<mi>𝔼</mi>"), ("\\mathbb R", "<mi>ℝ</mi>"),
            ("\\mathcal{N}", "<mi>𝒩</mi>"),
            ("\\mathbf{x}", "<mi mathvariant=\"normal\">𝐱</mi>"),
            ("\\boldsymbol{\\mu}", "<mi>𝝁</mi>"),
            ("\\mathrm{KL}", "<mrow><mi mathvariant=\"normal\">KL</mi></mrow>"),
            ("\\hat{x}", "<mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">^</mo></mover>"),
            ("\\text{if } x", "<mrow><mtext>if\u{A0}</mtext><mi>x</mi></mrow>"),
            ("a < b", "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"),
            (
                "\\{x\\}",
                "<mrow><mo stretchy=\"false\">{</mo><mi>x</mi><mo stretchy=\"false\">}</mo></mrow>"
            ),
            ("\\le", "<mo>≤</mo>"), ("\\quad", "<mspace width=\"1em\"/>"),
            ("\\|", "<mo stretchy=\"false\">‖</mo>"),
            (
                "\\operatorname{diag}(x)",
                "<mrow><mi>diag</mi><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo></mrow>"
            ),
            ("f'^2", "<msup><mi>f</mi><mrow><mo>′</mo><mn>2</mn></mrow></msup>"),
            ("f'_i", "<msubsup><mi>f</mi><mi>i</mi><mo>′</mo></msubsup>"),
            ("\\dfrac12", "<mfrac displaystyle=\"true\"><mn>1</mn><mn>2</mn></mfrac>"),
            ("\\boldsymbol{\\phi}", "<mi>𝝓</mi>"), ("\\boldsymbol\\epsilon", "<mi>𝝐</mi>"),
            ("\\boldsymbol\\vartheta", "<mi>𝝑</mi>"), ("\\not\\in", "<mo>∈\u{338}</mo>"),
            ("\\operatorname{arg\\,max}", "<mi>arg\u{2009}max</mi>"),
            ("\\text{a \\& b}", "<mtext>a\u{A0}&amp;\u{A0}b</mtext>"),
            (
                "\\xrightarrow{d}",
                "<mover><mo stretchy=\"true\">→</mo><mi>d</mi></mover>"
            ),
            ("a % b", "<mi>a</mi>"), ("-1", "<mrow><mo>−</mo><mn>1</mn></mrow>"),
        ])
    func pieces(tex: String, expected: String) throws {
        let markup = try mathML(tex)
        #expect(markup == expected)
    }

    @Test("limits go below only in displayed formulas")
    func limits() throws {
        #expect(try mathML("\\sum_i x").contains("<msub><mo>∑</mo><mi>i</mi></msub>"))
        #expect(try mathML("\\sum_{i=1}^K x", displayed: true).contains("<munderover><mo>∑</mo>"))
        #expect(try mathML("\\int_0^1 x", displayed: true).contains("<msubsup><mo>∫</mo>"))
        #expect(try mathML("\\max_x", displayed: true).contains("<munder>"))
        #expect(
            try mathML("\\operatorname*{argmin}_\\theta x", displayed: true)
                .contains("<munder><mi>argmin</mi><mi>θ</mi></munder>"))
        #expect(try mathML("\\operatorname{tr}_a x", displayed: true).contains("<msub>"))
        #expect(
            try mathML("\\sum_{\\substack{a \\\\ b}}", displayed: true).contains(
                "<mtable class=\"stack\"><mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr>"
            ))
    }

    @Test("fences stretch and tables of formulas keep their rows")
    func structures() throws {
        let fenced = try mathML("\\left( \\frac{a}{b} \\right]")
        #expect(fenced.contains("<mo stretchy=\"true\" fence=\"true\" form=\"prefix\">(</mo>"))
        #expect(fenced.contains("form=\"postfix\">]</mo>"))
        let aligned = try mathML(
            "\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}", displayed: true)
        #expect(aligned.components(separatedBy: "<mtr>").count == 3)
        #expect(aligned.components(separatedBy: "<mtd>").count == 5)
        let sum = try mathML("\\begin{aligned} a &= b \\\\ &+ c \\end{aligned}", displayed: true)
        #expect(sum.contains("<mtd></mtd><mtd><mo form=\"infix\">+</mo>"))
        let cases = try mathML("f = \\begin{cases} 1 & x > 0 \\\\ 0 \\end{cases}")
        #expect(
            cases.contains("<mo stretchy=\"true\" form=\"prefix\">{</mo><mtable class=\"cases\">"))
    }

    @Test(
        "what papers on VAEs write is known",
        arguments: [
            "\\log p_\\theta(x) \\ge \\mathbb{E}_{q_\\phi(z\\mid x)}\\left[\\log p_\\theta(x\\mid z)\\right] - \\mathrm{KL}\\left(q \\,\\|\\, p\\right)",
            "z = \\mu_\\phi(x) + \\sigma_\\phi(x) \\odot \\varepsilon, \\quad \\varepsilon \\sim \\mathcal{N}(\\mathbf{0}, \\mathbf{I})",
            "\\nabla_{\\theta,\\phi} \\tilde{\\mathcal{L}}^{(i)} \\simeq \\frac{1}{L}\\sum_{l=1}^{L} \\log p(x^{(i)} \\mid z^{(i,l)})",
            "\\int \\!\\! f \\, dx \\to \\infty, \\forall x \\in \\mathbb{R}^{d} \\setminus \\{0\\}",
            "\\underset{\\theta}{\\arg\\max}\\; \\prod_n p(x_n), \\qquad \\bar{x} \\approx \\dot{x} \\neq \\vec{v}",
            "\\begin{dcases} a & b \\\\[2pt] c \\end{dcases} \\quad \\begin{aligned}[t] a &= b \\nonumber \\end{aligned}",
            "\\underbrace{\\lVert x \\rVert^2}_{\\text{error}} \\parallel y \\pmod{n} \\overset{\\text{iid}}{\\sim} p",
            "x \\leqslant \\mathop{\\mathrm{arg\\,min}}_{z} \\bigodot_i z_{i_{j^k}} \\not\\subset \\Bigg\\Vert a \\Bigg\\Vert",
            "\\begin{bmatrix} 1 & \\cdots & 0 \\\\ \\vdots & \\ddots & \\vdots \\end{bmatrix}",
            "\\big\\| \\Sigma^{-1/2} (x - \\mu) \\big\\|_2^2 \\propto \\operatorname{tr}(\\Sigma)",
            "\\overline{x} \\coloneqq \\widehat{y} \\;\\Leftrightarrow\\; \\lfloor x \\rfloor = \\langle a, b \\rangle",
        ])
    func papers(tex: String) throws {
        let markup = try mathML(tex, displayed: true)
        for name in [
            "mrow", "mi", "mo", "msub", "msup", "munder", "mover", "mtable", "mtr", "mtd", "mfrac",
        ] {
            let opened =
                markup.components(separatedBy: "<\(name)>").count
                + markup.components(separatedBy: "<\(name) ").count
            #expect(opened - 2 == markup.components(separatedBy: "</\(name)>").count - 1, "\(name)")
        }
    }

    @Test(
        "mistakes are located in the formula",
        arguments: [
            ("x + \\apha", 7, "\\apha", "'\\alpha'"), ("\\frac{a}", 3, "\\frac", ""),
            ("{a", 3, "{", ""),
            ("a}", 4, "}", "\\}"), ("x_a_b", 6, "_", ""), ("\\left( a", 3, "\\left", "\\right."),
            ("a & b", 5, "&", "\\&"), ("\\begin{alined} a \\end{alined}", 3, "\\begin", "aligned"),
            ("\\left x", 9, "x", "delimiters"), ("a \\\\ b", 5, "\\\\", "aligned"),
            ("\\mathbb", 3, "\\mathbb", ""), ("x \\tag{1}", 5, "\\tag", "{#eq-name}"),
            ("\\text{a \\foo}", 3, "\\text", "close the words"),
            ("\\not a", 3, "\\not", "\\not\\in"),
            ("\\xrightarrow[a{b}", 3, "\\xrightarrow", ""), ("x^a^b", 6, "^", ""),
            ("f'^a^b", 7, "^", ""),
        ])
    func mistakes(tex: String, column: Int, underlined: String, advice: String) throws {
        let text = "a $\(tex)$"
        let formula = try formula(tex)
        let error = try #require(throws: SourceError.self) {
            try MathML.element(for: formula, in: SourceText(name: "a cell's output", text: text))
        }
        #expect(error.location.column == column + 1, "\(error)")
        #expect(error.location.length == underlined.count, "\(error)")
        #expect(advice.isEmpty || error.suggestion?.contains(advice) == true, "\(error)")
    }

    @Test("a mistake in the third line of an equation is in the third line of the file after it")
    func lines() throws {
        let text = "text\n\n$$ a\n + b\n + \\foo $$\n"
        let document = try DocumentParser.parse(SourceText(name: "a.md", text: text), kinds: [])
        let error = try #require(throws: SourceError.self) { try MathML.check(document) }
        #expect(
            error.description.hasPrefix(
                "a.md:5:4: error: unknown TeX command '\\foo'\n     + \\foo $$\n       ^^^^\n"))
    }

    @Test("a mistake in an included file or a bibliography is located in that file")
    func otherFiles() throws {
        let files = [
            "a.md": "x\n\nsee $\\foo$", "b.bib": "@misc{k,\n  title = {An $\\bar$}}",
            "c.md": "[@k]",
        ]
        func mistake(in text: String) throws -> String {
            let document = try DocumentParser.parse(
                SourceText(name: "r.md", text: text), kinds: [],
                files: ReportFiles { SourceText(name: $0, text: files[$0] ?? "") })
            return try #require(throws: SourceError.self) { try MathML.check(document) }.description
        }
        let included = try mistake(in: "{{< include a.md >}}")
        #expect(
            included.hasPrefix("a.md:3:6: error: unknown TeX command '\\foo'\n    see $\\foo$\n"))
        #expect(included.hasSuffix("\n    included from r.md:1"))
        let cited = try mistake(in: "---\nbibliography: b.bib\n---\n{{< include c.md >}}")
        #expect(cited.hasPrefix("b.bib:2:16: error: '\\bar' lacks its argument"), "\(cited)")
    }
}
