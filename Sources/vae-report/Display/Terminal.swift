import Foundation

/// Where progress and messages go: a terminal that can redraw a line, or a pipe that cannot.
package struct Terminal: Sendable {
    private let descriptor: Int32
    /// Whether the last line may be drawn again.
    let isInteractive: Bool
    /// Whether colours may be used: an interactive terminal, and `NO_COLOR` is not set.
    let usesColor: Bool

    /// Standard error of this process.
    package static let standardError = Terminal(
        descriptor: STDERR_FILENO, environment: ProcessInfo.processInfo.environment)

    /// The terminal or pipe behind `descriptor`.
    package init(descriptor: Int32, environment: [String: String]) {
        self.descriptor = descriptor
        isInteractive = isatty(descriptor) == 1 && environment["TERM"] != "dumb"
        usesColor = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
    }

    /// Columns; 80 where nobody knows.
    var width: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes text as it is; a closed pipe is nobody's loss.
    func write(_ text: String) {
        try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
            .write(contentsOf: Data(text.utf8))
    }

    /// Writes a line over whatever progress stands there; the first `word` in it stands out.
    func writeLine(_ text: String, highlighting word: String? = nil) {
        let safe = Terminal.harmless(text)
        let shown = word.map { highlighted($0, in: safe) } ?? safe
        write((isInteractive ? "\r\u{1B}[K" : "") + shown + "\n")
    }

    /// Draws the last line anew, cut to the terminal's width.
    func redraw(_ text: String) {
        write("\r\u{1B}[K" + String(Terminal.harmless(text).prefix(max(1, width - 1))))
    }

    /// Removes the line that ``redraw(_:)`` left.
    func clearLine() {
        if isInteractive { write("\r\u{1B}[K") }
    }

    /// The text without the control characters that a terminal acts on: names and texts of users are
    /// quoted in messages.
    static func harmless(_ text: String) -> String {
        func isControl(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
        }
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(isControl(scalar) ? "\u{FFFD}" : scalar) }
        return String(result)
    }

    /// The text with the first `word` in bold red, where colours may be used.
    private func highlighted(_ word: String, in text: String) -> String {
        guard usesColor, let range = text.range(of: word) else { return text }
        return text.replacingCharacters(in: range, with: "\u{1B}[1;31m\(word)\u{1B}[0m")
    }
}
