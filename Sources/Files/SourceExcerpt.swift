/// A line as a message shows it, with a caret below: of a long one, the part around the caret.
struct SourceExcerpt {
    /// The line, or its part between "…", and the line of the caret.
    let rows: [String]

    /// Lines up to this many characters are shown whole.
    private static let width = 120
    /// Characters that are shown before the caret where the line is cut.
    private static let lead = 40

    init(line: String, _ location: SourceLocation) {
        let count = line.count
        let start = min(max(0, location.column - 1), count)
        let first = max(0, min(start - Self.lead, count - Self.width))
        let part = line.dropFirst(first).prefix(Self.width)
        let isCut = count > Self.width
        let head = isCut && first > 0 ? "…" : ""
        let tail = isCut && first + Self.width < count ? "…" : ""
        let before = (head + part.prefix(start - first)).map { $0 == "\t" ? "\t" : " " }.joined()
        let length = max(1, min(location.length, part.count - (start - first)))
        rows = [head + part + tail, before + String(repeating: "^", count: length)]
    }
}
