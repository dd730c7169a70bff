import Files

/// A fenced cell of a report with its parameters put in: what to do, under which label.
public struct Cell: Sendable, Equatable {
    /// Position among the document's cells, from 0.
    public let index: Int
    /// The word in the fence, one of the registered kinds.
    public let kind: String
    /// The author's `#| label`.
    public let label: String?
    /// The label, or kind and ordinal ("eval-1") where there is none; unique in the document.
    public let id: String
    /// The body's fields that belong to the kind, parameters substituted.
    public internal(set) var fields: [CellField]
    /// Config keys for this cell, "train.beta" and the like: the body's dotted keys, overruled by
    /// `-P`. Only keys that the kind accepts.
    public let configOverrides: [CellField]
    /// Caption, alternative text, echo and cache.
    public let options: CellOptions
    /// The body as written, without the `#|` lines.
    public let body: String
    /// The opening fence.
    public let location: SourceLocation
    /// The file that the cell stands in.
    public let source: SourceText
    /// The runs whose results this cell gathers, when it is written for several.
    public internal(set) var matrix: RunMatrix?
    /// The point of a matrix that this cell is about; such a cell stands in no place of the text.
    public internal(set) var point: MatrixPoint?

    /// The value of a field of the kind; nil when the cell does not say.
    public subscript(key: String) -> CellValue? {
        fields.first { $0.key == key }?.value
    }

    /// The opening fence in the file that it stands in, which may be an included one.
    public var place: SourceLocation { source.origin(of: location) }

    /// A located mistake in this cell; without `location` it points at the fence.
    public func error(
        _ message: String, at location: SourceLocation? = nil, suggestion: String? = nil
    ) -> SourceError {
        let place = location ?? self.location
        return SourceError(
            message, at: place, in: place.file == source.name ? source : nil,
            suggestion: suggestion)
    }
}

/// What the `#|` lines of a cell say about showing it; none of it changes what is computed.
public struct CellOptions: Sendable, Equatable {
    /// Whether the page shows the cell's source.
    public enum Echo: String, Sendable, CaseIterable {
        /// Shown open.
        case shown = "true"
        /// Not shown.
        case hidden = "false"
        /// Shown folded.
        case folded = "fold"
    }

    /// The caption, Markdown that may hold inline values; nil leaves the runner's default.
    public let caption: [MarkdownInline]?
    /// Alternative text that replaces the computed one.
    public let alternativeText: String?
    /// Whether the source is shown; nil leaves it to the renderer (folded).
    public let echo: Echo?
    /// False makes the cell run in every build.
    public let isCached: Bool

    /// Options as parsed.
    public init(
        caption: [MarkdownInline]? = nil, alternativeText: String? = nil, echo: Echo? = nil,
        isCached: Bool = true
    ) {
        self.caption = caption
        self.alternativeText = alternativeText
        self.echo = echo
        self.isCached = isCached
    }
}
