import Files
import Testing

@Suite("CSV")
struct CSVTests {
    @Test(
        "quotes what RFC 4180 says, and disarms formulas",
        arguments: [
            (["a", "b"], "a,b"), (["a,b", "c\"d"], "\"a,b\",\"c\"\"d\""),
            (["two\nlines"], "\"two\nlines\""), (["=1+1"], "'=1+1"),
            (["-97.5", "+1e3"], "-97.5,+1e3"),
            (["@sum", "-x,y"], "'@sum,\"'-x,y\""), (["", "é"], ",é"),
        ])
    func line(fields: [String], expected: String) {
        #expect(CSV.line(fields) == expected)
    }
}
