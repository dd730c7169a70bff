import Files
import Literate
import Testing

@Suite("Citations and their bibliography")
struct BibliographyTests {
    static let file = """
        Text between entries is a comment, name@example.com too.
        @string{iclr = {International Conference on } # "Learning Representations"}
        @comment{nothing @article{x} here}
        @preamble{"\\newcommand{\\a}{b}"}
        @inproceedings{kingma2014,
          author = {Kingma, Diederik P. and Welling, Max},
          title = "Auto-Encoding {Variational} {B}ayes",
          booktitle = iclr, year = 2014, eprint = {1312.6114}, archivePrefix = {arXiv},
        }
        @article(rezende2014, title={Stochastic Backpropagation -- a $\\beta$ test},
          author={Danilo Jimenez Rezende and Shakir Mohamed and Daan Wierstra},
          journal={J. of {ML}}, volume=32, number={2}, pages={1278--1286}, year={2014})
        @book{oord, author = {van den Oord, A{\\"a}ron and {\\'E}mile \\v{S}\\'{\\i}p and others},
          title = {Na{\\"\\i}ve \\& free~forms}, publisher = {Springer}, year = 2017, doi = {10.1/a_b}}
        @misc{a2016, author={Bowman, Sam}, title={B}, year={2016}, url={https://a.b/c/}}
        @misc{b2016, author={Bowman, Sam}, title={A}, year={2016}}
        """

    private func report(_ text: String, file: String = BibliographyTests.file) throws -> Document {
        try parse(
            "---\ntitle: t\nbibliography: refs.bib\n---\n\(text)",
            files: ["reports/refs.bib": file])
    }

    private func lines(_ document: Document) -> [String] {
        document.bibliography.works.map { work in
            work.line.plainText { inline in
                if case .mathematics(let mathematics) = inline { return "$\(mathematics.tex)$" }
                return ""
            }
        }
    }

    @Test("cited works are listed by author and year, others are not")
    func list() throws {
        let document = try report("See [@rezende2014, sec. 3; @kingma2014] and [@oord].")
        #expect(
            document.bibliography.works.map(\.label) == [
                "Kingma & Welling 2014", "Rezende et al. 2014", "van den Oord et al. 2017",
            ])
        #expect(
            lines(document) == [
                "Kingma, D.\u{A0}P. & Welling, M. (2014). Auto-Encoding Variational Bayes. "
                    + "In International Conference on Learning Representations. arXiv:1312.6114",
                "Rezende, D.\u{A0}J., Mohamed, S. & Wierstra, D. (2014). Stochastic Backpropagation – a "
                    + "$\\beta$ test. J. of ML 32(2), 1278–1286.",
                "van den Oord, A., Šíp, É. et al. (2017). Naïve & free\u{A0}forms. Springer. doi:10.1/a_b",
            ])
        #expect(document.bibliography["a2016"] == nil)
    }

    @Test("works of the same people and year get letters, in the order of their titles")
    func letters() throws {
        let document = try report("[@a2016; @b2016]")
        #expect(document.bibliography["b2016"]?.label == "Bowman 2016a")
        #expect(document.bibliography["a2016"]?.label == "Bowman 2016b")
        #expect(lines(document)[1] == "Bowman, S. (2016b). B. a.b/c")
        #expect(try report("[@a2016]").bibliography.works.map(\.label) == ["Bowman 2016"])
    }

    @Test("the list stands at the end under a heading, or where the author says")
    func place() throws {
        let end = try report("# A\n\n[@oord]\n\n# References")
        #expect(
            end.blocks.suffix(2) == [
                .heading(level: 1, anchor: "references-list", title: [.text("References")]),
                .references,
            ])
        let own = try report("::: references\n:::\n\n[@oord]")
        #expect(own.blocks.first == .references)
        #expect(own.blocks.count == 2)
        #expect(try report("text").blocks == [.paragraph([.text("text")])])
    }

    @Test(
        "what is no citation stays text",
        arguments: [
            "a@b.c", "@kingma2014", "[@home](https://a.b)", "`[@kingma2014]`", "\\[@x]", "[@",
            "[@]",
            "[@not closed\n\nhere]", "[ @a]",
        ])
    func text(text: String) throws {
        let document = try report(text)
        document.blocks.forEachInline {
            if case .citation(let citation) = $0 { Issue.record("\(citation)") }
        }
    }

    @Test(
        "mistakes in citations are located",
        arguments: [
            ("α [@kigma2014]", "5:4", "@kigma2014", "no work in the bibliography", "'kingma2014'"),
            (
                "[@oord; p. 3]", "5:9", "p. 3", "expected '@' and a key",
                "[@kingma2014; @rezende2014]"
            ),
            ("[@oord says]", "5:8", "says", "expected ',' or ';'", "[@oord, p. 3]"),
        ])
    func mistakes(
        text: String, place: String, underlined: String, says: String, advice: String
    ) throws {
        let error = try #require(throws: SourceError.self) { try report(text) }
        #expect(error.description.hasPrefix("reports/small.md:\(place): error: "), "\(error)")
        #expect(error.message.contains(says), "\(error)")
        #expect(error.location.length == underlined.count, "\(error)")
        #expect(error.suggestion?.contains(advice) == true, "\(error)")
    }

    @Test("without a bibliography a citation says where to name one")
    func none() throws {
        let error = try #require(throws: SourceError.self) { try parse("[@a]") }
        #expect(error.suggestion?.contains("bibliography: references.bib") == true)
        let missing = try #require(throws: SourceError.self) {
            try parse("---\nbibliography: [none.bib]\n---\n")
        }
        #expect(missing.description.contains("reports/small.md:2:16: error: the bibliography"))
    }

    @Test(
        "mistakes in a BibTeX file are located in it",
        arguments: [
            ("@misc{a, title = {x}", "1:1", "not closed"), ("\n @misc{a", "2:2", "not closed"),
            ("@misc{a, title = {x}}\n@misc{a, title = {y}}", "2:7", "'a' is taken"),
            ("@artcle{a, title = {x}}", "1:1", "unknown type"),
            ("@misc{a, title {x}}", "1:16", "expected '='"),
            ("@misc{a, title = ,}", "1:18", "expected a value"),
            ("@misc{a, title = nam}", "1:18", "no @string is called 'nam'"),
            ("@misc{a, title = {x} year = 1}", "1:22", "expected ',' or '}'"),
            ("@misc{title = {x}}", "1:1", "has no key"),
            ("@misc{a, title = \"x}\"}", "1:20", "closes nothing"),
            ("@misc a", "1:7", "expected '{'"),
            ("@misc{a, year = 1}", "1:7", "neither author nor title"),
            ("@misc{a, title = {x\n \\foo}}", "2:2", "unknown LaTeX command '\\foo'"),
        ])
    func broken(file: String, place: String, says: String) throws {
        let error = try #require(throws: SourceError.self) { try report("[@a]", file: file) }
        #expect(error.description.hasPrefix("reports/refs.bib:\(place): error: "), "\(error)")
        #expect(error.message.contains(says), "\(error)")
        #expect(error.line != nil)
    }

    @Test("a file cut off anywhere is read or refused, and nothing crashes")
    func truncated() throws {
        let characters = Array(BibliographyTests.file)
        for count in characters.indices {
            _ = try? report("[@kingma2014; @oord]", file: String(characters[..<count]))
        }
    }

    @Test(
        "LaTeX becomes text",
        arguments: [
            ("G{\\\"o}del", "Gödel"), ("G\\\"odel", "Gödel"), ("\\c{c}a \\c c", "ça ç"),
            ("\\O rsted {\\AA}s \\ss", "Ørsted Ås ß"), ("``a'' `b'", "“a” ‘b’"),
            ("1--2---3", "1–2—3"), ("\\emph{a} {\\it b}", "a b"), ("H\\'{u}, \\H{o}", "Hú, ő"),
            ("\\", "\\"), ("x\\'", "x"), ("x\\'{}", "x"), ("a\n  b", "a b"), ("$x", "x"),
            ("50\\%", "50%"),
        ])
    func latex(written: String, expected: String) throws {
        let document = try report("[@a]", file: "@misc{a, author={Z}, title = {\(written)}}")
        let line = document.bibliography.works[0].line.plainText { inline in
            if case .mathematics(let mathematics) = inline { return mathematics.tex }
            return ""
        }
        #expect(line.hasPrefix("Z (n.d.). \(expected)"), "\(line)")
    }
}
