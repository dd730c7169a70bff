import Files
import Testing

@Suite("Source text and its errors")
struct SourceTextTests {
    @Test("lines end at either sort of line end", arguments: ["a\nb\n", "a\r\nb\r\n"])
    func lines(text: String) {
        #expect(SourceText(name: "x", text: text).lines == ["a", "b", ""])
    }

    @Test("an error prints place, line, caret and advice")
    func printed() {
        let source = SourceText(name: "a.md", text: "one\n\tβ two\n")
        let place = SourceLocation(file: "a.md", line: 2, column: 4, length: 3)
        let error = SourceError("no two", at: place, in: source, suggestion: "try three")
        #expect(
            error.description == "a.md:2:4: error: no two\n    \tβ two\n    \t  ^^^\n    try three")
    }

    @Test(
        "of a long line the part around the caret is shown",
        arguments: [
            (1, "\(digits(120))…"), (50, "…\(digits(120, from: 9))…"),
            (1000, "…\(digits(120, from: 880))"),
        ])
    func longLine(column: Int, shown: String) throws {
        let source = SourceText(name: "a.md", text: Self.digits(1000))
        let place = SourceLocation(file: "a.md", line: 1, column: column, length: 3)
        let rows = SourceError("x", at: place, in: source).description.split(separator: "\n")
        #expect(rows[1] == "    " + shown)
        let caret = try #require(rows[2].firstIndex(of: "^"))
        let above = rows[1].index(rows[1].startIndex, offsetBy: rows[2][..<caret].count)
        #expect(rows[1][above].wholeNumberValue == (column - 1) % 10)
        #expect(rows[2].filter { $0 == "^" }.count == (column == 1000 ? 1 : 3))
    }

    private static func digits(_ count: Int, from first: Int = 0) -> String {
        (first..<first + count).map { String($0 % 10) }.joined()
    }

    @Test("a caret never runs past its line, and a missing line needs none")
    func edges() {
        let source = SourceText(name: "a.md", text: "one")
        let wide = SourceError(
            "x", at: SourceLocation(file: "a.md", line: 1, column: 2, length: 99), in: source)
        #expect(wide.description.hasSuffix("\n    one\n     ^^"))
        let beyond = SourceError(
            "x", at: SourceLocation(file: "a.md", line: 9, column: 1), in: source)
        #expect(beyond.description == "a.md:9:1: error: x")
    }
}
