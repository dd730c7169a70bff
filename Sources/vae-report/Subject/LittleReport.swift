import Files
import Literate

/// A report of a few cells that does a command's work, so that caches, folders and records are those of
/// `build`.
struct LittleReport {
    /// A line of a cell: a key with its value as YAML, and how the user gave it ("--dims").
    struct Field {
        let key: String
        let value: String
        let origin: String?

        init(_ key: String, _ value: String, origin: String? = nil) {
            self.key = key
            self.value = value
            self.origin = origin
        }
    }

    /// The report's text.
    let source: SourceText
    /// How the user gave what stands in a line, by line number from 1.
    private let origins: [Int: String]

    private static let name = "the command line"

    /// A report that trains `label`, scores it and has further cells.
    init(run label: String, cells: [CommandCell]) {
        let standard = [
            CommandCell("train", label: label, fields: []),
            CommandCell("eval", label: nil, fields: [Field("run", label)]),
        ]
        // Keys of every cell may be given to any command, so that all of them share a folder.
        let comparison =
            cells.contains { $0.kind == "compare" } ? [] : [CommandCell.comparison(of: label)]
        var lines = ["---", "title: \"A command\"", "config: the-command-line", "---"]
        var origins: [Int: String] = [:]
        for cell in standard + comparison + cells {
            lines += ["", "```{\(cell.kind)}"]
            if let label = cell.label { lines.append("#| label: \(label)") }
            for field in cell.fields {
                lines.append("\(field.key): \(field.value)")
                origins[lines.count] = field.origin
            }
            lines.append("```")
        }
        source = SourceText(name: Self.name, text: lines.joined(separator: "\n") + "\n")
        self.origins = origins
    }

    /// A mistake in this report as one in the command line; any other error as it is.
    func named(_ error: any Error) -> any Error {
        guard let error = error as? SourceError, error.location.file == Self.name else {
            return error
        }
        let option = origins[error.location.line].map { "\($0): " } ?? ""
        return UsageMistake(option + error.message, advice: error.suggestion)
    }
}

/// A cell that does a command's work.
struct CommandCell {
    /// "figure", "compare".
    let kind: String
    /// Its label; nil leaves it to the report.
    let label: String?
    /// Its body.
    let fields: [LittleReport.Field]

    init(_ kind: String, label: String?, fields: [LittleReport.Field]) {
        self.kind = kind
        self.label = label
        self.fields = fields
    }

    /// The id of the only cell of its kind with this label.
    var id: String { label ?? "\(kind)-1" }
}
