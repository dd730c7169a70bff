/// A word of TeX with its place, in characters from the beginning of the formula.
struct TeXToken: Equatable {
    enum Kind: Equatable {
        /// `\name` or `\` with one other character; the name without the backslash.
        case command(String)
        /// A single character that is none of the others.
        case character(Character)
        /// `{`
        case open
        /// `}`
        case close
        /// `^`
        case superscript
        /// `_`
        case lowerScript
        /// `&`
        case alignment
        /// One or more primes.
        case primes(Int)
    }

    let kind: Kind
    let offset: Int
    let length: Int
    /// Whether space stood before it; matters inside `\text` alone.
    let follows: Bool

    /// The words of a formula; space and `%` comments are dropped.
    static func words(of tex: [Character]) -> [TeXToken] {
        var lexer = Lexer(characters: tex)
        return lexer.words()
    }

    private struct Lexer {
        let characters: [Character]
        var position = 0

        mutating func words() -> [TeXToken] {
            var result: [TeXToken] = []
            var follows = false
            while position < characters.count {
                let start = position
                let character = characters[position]
                position += 1
                if character.isWhitespace {
                    follows = true
                    continue
                }
                if character == "%" {
                    while position < characters.count, !characters[position].isNewline {
                        position += 1
                    }
                    continue
                }
                let kind = kind(of: character)
                result.append(
                    TeXToken(kind: kind, offset: start, length: position - start, follows: follows))
                follows = false
            }
            return result
        }

        private mutating func kind(of character: Character) -> Kind {
            switch character {
            case "\\": return .command(command())
            case "{": return .open
            case "}": return .close
            case "^": return .superscript
            case "_": return .lowerScript
            case "&": return .alignment
            case "'", "’":
                var count = 1
                while position < characters.count, "'’".contains(characters[position]) {
                    count += 1
                    position += 1
                }
                return .primes(count)
            default: return .character(character)
            }
        }

        private mutating func command() -> String {
            guard position < characters.count else { return "" }
            var name = String(characters[position])
            position += 1
            guard name.first?.isLetter == true else { return name }
            while position < characters.count, characters[position].isLetter,
                characters[position].isASCII
            {
                name.append(characters[position])
                position += 1
            }
            return name
        }
    }
}
