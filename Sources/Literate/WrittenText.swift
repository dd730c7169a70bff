import Files

/// A scalar's text as it stands in the source, so that places in it are places in the source.
struct WrittenText {
    /// The text; in a block scalar the lines after the first keep their indentation.
    let text: String
    /// Where its first character stands.
    let start: SourceLocation

    /// `text` is what `value` says, parameters put in.
    init(_ text: String, of value: CellValue, in source: SourceText) {
        if let block = WrittenText.block(of: value, in: source),
            block.text.split(whereSeparator: \.isWhitespace)
                == text.split(whereSeparator: \.isWhitespace)
        {
            self = block
        } else {
            self.text = text
            start = value.textStart(in: source)
        }
    }

    private init(text: String, start: SourceLocation) {
        self.text = text
        self.start = start
    }

    /// The lines below `|` or `>`; nil for every other scalar.
    private static func block(of value: CellValue, in source: SourceText) -> WrittenText? {
        let place = value.location
        guard source.lines.indices.contains(place.line - 1) else { return nil }
        let head = source.lines[place.line - 1]
        guard let mark = head.dropFirst(place.column - 1).first, "|>".contains(mark) else {
            return nil
        }
        let isOption = head.hasPrefix("#|")
        let below = source.lines.dropFirst(place.line)
            .prefix { !isOption || $0.hasPrefix("#|") }
            .map { isOption ? "  " + $0.dropFirst(2) : $0 }
        guard let first = below.firstIndex(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            return nil
        }
        let indent = below[first].prefix { $0 == " " }.count
        guard indent > 0 else { return nil }
        let lines = below[first...].prefix { line in
            line.allSatisfy(\.isWhitespace) || line.prefix { $0 == " " }.count >= indent
        }
        return WrittenText(
            text: lines.joined(separator: "\n").dropFirst(indent).description,
            start: SourceLocation(
                file: place.file, line: place.line + first + 1, column: indent + 1))
    }
}
