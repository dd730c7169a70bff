/// One thing that a cell shows.
public enum CellOutput: Sendable, Equatable, Codable {
    /// A drawing.
    case figure(FigureOutput)
    /// Rows and columns.
    case table(TableOutput)
    /// The box at the top of the page.
    case verdict(VerdictOutput)
    /// A note with a coloured edge.
    case callout(CalloutOutput)
    /// A model that runs in the page.
    case playground(PlaygroundOutput)
    /// Markdown without cells; inline values and mathematics work in it.
    case markdown(String)
}

/// A drawing with its words.
public struct FigureOutput: Sendable, Equatable, Codable {
    /// How much room the figure takes.
    public enum Width: String, Sendable, Codable {
        /// As wide as the text.
        case text
        /// Wider than the text, for rows of panels.
        case wide
    }

    /// The drawing, with unique ids and the theme's classes instead of colours.
    public let svg: String
    /// A raster twin for Markdown, relative to the output folder (one of the result's `files`).
    public let imageFile: String?
    /// What one sees, computed from the data.
    public let alternativeText: String
    /// The caption when the author gives none; Markdown.
    public let defaultCaption: String
    /// The numbers behind the drawing, folded under it.
    public let data: TableOutput?
    /// How much room it takes.
    public let width: Width

    /// A figure.
    public init(
        svg: String, imageFile: String? = nil, alternativeText: String, defaultCaption: String,
        data: TableOutput? = nil, width: Width = .text
    ) {
        self.svg = svg
        self.imageFile = imageFile
        self.alternativeText = alternativeText
        self.defaultCaption = defaultCaption
        self.data = data
        self.width = width
    }
}

/// A table whose columns can be sorted by the values behind their text.
public struct TableOutput: Sendable, Equatable, Codable {
    /// Column titles; Markdown.
    public let columns: [String]
    /// Rows of as many cells as there are columns; the first cell names the row.
    public let rows: [[TableCell]]
    /// The caption when the author gives none; Markdown.
    public let defaultCaption: String

    /// A table.
    public init(columns: [String], rows: [[TableCell]], defaultCaption: String = "") {
        self.columns = columns
        self.rows = rows
        self.defaultCaption = defaultCaption
    }
}

/// A cell of a table.
public struct TableCell: Sendable, Equatable, Codable {
    /// What stands in it.
    public enum Content: Sendable, Equatable, Codable {
        /// Nothing applies here; shown as a dash.
        case empty
        /// Text, shown as it is.
        case text(String)
        /// A number and how to write it, as in inline values: ".2f".
        case number(Double, format: String)
        /// A published value and how to write it; brings its protocol as a note.
        case value(PublishedValue, format: String)
    }

    /// What stands in it.
    public let content: Content
    /// An explanation shown on hover and focus.
    public let note: String?
    /// Whether it is set in bold, such as the best of its column.
    public let isEmphasised: Bool

    /// A cell.
    public init(_ content: Content, note: String? = nil, isEmphasised: Bool = false) {
        self.content = content
        self.note = note
        self.isEmphasised = isEmphasised
    }

    /// Text without a note.
    public static func text(_ text: String) -> TableCell { TableCell(.text(text)) }

    /// A number without a note.
    public static func number(_ number: Double, _ format: String) -> TableCell {
        TableCell(.number(number, format: format))
    }

    /// A published value with its protocol.
    public static func value(_ value: PublishedValue, _ format: String) -> TableCell {
        TableCell(.value(value, format: format))
    }
}

/// The box at the page's top: one sentence, traffic lights, what was run.
public struct VerdictOutput: Sendable, Equatable, Codable {
    /// A judgement with its reason.
    public struct Light: Sendable, Equatable, Codable {
        /// What it comes to; always said in words too, never by colour alone.
        public enum Level: String, Sendable, Codable {
            /// As it should be.
            case good
            /// Worth knowing; nothing is wrong.
            case information
            /// Worth a look.
            case warning
            /// Something is wrong.
            case bad
            /// Not judged.
            case unknown
        }

        /// What is judged: "Reconstruction".
        public let name: String
        /// What it comes to.
        public let level: Level
        /// Why, naming the numbers.
        public let reason: String
        /// What to try, to be read after "Try"; nil when there is nothing to mend.
        public let advice: String?

        /// A light.
        public init(_ name: String, _ level: Level, _ reason: String, advice: String? = nil) {
            self.name = name
            self.level = level
            self.reason = reason
            self.advice = advice
        }
    }

    /// The verdict in one sentence.
    public let sentence: String
    /// The judgements behind it.
    public let lights: [Light]
    /// Data set, model, seed.
    public let facts: [Fact]

    /// A verdict.
    public init(sentence: String, lights: [Light], facts: [Fact]) {
        self.sentence = sentence
        self.lights = lights
        self.facts = facts
    }
}

/// A note with a title.
public struct CalloutOutput: Sendable, Equatable, Codable {
    /// Which of GitHub's five kinds of callout it is.
    public let kind: CalloutKind
    /// What it is headed by beside its kind; nil for the kind alone.
    public let title: String?
    /// Its text; Markdown.
    public let text: String

    /// A callout.
    public init(_ kind: CalloutKind, title: String? = nil, _ text: String) {
        self.kind = kind
        self.title = title
        self.text = text
    }
}

/// GitHub's kinds of callout, `> [!NOTE]`.
public enum CalloutKind: String, Sendable, Codable, CaseIterable {
    /// Worth knowing.
    case note
    /// Advice.
    case tip
    /// Needed to succeed.
    case important
    /// Needs attention.
    case warning
    /// May go wrong.
    case caution
}
