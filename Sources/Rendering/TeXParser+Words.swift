import Literate

/// Words in formulas, and commands that take rows or marks.
extension TeXParser {
    /// The words in braces, with the signs that TeX escapes put in.
    mutating func wording(of word: TeXToken) throws -> String {
        let written = try name(of: word)
        guard written.contains("\\") || written.contains("~") || written.contains("{") else {
            return written
        }
        var result = ""
        var rest = written[...]
        while let character = rest.popFirst() {
            switch character {
            case "~": result += "\u{A0}"
            case "{", "}": break
            case "\\":
                let next = rest.popFirst() ?? "\\"
                guard let sign = TeXParser.escapedSigns[next] else {
                    throw error(
                        "commands do not work inside '\(spelled(word))'", at: word,
                        suggestion: "close the words before the command: \\text{if } \\alpha")
                }
                result += sign
            default: result.append(character)
            }
        }
        return result
    }

    private static let escapedSigns: [Character: String] = [
        " ": " ", ",": "\u{2009}", ";": "\u{2005}", ":": "\u{2005}", "!": "", "&": "&", "%": "%",
        "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", "-": "",
    ]

    /// An arrow that grows with what stands over it: `\xrightarrow[below]{above}`.
    mutating func labelledArrow(_ name: String, _ word: TeXToken) throws -> String {
        var below: String?
        if current?.kind == .character("[") {
            position += 1
            below = "<mrow>\(try row(until: .bracket).joined())</mrow>"
            guard skip(.character("]")) else {
                throw error("the '[' of an arrow is not closed", at: word)
            }
        }
        let above = try argument(of: word)
        let arrow = operatorElement(name == "xrightarrow" ? "→" : "←", "stretchy=\"true\"")
        guard let below else { return "<mover>\(arrow)\(above)</mover>" }
        return "<munderover>\(arrow)\(below)\(above)</munderover>"
    }

    /// Lines below each other under an operator: `\substack{a \\ b}`.
    mutating func stack(_ word: TeXToken) throws -> String {
        guard skip(.open) else {
            throw error("'\(spelled(word))' lacks its argument", at: word)
        }
        var rows = [try row(until: .close).joined()]
        while skip(.command("\\")) { rows.append(try row(until: .close).joined()) }
        guard skip(.close) else { throw error("the '{' is not closed", at: word) }
        let lines = rows.map { "<mtr><mtd>\($0)</mtd></mtr>" }.joined()
        return "<mtable class=\"stack\">\(lines)</mtable>"
    }

    /// A relation with a stroke through it: `\not\in`.
    mutating func negated(_ word: TeXToken) throws -> String {
        let sign = try argument(of: word)
        guard sign.hasPrefix("<mo"), let end = sign.firstRange(of: "</mo>") else {
            throw error(
                "expected a relation after \\not", at: word, suggestion: "write it like \\not\\in")
        }
        return String(sign[..<end.lowerBound]) + "\u{338}</mo>"
    }

    /// Passes over `[…]`, which only moves lines.
    mutating func skipBrackets() throws {
        let start = current
        while let word = next() {
            if word.kind == .character("]") { return }
        }
        throw error("this '[' is not closed", at: start)
    }
}
