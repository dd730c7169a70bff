import Foundation

/// The text of a file together with the name that messages show for it.
public struct SourceText: Sendable, Equatable {
    /// The name shown in messages, relative to where the user stands.
    public let name: String
    /// The file's content.
    public let text: String
    /// Where the lines came from; nil for the text of one file.
    private let origins: LineOrigins?
    /// The lines of the text without their line ends; line 1 is `lines[0]`.
    public let lines: [Substring]

    /// Wraps a text that was read from `name`.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
        lines = SourceText.split(text)
        origins = nil
    }

    /// A text put together from several files, the first of which is `name`. Mistakes at its lines are
    /// shown in the files that the lines came from.
    public init(name: String, lines: [Substring], origins: LineOrigins) {
        self.name = name
        text = lines.joined(separator: "\n")
        self.lines = SourceText.split(text)
        self.origins = origins
    }

    /// The names of the files that the text came from.
    public var fileNames: [String] { origins?.fileNames ?? [name] }

    /// A place of this text in the file that its line came from.
    public func origin(of location: SourceLocation) -> SourceLocation {
        location.file == name ? origins?.origin(of: location) ?? location : location
    }

    /// The lines that include the file of this line, innermost first.
    func includedFrom(_ location: SourceLocation) -> [SourceLocation] {
        location.file == name ? origins?.includedFrom(line: location.line) ?? [] : []
    }

    private static func split(_ text: String) -> [Substring] {
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
    /// The lines that include the file of the mistake, innermost first.
    public let includedFrom: [SourceLocation]

    /// A located mistake; the line under the caret is taken from `source`.
    public init(
        _ message: String, at location: SourceLocation, in source: SourceText? = nil,
        suggestion: String? = nil
    ) {
        self.message = message
        self.location = source?.origin(of: location) ?? location
        let lines = source?.lines ?? []
        self.line =
            lines.indices.contains(location.line - 1) ? String(lines[location.line - 1]) : nil
        self.suggestion = suggestion
        includedFrom = source?.includedFrom(location) ?? []
    }

    private init(_ error: SourceError, includedFrom: [SourceLocation]) {
        message = error.message
        location = error.location
        line = error.line
        suggestion = error.suggestion
        self.includedFrom = includedFrom
    }

    /// The same mistake in a file that the line at `place` includes.
    public func included(from place: SourceLocation) -> SourceError {
        SourceError(self, includedFrom: includedFrom + [place])
    }

    /// The message as a terminal shows it, several lines without a trailing newline.
    public var description: String {
        var parts = ["\(location.file):\(location.line):\(location.column): error: \(message)"]
        if let line { parts += SourceExcerpt(line: line, location).rows.map { "    \($0)" } }
        if let suggestion { parts.append("    \(suggestion)") }
        parts += includedFrom.map { "    included from \($0.file):\($0.line)" }
        return parts.joined(separator: "\n")
    }
}
