import Files
import Literate
import Testing

@Suite("Tab sets")
struct TabTests {
    @Test(
        "each heading begins a tab, cells and references in it count",
        arguments: ["tabs", "{.panel-tabset}"])
    func tabs(name: String) throws {
        let document = try parse(
            """
            ::: \(name)
            ## One
            text
            ### Inner
            ## Two *it* {#sec-two}
            ```{figure}
            #| label: fig-a
            ```
            $$ x $$ {#eq-a}
            :::
            after @fig-a @sec-two @eq-a
            """)
        guard case .tabs(let tabs) = document.blocks[0] else { return }
        #expect(tabs.map(\.anchor) == ["one", "sec-two"])
        #expect(tabs[1].title.prefix(2) == [.text("Two "), .emphasis([.text("it")])])
        #expect(tabs[0].blocks.count == 2)
        #expect(tabs[1].blocks.first == .cell(0))
        #expect(document.targets["sec-two"]?.sort == .section)
    }

    @Test("tabs stand in tabs, and colons elsewhere are text")
    func nested() throws {
        let document = try parse(
            ":::: tabs\n# A\n::: tabs\n# B\nb\n:::\n# C\n::::\n\na ::: b\n\n```\n::: x\n```")
        guard case .tabs(let outer) = document.blocks.first else {
            Issue.record("\(document.blocks)")
            return
        }
        #expect(outer.map(\.anchor) == ["a", "c"])
        guard case .tabs(let inner) = outer[0].blocks.first else {
            Issue.record("\(outer)")
            return
        }
        #expect(inner.map(\.anchor) == ["b"])
        #expect(document.blocks.count == 3)
    }

    @Test(
        "mistakes are located",
        arguments: [
            ("a\n\n::: tabs\n## A", "3:1", "not closed"), (":::", "1:1", "closes nothing"),
            ("::: tbas\n:::", "1:5", "unknown division 'tbas'"),
            ("::: tabs\n:::", "1:1", "are empty"),
            ("::: tabs\ntext\n## A\n:::", "1:1", "begin with a heading"),
            ("::: references\ntext\n:::", "1:1", "is empty"),
            ("::: references\n:::\n::: references\n:::", "3:1", "a place already"),
            ("<script>\n::: tabs\n# A\n</script>\n:::", "2:1", "inside raw HTML"),
        ])
    func mistakes(text: String, place: String, says: String) throws {
        let error = try #require(throws: SourceError.self) { try parse(text) }
        #expect(error.description.hasPrefix("reports/small.md:\(place): error: "), "\(error)")
        #expect(error.message.contains(says), "\(error)")
    }
}
