import Files

/// Formulas between dollars.
extension InlineLexer {
    mutating func takeMathematics() throws {
        if matches("$$", at: position) { return try takeEquation() }
        guard position >= noMathematicsBefore, !isSpace(position + 1) else { return copy(1) }
        guard let end = endOfMathematics() else {
            noMathematicsBefore = endOfParagraph(position)
            return copy(1)
        }
        let tex = string((position + 1)..<end)
        let place = location(position + 1, length: tex.count)
        emit(
            .mathematics(Mathematics(tex: tex, isDisplayed: false, label: nil, location: place)),
            length: end + 1 - position)
    }

    func endOfMathematics() -> Int? {
        var index = position + 1
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "\n") where endsParagraph(index): return nil
            case UInt8(ascii: "$"):
                if !isSpace(index - 1), !isDigit(index + 1) { return index }
                index += 1
            default: index += 1
            }
        }
        return nil
    }

    mutating func takeEquation() throws {
        var end = position + 2
        while end < text.count, !matches("$$", at: end) {
            if text[end] == UInt8(ascii: "\n"), endsParagraph(end) { break }
            end += text[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < text.count, matches("$$", at: end) else {
            throw error(
                "the equation that begins here is not closed", at: position, length: 2,
                suggestion: "end it with $$ before the next empty line, or write \\$\\$ for dollars"
            )
        }
        let tex = unquoted(string((position + 2)..<end))
        let place = location(position + 2)
        let (label, length) = try equationLabel(after: end + 2)
        emit(
            .mathematics(Mathematics(tex: tex, isDisplayed: true, label: label, location: place)),
            length: length - position)
    }

    /// TeX without the `>` that begin its lines in a quotation.
    func unquoted(_ tex: String) -> String {
        let lineStart = text[..<position].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        guard text[lineStart] == UInt8(ascii: ">") else { return tex }
        return tex.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.drop { $0 == " " }.hasPrefix(">") ? $0.drop { $0 == " " }.dropFirst() : $0 }
            .joined(separator: "\n")
    }

    /// The label in `{#eq-label}` and where reading goes on.
    func equationLabel(after index: Int) throws -> (String?, Int) {
        var brace = index
        while brace < text.count, text[brace] == 32 { brace += 1 }
        guard matches("{#", at: brace) else { return (nil, index) }
        let rest = string((brace + 2)..<endOfLine(brace))
        let label = String(rest.prefix { $0 != "}" })
        guard label.utf8.count < rest.utf8.count else {
            throw error(
                "this label is not closed", at: brace, length: label.count + 2,
                suggestion: "write it like {#eq-elbo}")
        }
        guard label.hasPrefix("eq-"), Label.isValid(label) else {
            throw error(
                label.hasPrefix("eq-")
                    ? "a label has letters, digits, - and _, \(Label.longest) bytes at most; found '\(label)'"
                    : "an equation's label begins with 'eq-', found '\(label)'", at: brace + 2,
                length: max(1, label.count),
                suggestion: Label.near(label).flatMap {
                    $0.hasPrefix("eq-") && $0 != label ? "write {#\($0)}" : nil
                } ?? "write it like {#eq-elbo}")
        }
        return (label, brace + 3 + label.utf8.count)
    }
}
