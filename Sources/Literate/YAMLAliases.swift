/// Finds YAML's aliases in a text: a few lines of them, each of many of the one before, stand for more
/// values than any memory holds, and the parser writes them all out.
enum YAMLAliases {
    /// The name of the first anchor `&name` that is there as an alias `*name` too; nil without one.
    static func first(in text: String) -> String? {
        let bytes = Array(text.utf8)
        let mark = UInt8(ascii: "&")
        guard bytes.contains(mark) else { return nil }
        let anchors = names(after: mark, in: bytes)
        return names(after: UInt8(ascii: "*"), in: bytes).first(where: Set(anchors).contains)
    }

    /// The words that follow a mark where a value may begin.
    private static func names(after mark: UInt8, in bytes: [UInt8]) -> [String] {
        bytes.indices.compactMap { index in
            guard bytes[index] == mark,
                index == 0 || before.contains(bytes[index - 1])
            else { return nil }
            let word = bytes[(index + 1)...].prefix(while: isName)
            guard !word.isEmpty,
                word.endIndex == bytes.count || after.contains(bytes[word.endIndex])
            else { return nil }
            return String(decoding: word, as: UTF8.self)
        }
    }

    private static let before = Set(" \t\r\n[{,:-?".utf8)
    private static let after = Set(" \t\r\n]},:?%@`".utf8)

    private static func isName(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...122).contains(byte | 32) || byte == 45 || byte == 95
    }
}
