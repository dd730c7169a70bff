import Literate
import Rendering
import TestSupport
import Testing

@Suite("The report as Markdown")
struct MarkdownRendererTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func markdown(_ text: String, runner: FakeReportRunner = FakeReportRunner()) throws
        -> String
    {
        try MarkdownRenderer().render(try build(text, runner: runner, folder: folder.path))
    }

    @Test("running text comes back as Markdown with its values in place")
    func text() throws {
        let text =
            HTMLTests.run + """
                ## A *title* {#sec-a}

                1. one **two** `x`
                2. [l](http://a.b) ~~no~~

                > [!TIP]
                > quoted $a_b$ $x \\, y$

                | a | b |
                |---|--:|
                | 1\\|2 | 3 |

                $$ x^2 $$ {#eq-a}

                See @sec-a, @eq-a: `{val} main.test.elbo:.1f` * not *
                """
        let markdown = try markdown(text)
        for part in [
            "<a id=\"sec-a\"></a>\n\n## A *title*", "1. one **two** `x`\n2. [l](http://a.b) ~~no~~",
            "> [!TIP]\n> quoted $a_b$ $`x \\, y`$", "| a | b |\n| --- | --: |\n| 1\\|2 | 3 |",
            "```math\n x^2  \\tag{1}\n```",
            "See [A title](#sec-a), [Equation\u{A0}1](#eq-a): −96.2 \\* not \\*",
        ] {
            #expect(markdown.contains(part), "\(part)\n\n\(markdown)")
        }
    }

    @Test("GitHub gets no command that it refuses, and nothing in a formula that it would read")
    func gitHubMathematics() throws {
        let text = """
            $\\operatorname{diag} x$ $\\operatorname*{arg\\,max}_{a} f$ $\\mathbb{E}_{q} x$ $x_{ij}$ $a<b$
            $\\mbox{if}$ $[x](y)$

            $$ \\operatorname{KL}\\left(q\\right) $$

            """
        let markdown = try markdown(text)
        for part in [
            "$\\mathop{\\mathrm{diag}}\\nolimits  x$",
            "$`\\mathop{\\mathrm{arg\\,max}}_{a} f`$", "$`\\mathbb{E}_{q} x`$", "$x_{ij}$",
            "$`a<b`$", "$\\text{if}$", "$`[x](y)`$",
            "```math\n \\mathop{\\mathrm{KL}}\\nolimits \\left(q\\right) \n```",
        ] {
            #expect(markdown.contains(part), "\(part)\n\n\(markdown)")
        }
    }

    @Test("verdict, banners, tables, figures and failures are there")
    func outputs() throws {
        let text =
            HTMLTests.run + """
                ```{table}
                #| label: tbl-a
                kind: scores
                run: main
                ```

                ```{figure}
                #| label: fig-a
                kind: kl
                run: main
                ```

                ```{note}
                #| label: bad
                text: a
                ```
                """
        let markdown = try markdown(
            text, runner: FakeReportRunner(failing: ["bad"], banners: ["Stand-in."]))
        for part in [
            "> [!WARNING]\n> Stand-in.", "> **Test ELBO −96.21 nats", "| 🟢 good | Training |",
            "**Table 1.** Scores on", "| elbo | −96.21 | 0.33 | nats per image | 10,000 |",
            "How each number was measured",
            "**Figure 1.** The figure *kl* of MNIST, with $\\sigma_j^2$",
            "> [!CAUTION]\n> This cell failed.\n>\n> ```\n> no <luck>", "<sub>Time: 2026",
        ] {
            #expect(markdown.contains(part), "\(part)\n\n\(markdown)")
        }
    }
}
