import Files

/// What is open at a line, so that the line is not running text.
enum OpenBlock {
    case frontMatter
    case fence(Fence)
    case comment

    /// Follows the lines of a file and tells running text from front matter, code and comments.
    struct Reader {
        private var open: OpenBlock?
        private var start = 0
        private var hasForeignFrontMatter = false
        private let hasFrontMatter: Bool

        /// `hasFrontMatter` is false for included files.
        init(hasFrontMatter: Bool) { self.hasFrontMatter = hasFrontMatter }

        /// Whether the line at `index` is running text. Lines have to come in order.
        mutating func isText(_ line: Substring, at index: Int) -> Bool {
            let trimmed = line.drop { $0 == " " }
            switch open {
            case .frontMatter:
                if ["---", "..."].contains(line.trimmingSuffix(" ")) { open = nil }
                return false
            case .fence(let fence):
                if fence.isClosed(by: line) { open = nil }
                return false
            case .comment:
                if line.contains("-->") { open = nil }
                return false
            case nil: break
            }
            if index == 0, line.trimmingSuffix(" ") == "---" {
                hasForeignFrontMatter = !hasFrontMatter
                open = .frontMatter
            } else if trimmed.hasPrefix("<!--") {
                if !line.contains("-->") { open = .comment }
            } else if let fence = Fence(opening: trimmed) {
                open = .fence(fence)
            } else {
                return true
            }
            start = index
            return false
        }

        /// Refuses what an included file must not have: front matter, and blocks that it leaves open.
        func checkClosed(in source: SourceText) throws {
            func error(_ message: String, line: Int, _ suggestion: String) -> SourceError {
                let length = source.lines[line].count
                return SourceError(
                    message,
                    at: SourceLocation(
                        file: source.name, line: line + 1, column: 1, length: max(1, length)),
                    in: source, suggestion: suggestion)
            }
            if hasForeignFrontMatter {
                throw error(
                    "an included file has no front matter: a report has one title and one set of parameters",
                    line: 0, "move its keys into the report's, or write *** for a rule")
            }
            guard open != nil else { return }
            throw error(
                "what begins here is not closed in this file", line: start,
                "close it before the end of the file")
        }
    }
}
