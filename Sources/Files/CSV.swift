/// Comma-separated values as RFC 4180 has them, lines ending with a line feed.
public enum CSV {
    /// One line without its end.
    ///
    /// A field with a comma, quote or line break is quoted. A text that a spreadsheet would take for
    /// a formula gets an apostrophe in front; numbers never do.
    public static func line(_ fields: [String]) -> String {
        fields.map(field).joined(separator: ",")
    }

    private static func field(_ text: String) -> String {
        let isFormula =
            text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let safe = isFormula && Double(text) == nil ? "'" + text : text
        let needsQuotes = safe.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
        return needsQuotes ? "\"\(safe.replacing("\"", with: "\"\""))\"" : safe
    }
}
