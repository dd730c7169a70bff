import Files

/// Where things stand, and where paragraphs end.
extension InlineLexer {
    /// Whether the newline at `index` is followed by an empty line.
    func endsParagraph(_ index: Int) -> Bool {
        let rest = text[(index + 1)...].first { $0 != 32 && $0 != 9 && $0 != 13 }
        return rest == nil || rest == UInt8(ascii: "\n") || rest == 0xEE
    }

    /// Where the paragraph of `start` ends. What nothing closes in it would be looked for in vain again by
    /// the next mark of its kind.
    func endOfParagraph(_ start: Int) -> Int {
        text[start...].indices.first { text[$0] == UInt8(ascii: "\n") && endsParagraph($0) }
            ?? text.count
    }

    func location(_ index: Int, length: Int = 1) -> SourceLocation {
        var (line, next) = (0, lineStarts.count)
        while next - line > 1 {
            let middle = (line + next) / 2
            if lineStarts[middle] <= index { line = middle } else { next = middle }
        }
        let column = string(lineStarts[line]..<index).count + (line == 0 ? start.column : 1)
        return SourceLocation(
            file: source.name, line: start.line + line, column: column, length: length)
    }

    func error(_ message: String, at index: Int, length: Int, suggestion: String?)
        -> SourceError
    {
        SourceError(
            message, at: location(index, length: length), in: source, suggestion: suggestion)
    }
}
