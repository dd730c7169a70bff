import ArgumentParser

/// The command to type after a mistake in a command line.
struct NextStep {
    /// What was typed after the program's name.
    let arguments: [String]

    /// The command for a mistake with this message: the same one with its word mended where the message
    /// knows a better one, else one that works.
    func command(after message: String) -> String {
        guard let suggestion = Self.suggestion(in: message), let mended = mended(with: suggestion)
        else { return example }
        return (["vae-report"] + mended).map(Self.quoted).joined(separator: " ")
    }

    /// The word after "did you mean", if there is one.
    private static func suggestion(in message: String) -> String? {
        message.firstMatch(of: /[Dd]id you mean '([^']+)'/).map { String($0.output.1) }
    }

    /// The arguments with the one word, or the one key before an equals sign, that looks most like the
    /// suggestion replaced by it, the last of them; nil where none does.
    private func mended(with suggestion: String) -> [String]? {
        for (place, word) in arguments.enumerated().reversed() {
            let end = word.firstIndex(of: "=") ?? word.endIndex
            let key = String(word[..<end])
            guard key != suggestion, key.hasPrefix("-") == suggestion.hasPrefix("-"),
                key.contains(".") == suggestion.contains("."),
                [suggestion].nearest(to: key) != nil
            else { continue }
            var result = arguments
            result[place] = suggestion + word[end...]
            return result
        }
        return nil
    }

    /// The first example of the command that was named, or its help.
    private var example: String {
        var command: any ParsableCommand.Type = VAEReportCommand.self
        var path = ["vae-report"]
        for word in arguments {
            guard
                let next = command.configuration.subcommands.first(where: {
                    $0.configuration.commandName == word
                })
            else { break }
            command = next
            path.append(word)
        }
        let lines = command.configuration.discussion.split(separator: "\n")
        let examples = lines.drop { $0 != "EXAMPLES" }.dropFirst()
        guard path.count > 1, let first = examples.first(where: { $0.contains("  vae-report ") })
        else { return (path + ["--help"]).joined(separator: " ") }
        let text = first.drop { $0 == " " }
        // What explains an example stands after several spaces.
        return String(text.firstRange(of: "   ").map { text[..<$0.lowerBound] } ?? text)
    }

    /// A word as a shell takes it.
    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.allSatisfy { character in
                character.isASCII && (character.isLetter || character.isNumber)
                    || "-_./=,:@%+".contains(character)
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
