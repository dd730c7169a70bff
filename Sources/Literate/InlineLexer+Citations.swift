import Files

/// `[@key]`, `[@key, p. 3; @other]`: works from the report's bibliography.
extension InlineLexer {
    mutating func takeCitation() throws {
        guard matches("[@", at: position), let end = endOfCitation(),
            Substring(string((position + 2)..<end)).first.map(InlineLexer.beginsKey) == true,
            !["fig-", "tbl-", "eq-", "sec-"].contains(where: { matches($0, at: position + 2) })
        else { return copy(1) }
        var items: [Citation.Item] = []
        var start = position + 1
        for part in string(start..<end).split(separator: ";", omittingEmptySubsequences: false) {
            items.append(try cited(part, at: start))
            start += part.utf8.count + 1
        }
        emit(.citation(Citation(items: items)), length: end + 1 - position)
    }

    /// The bracket that closes a citation; nil where the brackets are a link or do not close.
    private func endOfCitation() -> Int? {
        var index = position + 2
        while index < text.count, text[index] != UInt8(ascii: "]") {
            if text[index] == UInt8(ascii: "[") { return nil }
            if text[index] == UInt8(ascii: "\n"), endsParagraph(index) { return nil }
            index += 1
        }
        guard index < text.count else { return nil }
        let follows = text.indices.contains(index + 1) ? text[index + 1] : 0
        return follows == UInt8(ascii: "(") || follows == UInt8(ascii: "[") ? nil : index
    }

    /// One work of a citation: `@key` and what may follow its comma.
    private func cited(_ part: Substring, at start: Int) throws -> Citation.Item {
        let blank = part.prefix { $0.isWhitespace }
        let rest = part.dropFirst(blank.count)
        let place = start + blank.utf8.count
        let key = rest.dropFirst().prefix(while: InlineLexer.isKey)
            .trimmingSuffix(".").trimmingSuffix(":")
        guard rest.first == "@", key.first.map(InlineLexer.beginsKey) == true else {
            throw error(
                "expected '@' and a key, found '\(rest.trimmingSuffix(" "))'", at: place,
                length: max(1, rest.count), suggestion: "write it like [@kingma2014; @rezende2014]")
        }
        let after = rest.dropFirst(key.count + 1).drop { $0.isWhitespace }
        let located = location(place, length: key.count + 1)
        if after.isEmpty { return Citation.Item(key: String(key), locator: nil, location: located) }
        guard after.first == "," else {
            throw error(
                "expected ',' or ';' after '@\(key)', found '\(after)'",
                at: place + rest.utf8.count - after.utf8.count, length: after.count,
                suggestion: "write it like [@\(key), p. 3], or \\[@… for text in brackets")
        }
        let words = after.dropFirst().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return Citation.Item(
            key: String(key), locator: words.isEmpty ? nil : words, location: located)
    }

    private static func beginsKey(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private static func isKey(_ character: Character) -> Bool {
        beginsKey(character) || "-:.+/".contains(character)
    }
}
