import Literate

/// Single characters, commands that stand for signs, alphabets and delimiters.
extension TeXParser {
    mutating func character(_ character: Character) -> String {
        if character.isNumber {
            var number = String(character)
            while case .character(let digit) = current?.kind, digit.isNumber || digit == ".",
                current?.follows == false
            {
                if digit == ".", !followsDigit { break }
                number.append(digit)
                position += 1
            }
            return "<mn>\(number)</mn>"
        }
        if character.isLetter { return "<mi>\(character)</mi>" }
        switch character {
        case "-": return operatorElement("−")
        case "*": return operatorElement("∗")
        case "(", ")", "[", "]": return operatorElement(String(character), "stretchy=\"false\"")
        case "|":
            return "<mo stretchy=\"false\" form=\"infix\" lspace=\"0.1em\" rspace=\"0.1em\">|</mo>"
        case "~": return "<mspace width=\"0.333em\"/>"
        case ",", ";": return "<mo separator=\"true\">\(character)</mo>"
        case ":": return "<mo lspace=\"0.2em\" rspace=\"0.2em\">:</mo>"
        default: return operatorElement(Escape.text(String(character)))
        }
    }

    var followsDigit: Bool {
        guard position + 1 < words.count, case .character(let character) = words[position + 1].kind
        else { return false }
        return character.isNumber
    }

    func operatorElement(_ text: String, _ attributes: String = "") -> String {
        "<mo\(attributes.isEmpty ? "" : " ")\(attributes)>\(text)</mo>"
    }

    mutating func command(_ name: String, _ word: TeXToken) throws -> String {
        if let letter = TeXSymbols.letters[name] { return "<mi>\(letter)</mi>" }
        if let letter = TeXSymbols.capitals[name] {
            return "<mi mathvariant=\"normal\">\(letter)</mi>"
        }
        if let sign = TeXSymbols.large[name] { return operatorElement(sign) }
        if let sign = TeXSymbols.integrals[name] { return operatorElement(sign) }
        if let sign = TeXSymbols.operators[name] { return operatorElement(sign) }
        if TeXSymbols.functions.contains(name) || TeXSymbols.limitFunctions.contains(name) {
            return functionName(name)
        }
        if let width = TeXSymbols.spaces[name] { return "<mspace width=\"\(width)\"/>" }
        if let accent = TeXSymbols.accents[name] {
            let base = try argument(of: word)
            let stretch = accent.stretches ? "true" : "false"
            return
                "<mover accent=\"true\">\(base)<mo stretchy=\"\(stretch)\">\(accent.mark)</mo></mover>"
        }
        if let alphabet = TeXSymbols.alphabets[name] { return try letters(in: alphabet, word) }
        if let size = TeXSymbols.sizes[name] {
            return operatorElement(
                try delimiter(), "stretchy=\"true\" minsize=\"\(size)\" maxsize=\"\(size)\"")
        }
        if let sign = TeXSymbols.delimiters["\\\(name)"] {
            return operatorElement(Escape.text(sign), "stretchy=\"false\"")
        }
        return try structure(name, word)
    }

    /// An upright name; the parser adds the thin space that an operator has after it.
    func functionName(_ name: String) -> String {
        let isFollowedByBracket: Bool
        switch current?.kind {
        case .character(let character): isFollowedByBracket = "([|,.)]".contains(character)
        case .superscript, .lowerScript, .close, nil: isFollowedByBracket = true
        case .command(let name):
            isFollowedByBracket = ["left", "right", "big", "Big", "bigl"].contains(name)
        default: isFollowedByBracket = false
        }
        let element = "<mi>\(name)</mi>"
        return isFollowedByBracket
            ? element : "<mrow>\(element)<mspace width=\"0.167em\"/></mrow>"
    }

    /// Letters of an alphabet: `\mathbb{E}`, `\boldsymbol{\mu}`.
    mutating func letters(in alphabet: TeXAlphabet, _ word: TeXToken) throws -> String {
        let plain = try argument(of: word)
        var result = ""
        var isTag = false
        var letters = 0
        for character in plain {
            // Tags and entities stay as they are.
            if character == "<" || character == "&" { isTag = true }
            result.append(isTag ? character : alphabet.letter(character))
            if !isTag { letters += 1 }
            if character == ">" || character == ";" { isTag = false }
        }
        guard alphabet == .upright || alphabet == .bold || alphabet == .sansSerif else {
            return result
        }
        let upright = result.replacing("<mi>", with: "<mi mathvariant=\"normal\">")
        let inner = "</mi><mi mathvariant=\"normal\">"
        return letters > 1 ? upright.replacing(inner, with: "") : upright
    }

    mutating func delimiter() throws -> String {
        guard let word = next() else { throw error("a delimiter is missing", at: words.last) }
        let written = spelled(word)
        guard let sign = TeXSymbols.delimiters[written] else {
            throw error(
                "expected a delimiter, found '\(written)'", at: word,
                suggestion: "delimiters: ( ) [ ] \\{ \\} | \\| \\langle \\rangle .")
        }
        return Escape.text(sign)
    }
}
