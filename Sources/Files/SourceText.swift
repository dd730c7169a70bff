import Foundation

/// The text of a file together with the name that messages show for it.
public struct SourceText: Sendable, Equatable {
    /// The name shown in messages, relative to where the user stands.
    public let name: String
    /// The file's content.
    public let text: String

    /// Wraps a text that was read from `name`.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    /// The lines of the text without their line ends; line 1 is `lines[0]`.
    public var lines: [Substring] {
        // "\r\n" is one character and not equal to "\n".
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    }
}

/// A place in a source file; line and column count from 1, columns in characters.
public struct SourceLocation: Sendable, Hashable, Codable {
    /// The file's name as messages show it.
    public let file: String
    /// Line, from 1.
    public let line: Int
    /// Column in characters, from 1.
    public let column: Int
    /// How many characters the caret underlines.
    public let length: Int

    /// A place of `length` characters.
    public init(file: String, line: Int, column: Int, length: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
    }
}

/// A mistake in a text that a user wrote: where, what was found and what to do.
///
/// Prints as `file:line:column: error: message`, the line itself, a caret and a suggestion.
public struct SourceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, naming what was found and what was expected.
    public let message: String
    /// Where it is wrong.
    public let location: SourceLocation
    /// The offending line, for the caret; nil when it is not at hand.
    public let line: String?
    /// What to do, for example "did you mean 'train.epochs'?".
    public let suggestion: String?

    /// A located mistake; the line under the caret is taken from `source`.
    public init(
        _ message: String, at location: SourceLocation, in source: SourceText? = nil,
        suggestion: String? = nil
    ) {
        self.message = message
        self.location = location
        let lines = source?.lines ?? []
        self.line =
            lines.indices.contains(location.line - 1) ? String(lines[location.line - 1]) : nil
        self.suggestion = suggestion
    }

    /// The message as a terminal shows it, several lines without a trailing newline.
    public var description: String {
        var parts = ["\(location.file):\(location.line):\(location.column): error: \(message)"]
        if let line {
            let before = line.prefix(location.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
            let room = max(1, min(location.length, line.count - location.column + 1))
            parts.append("    \(line)")
            parts.append("    \(before)\(String(repeating: "^", count: room))")
        }
        if let suggestion { parts.append("    \(suggestion)") }
        return parts.joined(separator: "\n")
    }
}
