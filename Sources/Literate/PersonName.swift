/// An author as BibTeX names one: "Diederik P. Kingma", "van den Oord, Aäron", "{DeepMind}".
struct PersonName: Equatable {
    /// "van den Oord", LaTeX in it not read yet.
    let family: String
    /// "Aäron".
    let given: String

    /// The names in a field, told apart by "and"; `hasMore` when it ends with "and others".
    static func names(in text: String) -> (names: [PersonName], hasMore: Bool) {
        var people: [[String]] = [[]]
        for word in words(of: text) {
            if word.lowercased() == "and" {
                people.append([])
            } else {
                people[people.count - 1].append(word)
            }
        }
        let found = people.filter { !$0.isEmpty }
        let names = found.filter { $0 != ["others"] }.map(PersonName.init)
        return (names, names.count < found.count)
    }

    private init(_ words: [String]) {
        let parts = words.split(omittingEmptySubsequences: false) { $0 == "," }.map {
            $0.joined(separator: " ")
        }
        if parts.count > 1 {
            family = parts.count > 2 ? "\(parts[0]) \(parts[1])" : parts[0]
            given = parts.last ?? ""
            return
        }
        // Small letters begin the family name, "von", but for its last word.
        let particle = words.dropLast().firstIndex { $0.first?.isLowercase == true }
        let start = particle ?? max(0, words.count - 1)
        given = words[..<start].joined(separator: " ")
        family = words[start...].joined(separator: " ")
    }

    /// Words outside braces, commas as words of their own.
    private static func words(of text: String) -> [String] {
        var result: [String] = []
        var word = ""
        var depth = 0
        func flush() {
            if !word.isEmpty { result.append(word) }
            word = ""
        }
        for character in text {
            if character == "{" { depth += 1 } else if character == "}" { depth -= 1 }
            if depth == 0, character.isWhitespace || character == "," {
                flush()
                if character == "," { result.append(",") }
            } else {
                word.append(character)
            }
        }
        flush()
        return result
    }

    /// "D. P." for "Diederik P.", "J.-L." for "Jean-Luc".
    static func initials(_ given: String) -> String {
        given.split(whereSeparator: \.isWhitespace).map { word in
            word.split(separator: "-").compactMap { part in
                part.first { $0.isLetter }.map { "\($0)." }
            }.joined(separator: "-")
        }.filter { !$0.isEmpty }.joined(separator: "\u{A0}")
    }
}
