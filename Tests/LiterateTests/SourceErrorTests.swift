import Files
import Literate
import Testing

/// A mistake with the place where its caret has to stand.
struct Mistake: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let place: String
    let underlined: String
    let says: String
    let suggests: String

    var testDescription: String { name }

    init(
        _ name: String, _ text: String, _ place: String, _ underlined: String, _ says: String,
        _ suggests: String
    ) {
        self.name = name
        self.text = text
        self.place = place
        self.underlined = underlined
        self.says = says
        self.suggests = suggests
    }
}

@Suite("Mistakes in a report are located")
struct SourceErrorTests {
    static let train = "```{train}\n#| label: main\n```\n"

    static let mistakes: [Mistake] = [
        Mistake(
            "unknown kind", "text\n\n```{trian}\n```", "3:5", "trian", "unknown cell kind",
            "'train'"),
        Mistake(
            "unknown key", "\(train)```{eval}\nrun: main\niwea: 3\n```", "6:1", "iwea",
            "unknown key 'iwea' in a 'eval' cell", "'iwae'"),
        Mistake(
            "unknown config key", "```{train}\n#| label: main\ntrain.epohcs: 3\n```", "3:1",
            "train.epohcs", "unknown key", "'train.epochs'"),
        Mistake(
            "option without its mark", "```{figure}\ncaption: x\n```", "2:1", "caption",
            "unknown key", "'#| caption: …'"),
        Mistake(
            "tag", "```{train}\n#| label: main\ntrain.epochs: !!int 3\n```", "3:15", "!!int",
            "YAML tags are not understood here", "take '!!int' away"),
        Mistake(
            "tag of a key", "---\nparams:\n  !own beta: 1\n---\n", "3:3", "!own",
            "found '!own'", "quote a text"),
        Mistake(
            "unknown option", "```{figure}\n#| captoin: x\n```", "2:4", "captoin",
            "unknown option", "'caption'"),
        Mistake(
            "unknown front matter key", "---\ntitle: a\nconfg: b\n---\n", "3:1", "confg",
            "in the front matter", "'config'"),
        Mistake("open front matter", "---\ntitle: a\n", "1:1", "---", "not closed", "three dashes"),
        Mistake("open fence", "a\n```{train}\n", "2:1", "```{train}", "not closed", "'```'"),
        Mistake(
            "cell in a list", "- a\n\n  ```{train}\n  ```", "3:3", "```{train}",
            "beginning of a line", "lists"),
        Mistake(
            "options in the fence", "```{train label=x}\n```", "1:1", "```{train label=x}",
            "expected a cell's fence", "'#|' lines"),
        Mistake(
            "no label", "```{train}\n```", "1:1", "```{train}", "needs a label", "#| label: main"),
        Mistake(
            "label with a space", "```{train}\n#| label: my run\n```", "2:11", "my run",
            "a label is a letter", "folders"),
        Mistake(
            "figure label without prefix", "```{figure}\n#| label: kl\n```", "2:11", "kl",
            "begins with 'fig-'", "fig-kl"),
        Mistake(
            "label twice", "\(train)\n\(train)", "6:11", "main", "'main' is taken",
            "label of its own"),
        Mistake(
            "missing key", "\(train)```{eval}\niwae: 1\n```", "4:1", "```{eval}",
            "lacks the key 'run'",
            "run: …"),
        Mistake(
            "unknown run", "\(train)```{eval}\nrun: mian\n```", "5:6", "mian",
            "no 'train' cell is labelled", "'main'"),
        Mistake(
            "run that is a list of lists", "\(train)```{eval}\nrun: [[a]]\n```", "5:7", "[",
            "expected a label", ""),
        Mistake(
            "YAML that is none", "```{train}\n#| label: main\na: b: c\n```", "3:5", ":",
            "not valid YAML", "quote"),
        Mistake(
            "key twice", "\(train)```{eval}\nrun: main\nrun: main\n```", "5:1", "run", "twice",
            "keep one"),
        Mistake(
            "list instead of keys", "```{figure}\n- a\n```", "2:1", "-", "found a list",
            "key: value"),
        Mistake(
            "cache that is no truth", "```{figure}\n#| cache: maybe\n```", "2:11", "maybe",
            "true or false", ""),
        Mistake(
            "echo that is none", "```{figure}\n#| echo: loud\n```", "2:10", "loud",
            "true, false or fold", ""),
        Mistake(
            "kind that its validator refuses", "```{figure}\nkind: pie\n```", "2:7", "pie",
            "no figure 'pie'", ""),
        Mistake(
            "unknown parameter",
            "---\nparams: {beta: 1}\n---\n```{train}\n#| label: a\ntrain.beta: ${params.bta}\n```",
            "6:15", "params.bta", "no parameter", "'params.beta'"),
        Mistake(
            "unknown reference", "\(train)see @fig-kl", "4:5", "@fig-kl", "nothing is labelled", ""),
        Mistake(
            "mistyped reference", "```{figure}\n#| label: fig-kl\n```\nsee @fig-lk, α@b", "4:5",
            "@fig-lk",
            "nothing is labelled", "'fig-kl'"),
        Mistake(
            "unknown value", "\(train)```{eval}\nrun: main\n```\nα `{val} main.test.elob:.2f`",
            "7:10",
            "main.test.elob", "nothing publishes", "'main.test.elbo'"),
        Mistake(
            "unknown format", "\(train)```{eval}\nrun: main\n```\n`{val} main.test.elbo:.2d`",
            "7:23", ".2d",
            "unknown format", ".2f"),
        Mistake(
            "format on a text", "\(train)`{val} main.data.title:.2f`", "4:8", "main.data.title",
            "takes no format", "leave out"),
        Mistake("value without a name", "`{val} `", "1:8", "`", "expected the name", "{val} main"),
        Mistake(
            "mistyped val", "`{vla} a.b`", "1:2", "{vla}", "expected an inline value", "'{val}'"),
        Mistake("open equation", "a\n\n$$ x\n\nb", "3:1", "$$", "not closed", "\\$\\$"),
        Mistake(
            "equation label", "$$ x $$ {#fig-a}", "1:11", "fig-a", "begins with 'eq-'", "{#eq-elbo}"
        ),
        Mistake("section label", "# A {#end}", "1:7", "end", "begins with 'sec-'", "{#sec-end}"),
        Mistake(
            "section label twice", "# A {#sec-a}\n\n# B {#sec-a}", "3:7", "sec-a", "is taken",
            "its own"),
        Mistake(
            "equation label twice", "$$x$$ {#eq-a}\n\n$$y$$ {#eq-a}", "3:9", "eq-a", "is taken",
            "its own"),
        Mistake("unknown callout", "> [!NOET]\n> a", "1:5", "NOET", "unknown callout", "'NOTE'"),
        Mistake(
            "value needed that nobody publishes", "\(train)```{figure}\nkind: kl\nrun: main\n```",
            "4:1",
            "```{figure}", "'main.test.kl', which this cell needs", ""),
        Mistake(
            "value published twice", "\(train)```{eval}\nrun: main\n```\n```{eval}\nrun: main\n```",
            "7:1",
            "```{eval}", "publishes 'main.test.elbo'", "keep one"),
        Mistake(
            "check of nothing", "\(train)```{check}\nmain.test.elbo: {min: 1}\n```", "5:1",
            "main.test.elbo",
            "nothing publishes", ""),
        Mistake(
            "circle",
            "```{figure}\n#| label: fig-a\nafter: fig-b\n```\n```{figure}\n#| label: fig-b\nafter: fig-a\n```",
            "1:1", "```{figure}", "fig-a → fig-b → fig-a", "take one"),
        Mistake(
            "cell in raw HTML", "<pre>\n\(train)", "2:1", "```{train}", "inside raw HTML", "close"),
        Mistake(
            "run of nothing", "\(train)```{eval}\nrun:\n```", "5:5", "", "found nothing",
            "run: main"),
        Mistake(
            "runs that are none", "\(train)```{figure}\nruns: []\n```", "5:7", "[",
            "an empty list", "runs: main"),
        Mistake(
            "key of another kind", "\(train)```{eval}\nrun: main\ntrain.beta: 2\n```", "6:1",
            "train.beta", "unknown key", "belongs in a cell of the kind 'train'"),
        Mistake("open comment", "a\n\n<!-- b\n", "3:1", "<!--", "not closed", "-->"),
        Mistake("open comment in a line", "α <!-- b\n", "1:3", "<!--", "not closed", "-->"),
        Mistake(
            "cell in a quote", "> ```{train}\n> ```", "1:3", "```{train}", "beginning of a line",
            "quotes"),
        Mistake(
            "cell behind a tab", "\t```{train}\n```", "1:2", "```{train}", "beginning of a line",
            "remove"),
        Mistake(
            "cell between tildes", "~~~{train}\n~~~", "1:1", "~~~{train}", "backticks", "```"),
        Mistake(
            "label of nothing", "```{train}\n#| label:\n```", "2:10", "", "found nothing",
            "name folders"),
        Mistake(
            "caption of nothing", "```{figure}\n#| caption:\n```", "2:12", "",
            "expected a text for 'caption', found nothing", "quotes"),
        Mistake(
            "title of nothing", "---\ntitle:\n---", "2:7", "", "expected a text for 'title'", ""),
        Mistake(
            "config of nothing", "---\nconfig: ~\n---", "2:9", "~", "expected a text for 'config'",
            ""),
        Mistake(
            "option without its space", "```{figure}\n#|echo: fold\n```", "2:1", "#|echo: fold",
            "a space has to stand", "#| label: main"),
        Mistake(
            "option behind spaces", "```{figure}\n #| echo: fold\n```", "2:2", "#| echo: fold",
            "has to begin at the beginning", "#| label: main"),
        Mistake(
            "value in an alternative text",
            "\(train)```{figure}\n#| alt: \"`{val} main.data.title`\"\n```", "5:9",
            "\"`{val} main.data.title",
            "takes no inline values", "leave 'alt' out"),
        Mistake(
            "value in a caption over several lines",
            "\(train)```{figure}\n#| caption: >\n#|   One line\n#|   and `{val} main.nope`\n```",
            "7:17", "main.nope", "nothing publishes", ""),
        Mistake(
            "value in a title over several lines",
            "---\ntitle: |\n  One line\n  and `{val} nope`\n---", "4:14", "nope",
            "nothing publishes", ""),
        Mistake(
            "late front matter", "\n\n---\ntitle: a\n---\n", "3:1", "---", "on the first line",
            "empty lines"),
        Mistake(
            "parameters alike", "---\nparams: {beta: 1, Beta: 2}\n---", "2:19", "Beta",
            "differ in capitals alone", "another name"),
        Mistake(
            "callout with a title", "> [!NOTE] Of old\n> a", "1:5", "NOTE", "alone on its line",
            "next line"),
        Mistake(
            "number that should be a text",
            "\(train)```{eval}\nrun: main\n```\n```{check}\nmain.test.elbo: high\n```", "8:17",
            "high", "is a number, and 'high' is none", "{min: -100}"),
        Mistake(
            "underlined section's label", "A {#end}\n===", "1:5", "end", "begins with 'sec-'",
            "{#sec-end}"),
        Mistake("reserved character", "a\nb \u{E0F1}", "2:3", "\u{E0F1}", "kept for", "delete"),
    ]

    @Test("each mistake has its place, caret and advice", arguments: mistakes)
    func located(_ mistake: Mistake) throws {
        let error = try #require(throws: SourceError.self) { try parse(mistake.text) }
        let lines = error.description.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0].hasPrefix("reports/small.md:\(mistake.place): error: "), "\(error)")
        #expect(error.message.contains(mistake.says), "\(error)")
        try #require(lines.count >= 3, "\(error)")
        let before = lines[2].prefix { $0 == " " || $0 == "\t" }.count
        let carets = lines[2].dropFirst(before).count
        #expect(String(lines[1].dropFirst(before).prefix(carets)) == mistake.underlined, "\(error)")
        let advice = error.suggestion ?? ""
        #expect(mistake.suggests.isEmpty || advice.contains(mistake.suggests), "\(error)")
    }

    @Test(
        "overrides that nothing uses are mistakes",
        arguments: [
            ("btea=3", "1:1", "'beta'"), ("train.epcohs=3", "1:1", "'train.epochs'"),
            ("model.depth=3", "1:1", "config's keys"), ("beta", "1:1", "-P beta=4"),
            ("=4", "1:1", "-P beta=4"),
            ("unused=1", "1:1", "${params.unused}"),
        ])
    func overrides(argument: String, place: String, advice: String) throws {
        let text = smallReport.replacing("beta: 1.0", with: "beta: 1.0, unused: 2")
        let error = try #require(throws: SourceError.self) {
            try parse(text, overrides: [argument])
        }
        #expect(error.description.hasPrefix("-P:\(place): error: "))
        #expect(error.suggestion?.contains(advice) == true, "\(error)")
    }

    @Test("the same override twice is a mistake")
    func repeated() {
        #expect(throws: SourceError.self) {
            try parse(smallReport, overrides: ["beta=1", "beta=2"])
        }
    }
}
