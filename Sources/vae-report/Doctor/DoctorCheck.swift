/// One thing that the program needs or can use, as it is on this machine.
struct DoctorCheck: Encodable {
    /// What it means for the program.
    enum State: String, Encodable {
        case ok
        /// Something works less well, or only in part.
        case note
        /// Something does not work.
        case problem
    }

    let section, item: String
    let state: State
    /// What is there.
    let found: String
    /// What it affects, and what to do about it.
    let affects: String

    init(_ section: String, _ item: String, _ state: State, found: String, affects: String) {
        self.section = section
        self.item = item
        self.state = state
        self.found = found
        self.affects = affects
    }

    /// Lines for people, at most `width` columns where words allow it; sections have a heading each.
    static func text(_ checks: [DoctorCheck], width: Int) -> String {
        var lines: [String] = []
        var section = ""
        for check in checks {
            if check.section != section {
                section = check.section
                lines += (lines.isEmpty ? [] : [""]) + [section.uppercased()]
            }
            let mark = check.state.rawValue
            lines.append(
                mark + String(repeating: " ", count: 9 - mark.count)
                    + "\(check.item): \(check.found)")
            lines += wrapped(check.affects, width: max(40, width) - 9).map {
                String(repeating: " ", count: 9) + $0
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func wrapped(_ text: String, width: Int) -> [String] {
        text.split(separator: " ").reduce(into: []) { lines, word in
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
    }
}
