/// What labels look like.
enum Label {
    /// Labels name folders; with what is put before and after them, names stay below 255 bytes.
    static let longest = 80

    /// Whether a label is a letter followed by letters, digits, `-` and `_`, ends in a letter or digit
    /// and has at most 80 bytes. Letters are those of any script.
    static func isValid(_ label: String) -> Bool {
        guard let first = label.first, first.isLetter, let last = label.last, isWord(last),
            label.utf8.count <= longest
        else { return false }
        return label.allSatisfy { isWord($0) || $0 == "-" || $0 == "_" }
    }

    /// The label that is nearest to a text that is none: "my-run" for "my run"; nil for no words.
    static func near(_ text: String) -> String? {
        var result = ""
        for character in text.drop(while: { !$0.isLetter }) {
            if isWord(character) || character == "_" {
                result.append(character)
            } else if !result.hasSuffix("-") {
                result.append("-")
            }
        }
        while let last = result.last, !isWord(last) || result.utf8.count > longest {
            result.removeLast()
        }
        return result.isEmpty ? nil : result
    }

    static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }
}
