import Files

/// How large running text may be: cmark-gfm takes as long as the square of a paragraph, a line or a
/// depth in the worst case, and no author writes like that.
enum WrittenLimits {
    /// Blocks or marks inside one another.
    static let deepest = 100
    private static let mostBytes = 4 << 20
    private static let longestLine = 10_000
    private static let longestParagraph = 200_000
    private static let mostMarks = 100

    /// Throws a ``Files/SourceError`` at the first line that goes beyond a limit. The text's first character
    /// stands at `start`.
    static func check(_ text: String, at start: SourceLocation, in source: SourceText) throws {
        func refuse(_ problem: String, _ line: Int) -> SourceError {
            SourceError(
                problem,
                at: SourceLocation(
                    file: start.file, line: start.line + line, column: line == 0 ? start.column : 1),
                in: source, suggestion: "cut it into parts with empty lines between them")
        }
        let bytes = Array(text.utf8)
        guard bytes.count <= mostBytes else {
            throw refuse("this text has \(bytes.count) bytes; up to \(mostBytes) are read", 0)
        }
        var paragraph = 0
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let isEmpty = line.allSatisfy { $0 == 32 || $0 == 9 || $0 == 13 }
            paragraph = isEmpty ? 0 : paragraph + line.count
            if line.count > longestLine {
                throw refuse("a line of \(line.count) bytes; up to \(longestLine) are read", number)
            }
            if paragraph > longestParagraph {
                throw refuse("more than \(longestParagraph) bytes without an empty line", number)
            }
            if marks(before: line) > mostMarks {
                throw refuse("more than \(mostMarks) marks begin this line", number)
            }
        }
    }

    /// How many marks of quotations and lists a line begins with.
    private static func marks(before line: ArraySlice<UInt8>) -> Int {
        var count = 0
        for index in line.indices {
            switch line[index] {
            case 32, 9, UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: ">"): count += 1
            case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "."),
                UInt8(ascii: ")"):
                guard index + 1 < line.endIndex, line[index + 1] == 32 || line[index + 1] == 9
                else {
                    return count
                }
                count += 1
            default: return count
            }
        }
        return count
    }
}
