/// The manual page of this program in roff, made from the tree of commands.
struct ManualPage {
    private let root: CommandDescription
    private let version: String
    private var lines: [String] = []

    init(_ root: CommandDescription, version: String) {
        self.root = root
        self.version = version
    }

    /// The whole page, with a line break at its end.
    func text() -> String {
        var page = self
        page.write()
        return page.lines.joined(separator: "\n") + "\n"
    }

    private mutating func write() {
        lines = [
            ".\\\" Made by 'vae-report manual'.",
            ".TH VAE\\-REPORT 1 \"\" \"vae\\-report \(Roff.text(version))\" \"User Commands\"",
            ".SH NAME", "vae\\-report \\- \(Roff.text(Self.lowered(root.abstract ?? "")))",
            ".SH SYNOPSIS", ".B vae\\-report", ".I command", "[\\fIoptions\\fR]",
            ".SH DESCRIPTION",
        ]
        lines += Roff.body(root.discussion ?? "")
        lines.append(".SH COMMANDS")
        for (words, command) in root.all() { write(command, called: words.joined(separator: " ")) }
        for (title, entries) in Self.closing {
            lines.append(".SH \(title)")
            for (name, meaning) in entries {
                lines += [".TP", ".B \(Roff.text(name))", Roff.text(meaning)]
            }
        }
    }

    /// A command's own section: what it does, how it is called, its options.
    private mutating func write(_ command: CommandDescription, called name: String) {
        lines += [".SS \"\(Roff.text(name))\"", Roff.text(command.abstract ?? "")]
        if command.subcommands?.isEmpty != false {
            lines += [".PP", ".B vae\\-report \(Roff.text(name))"]
            lines += command.ownArguments.filter { $0.kind == "positional" }.map { argument in
                let place =
                    "\\fI\(Roff.text(argument.valueName ?? "value"))\\fR"
                    + (argument.isRepeating ? " ..." : "")
                return argument.isOptional ? "[\(place)]" : place
            }
            lines.append("[\\fIoptions\\fR]")
        }
        for argument in command.ownArguments { write(argument) }
        if let discussion = command.discussion, !discussion.isEmpty {
            lines.append(".PP")
            lines += Roff.body(discussion)
        }
    }

    private mutating func write(_ argument: CommandDescription.Argument) {
        let spellings = argument.spellings { "\u{1}\($0)\u{2}" }.map { spelling in
            "\\fB"
                + Roff.text(spelling).replacing("\u{1}", with: "\\fI")
                .replacing("\u{2}", with: "\\fB") + "\\fR"
        }
        lines += [".TP", spellings.joined(separator: ", ")]
        let words = [argument.abstract, argument.discussion].compactMap(\.self).joined(
            separator: " ")
        let standard = argument.defaultValue.map { " Default: \($0)." } ?? ""
        let repeats = argument.isRepeating && !words.contains("repeated") ? " May be repeated." : ""
        lines.append(Roff.text(words + standard + repeats))
    }

    private static func lowered(_ sentence: String) -> String {
        let text = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
        return text.prefix(1).lowercased() + text.dropFirst()
    }

    private static let closing: [(String, [(String, String)])] = [
        (
            "ENVIRONMENT",
            [
                ("VAE_REPORT_DATA", "A folder of data sets."),
                ("VAE_REPORT_OFFLINE", "Download nothing when it is 1, as with --offline."),
                (
                    "XDG_CACHE_HOME",
                    "Where downloads are kept, in vae-report/; ~/.cache when it is not set."
                ), ("NO_COLOR", "Takes colours from messages."),
                ("SOURCE_DATE_EPOCH", "The date in a page's stamp, seconds since 1970."),
            ]
        ),
        (
            "FILES",
            [
                ("outputs/REPORT/", "All that a report's build makes; its page is report.html."),
                ("reports/, configs/", "Where a name is looked for before the program's own."),
                ("~/.cache/vae-report/", "Data sets that were downloaded."),
            ]
        ),
        (
            "EXIT STATUS",
            [
                ("0", "Fine."), ("1", "Something failed on the way."),
                ("2", "A mistake in the command line, a report or a config."),
                ("3", "A check in a report, or against a baseline, did not hold."),
            ]
        ),
    ]
}

/// Text in roff.
enum Roff {
    /// A text in which nothing is a request or an escape; on one line.
    static func text(_ text: String) -> String {
        let line = text.split(separator: "\n").joined(separator: " ")
        let escaped = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }

    /// Paragraphs, with what is indented in them kept as it stands.
    static func body(_ text: String) -> [String] {
        var lines: [String] = []
        var isKept = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isIndented = line.hasPrefix(" ")
            if isIndented != isKept {
                lines.append(isIndented ? ".nf" : ".fi")
                isKept = isIndented
            }
            if line.isEmpty {
                lines.append(".PP")
            } else {
                lines.append(Self.text(String(line)))
            }
        }
        if isKept { lines.append(".fi") }
        return lines
    }
}
