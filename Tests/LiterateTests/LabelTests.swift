import Files
import Literate
import Testing

@Suite("Labels with capitals, accents and spaces")
struct LabelTests {
    @Test("letters of any script work for cells, equations, sections and parameters")
    func letters() throws {
        let document = try parse(
            """
            ---
            params: {größe: 3, Beta: 1}
            ---
            ```{train}
            #| label: Läufer
            train.beta: ${params.größe}
            ```
            ```{figure}
            #| label: fig-Überblick_2
            run: Läufer
            ```
            $$ x $$ {#eq-Élbo}

            # Ende {#sec-結論}

            (@fig-Überblick_2—@eq-Élbo’s @sec-結論-, _@fig-Überblick_2_) `{val} params.größe`
            `{val} Läufer.data.title` `{val} params.Beta`
            """)
        #expect(document.cells.map(\.id) == ["Läufer", "fig-Überblick_2"])
        #expect(document.cells[0].configOverrides.first?.value.content == .integer(3))
        #expect(Set(document.targets.keys) == ["fig-Überblick_2", "eq-Élbo", "sec-結論"])
        var references: [String] = []
        document.blocks.forEachInline {
            if case .reference(let reference) = $0 { references.append(reference.label) }
        }
        #expect(
            references == ["fig-Überblick_2", "eq-Élbo", "sec-結論", "fig-Überblick_2"])
    }

    @Test("an accent is the same letter in one piece or in two")
    func composed() throws {
        let document = try parse(
            "```{figure}\n#| label: fig-e\u{301}\n```\n@fig-\u{E9}")
        #expect(document.targets["fig-\u{E9}"]?.number == 1)
    }

    @Test(
        "other labels are refused with a reason",
        arguments: [
            ("```{train}\n#| label: My run\n```", "2:11", "'My run'", "write 'My-run'"),
            ("```{train}\n#| label: 2nd\n```", "2:11", "is a letter followed by", "write 'nd'"),
            ("```{train}\n#| label: \"a/b\"\n```", "2:11", "'a/b'", "name folders"),
            ("```{train}\n#| label: a-\n```", "2:11", "'a-'", "write 'a'"),
            (
                "```{train}\n#| label: \(String(repeating: "a", count: 81))\n```", "2:11",
                "80 bytes", ""
            ),
            ("# A {#sec-my part}", "1:7", "'sec-my part'", "{#sec-my-part}"),
            ("$$ x $$ {#eq-a b}", "1:11", "'eq-a b'", "{#eq-a-b}"),
            ("---\nparams: {my beta: 1}\n---", "2:10", "parameter's name", ""),
            (
                "```{train}\n#| label: main\n```\n```{train}\n#| label: Main\n```", "5:11",
                "differ in capitals alone", "folders"
            ),
        ])
    func refused(text: String, place: String, says: String, advice: String) throws {
        let error = try #require(throws: SourceError.self) { try parse(text) }
        #expect(error.description.hasPrefix("reports/small.md:\(place): error: "), "\(error)")
        #expect(error.message.contains(says), "\(error)")
        #expect(advice.isEmpty || error.suggestion?.contains(advice) == true, "\(error)")
    }

    @Test("nothing is no label, and no name is made of it", arguments: ["", "null", "~"])
    func nothing(label: String) throws {
        let error = try #require(throws: SourceError.self) {
            try parse("```{train}\n#| label: \(label)\n```")
        }
        #expect(error.message.contains("a label is a letter"), "\(error)")
        #expect(error.suggestion == "labels name folders and places in the page")
    }

    @Test("a heading's id is none that a cell, an equation or a labelled section has")
    func anchors() throws {
        let document = try parse(
            "# Main\n\n# Main\n\n# Eq a\n\n$$x$$ {#eq-a}\n\n```{train}\n#| label: main\n```")
        let anchors = document.blocks.compactMap { block -> String? in
            if case .heading(_, let anchor, _) = block { return anchor }
            return nil
        }
        #expect(anchors == ["main-2", "main-3", "eq-a-2"])
    }
}
