import Experiments
import Files
import Literate
import Rendering
import ReportCells

extension FuzzedParser {
    static func report(_ name: String) throws -> FuzzedParser {
        let reader = try ReportReader()
        return FuzzedParser(
            name, texts: [TinyReport.whole, TinyReport.words] + reader.shipped,
            words: markdownWords + cellWords + yamlWords,
            brackets: markdownBrackets + yamlBrackets, cases: 250
        ) { text in
            try reader.read(text)
        }
    }

    static func frontMatter(_ name: String) throws -> FuzzedParser {
        let reader = try ReportReader()
        return FuzzedParser(
            name, texts: [TinyReport.frontMatter],
            words: yamlWords + [
                "title: ", "params:", "profiles:", "bibliography:", "config:", "author:", "$a$",
            ], brackets: yamlBrackets + markdownBrackets
        ) { text in
            try reader.read("---\n\(text)\n---\n")
            let source = SourceText(name: "r.md", text: "---\n\(text)\n---\n")
            _ = try DocumentParser.overrides(in: source, profile: "ci", commandLine: [])
        }
    }

    static func cell(_ name: String) throws -> FuzzedParser {
        let reader = try ReportReader()
        return FuzzedParser(
            name, texts: TinyReport.cells, words: cellWords + yamlWords, brackets: yamlBrackets
        ) { text in
            try reader.read("---\nparams: {b: 1}\n---\n\(text)\n")
        }
    }

    static func include(_ name: String) throws -> FuzzedParser {
        let reader = try ReportReader()
        return FuzzedParser(
            name, texts: ["Some text.\n\n{{< include b.md >}}\n", TinyReport.words],
            words: markdownWords + [
                "{{< include a.md >}}", "{{< include ../a.md >}}", "{{< include \"b c.md\" >}}",
                "{{<", ">}}", "\n---\n",
            ], brackets: markdownBrackets
        ) { text in
            try reader.read(
                "# A\n\n{{< include a.md >}}\n\nEnd\n", files: ["a.md": text, "b.md": "B"])
        }
    }

    static func inlineValue(_ name: String) throws -> FuzzedParser {
        let reader = try ReportReader()
        return FuzzedParser(
            name,
            texts: [
                "params.b:.2f", "a `{val} n:.2f` b", "{val} params.b:.1% ",
                "`{val} params.b: epoch(s)`",
            ],
            words: [
                "{val}", "`", "``", ":", ".2f", "±", "%", "params.b", "(s)", " ", "@", "{", "}",
            ],
            brackets: [("`", "`"), ("``", "`")]
        ) { text in
            try reader.read("---\nparams: {b: 1, n: 2}\n---\n`{val} \(text)` and \(text)\n")
        }
    }

    static func valueFormat(_ name: String) throws -> FuzzedParser {
        FuzzedParser(
            name, texts: [".2f", ".3g±", "%", ".1%±", "±", "epoch(s)", "training image(s)"],
            words: [".", "f", "g", "%", "±", "(s)", " ", "-", "15", "16", "é"]
        ) { text in
            guard let format = ValueFormat(parsing: text) else { return }
            for number in [0, -0.0, 1, 1e300, -Double.leastNonzeroMagnitude, 0.1, .infinity, .nan] {
                _ = format.write(number, standardError: .leastNonzeroMagnitude)
                _ = format.write(PublishedValue(number, standardError: 1e300))
            }
            _ = format.write(PublishedValue(integer: .min))
        }
    }

    static func bibtex(_ name: String) throws -> FuzzedParser {
        let reader = try ReportReader()
        let all = EmbeddedFiles.text(named: "reports/references.bib") ?? ""
        return FuzzedParser(
            name, texts: [TinyReport.bibliography, String(all.prefix(3000))],
            words: [
                "@", "{", "}", "(", ")", "\"", "#", ",", "=", "\n@misc{b, ", "@string{a = ",
                "@comment",
                "@preamble{", "title = ", "author = ", "year = ", "\\'", "\\\"{", "\\i", "{\\", "$",
                " and ",
                "others", "--", "~", "\\v", "jan", "\\unknown",
            ], brackets: [("{", "}"), ("\\'{", "}"), ("$", "$"), ("@misc{a,", "}"), ("a # ", "")]
        ) { text in
            try reader.read(
                "---\nbibliography: r.bib\n---\n[@a; @b, p. 3]\n", files: ["r.bib": text])
        }
    }

    static func tex(_ name: String) throws -> FuzzedParser {
        let reader = try ReportReader()
        let formulas = [
            #"\mathcal{L}(\theta) = \mathbb{E}_{q(z \mid x)}\left[\log p(x|z)\right] - \beta\,D_{KL}"#,
            #"\begin{aligned} a &= \frac{1}{2} \\[2pt] b' &= \sqrt[3]{x^2_i} \end{aligned} \text{ if } \hat{x}"#,
            #"\sum_{i=1}^{n} \underset{a}{\max} \binom{n}{k} \not\in \xrightarrow[b]{a} \substack{a \\ b}"#,
            #"\bigl( \begin{cases} 1 & x \\ 0 \end{cases} \overline{ab} \operatorname*{arg\,max} 3.14 %c"#,
        ]
        return FuzzedParser(
            name, texts: formulas,
            words: [
                "\\", "{", "}", "^", "_", "&", "\\\\", "'", "\\left(", "\\right)", "\\frac",
                "\\begin{aligned}",
                "\\end{aligned}", "\\mathbf", "\\text{", "\\sqrt[", "]", "[", "\\operatorname",
                "\\not",
                "\\hat", "\\begin{array}{cc}", "\\substack{", "\\limits", "\\middle|", "\\%", "%",
                "\n",
            ],
            brackets: [
                ("{", "}"), ("\\frac{1}{", "}"), ("\\left(", "\\right)"), ("\\hat", ""),
                ("x^{", "}"),
                ("\\begin{matrix}", "\\end{matrix}"), ("\\sqrt[", "]a"), ("\\mathbf{", "}"),
                ("\\text{", "}"),
                ("\\mathbf", ""), ("\\not", ""), ("_", ""), ("\\substack{", "}"),
            ]
        ) { text in
            // A dollar or an empty line would end the formula.
            let formula = text.replacing("$", with: "S").split { $0.isNewline }
                .filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
            try reader.read("A $\(formula)$ b\n\n$$\n\(formula)\n$$ {#eq-a}\n")
        }
    }

    private static let markdownWords = [
        "`{val} ", "`", "```", "~~~", "```{train}\n", "$", "$$", "$$ {#eq-a}", "{#sec-b}", "{#eq-",
        "@fig-a",
        "@sec-b", "[@a]", "[@a, p. 3; @b]", "[@", "::: tabs\n", ":::\n", "::: references\n",
        "> [!NOTE]\n",
        "> ", "- ", "1. ", "#", "\n\n", "\n", "|", "|---|\n", "<!--", "-->", "<div>", "</div>",
        "**", "*",
        "_", "~~", "[", "](", ")", "![", "\\", "---\n", "===\n", "&amp;", "{{<", "http://a.b",
        "    ", "\t",
    ]

    private static let markdownBrackets = [
        (open: "> ", close: ""), (open: "- ", close: ""), (open: "*", close: "*"),
        (open: "[", close: "](a)"), (open: "![", close: "](a)"), (open: "**a ", close: "**"),
        (open: "`", close: ""), (open: "1. ", close: ""), (open: "$a", close: " "),
        (open: "[@a", close: ""), (open: "@fig-a ", close: ""), (open: "{#sec-a}", close: ""),
        (open: "::: tabs\n## a\n", close: "\n:::\n"), (open: "<!--", close: "-->"),
        (open: "_a*", close: ""), (open: "~~", close: "~~"), (open: "<a ", close: ">"),
        (open: "|a", close: "|"), (open: "\n> ", close: ""), (open: "$$a\n", close: ""),
    ]

    private static let cellWords = [
        "```{train}\n", "```{eval}\n", "```{figure}\n", "```{table}\n", "```{check}\n",
        "```{data}\n",
        "```{compare}\n", "```{export}\n", "```{playground}\n", "```\n", "#| label: ",
        "#| caption: ",
        "#| echo: ", "#| alt: ", "#| cache: ", "run: main\n", "matrix: {train.beta: [1, 4]}\n",
        "kind: kl-spectrum\n", "train.epochs: ", "iwae: [1, 10]\n", "${params.b}", "main@beta=1",
    ]
}

/// Reads a report as `build` does before anything runs.
struct ReportReader: Sendable {
    private let kinds: [CellKind]
    /// Small reports of the program.
    let shipped: [String]

    init() throws {
        kinds = ExperimentCells.kinds(for: try ExperimentConfig.load(source: nil))
        shipped = ["digits", "architectures"].compactMap {
            EmbeddedFiles.text(named: "reports/\($0).md")
        }
    }

    /// `files` are those beside the report, by name.
    func read(_ text: String, files: [String: String] = [:]) throws {
        let source = SourceText(name: "r.md", text: text)
        _ = try DocumentParser.frontMatter(of: source)
        let document = try DocumentParser.parse(
            source, kinds: kinds,
            files: ReportFiles { path in
                guard let text = files[FilePath.name(of: path)] ?? beside[FilePath.name(of: path)]
                else {
                    throw FileError(
                        action: "read", path: path, problem: "it is not there", advice: "none")
                }
                return SourceText(name: path, text: text)
            })
        try MathML.check(document)
    }

    private let beside = [
        "references.bib": EmbeddedFiles.text(named: "reports/references.bib") ?? "",
        "r.bib": TinyReport.bibliography, "part.md": "Part `{val} main.test.elbo`.\n",
    ]
}
