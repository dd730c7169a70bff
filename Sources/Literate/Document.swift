import Files

/// A report's source, understood and checked: every label, reference, value and parameter in it is
/// known to exist.
public struct Document: Sendable {
    /// The text as read, includes in it.
    public let source: SourceText
    /// The YAML at the top.
    public let frontMatter: FrontMatter
    /// The text with the places of the cells.
    public let blocks: [MarkdownBlock]
    /// The cells in the order written.
    public let cells: [Cell]
    /// The kinds of the cells, by name.
    public let kinds: [String: CellKind]
    /// What `@fig-…`, `@tbl-…`, `@eq-…` and `@sec-…` can refer to, by label.
    public let targets: [String: ReferenceTarget]
    /// The works that it cites.
    public let bibliography: Bibliography
    /// Parameters after `-P`, by name.
    public let parameters: [String: CellValue]
    /// Every value that inline values, checks and cells can name, with its publisher's id.
    public let publishers: [String: Publisher]
    /// `-P` overrides as given, sorted by key; empty for a plain build.
    public let overrides: [ParameterOverride]
    /// Dependences and order of the cells.
    public let plan: Plan

    /// Every text file that the document is made of: the report, its includes and bibliographies.
    public var files: [String] {
        let folder = FilePath.folder(of: source.name)
        return source.fileNames
            + frontMatter.bibliography.compactMap(\.text).map { FilePath.join(folder, $0) }
    }

    /// The number of a cell's figure or table in its series, from 1; nil for other cells.
    public func number(of cell: Cell) -> Int? { targets[cell.id]?.number }
}

/// Who publishes a value.
public struct Publisher: Sendable, Equatable {
    /// The cell's id; nil for parameters, which are there before any cell runs.
    public let cell: String?
    /// What sort of value it is.
    public let sort: ValueDeclaration.Sort
}

/// Something that a reference can point to.
public struct ReferenceTarget: Sendable, Equatable {
    /// What it is.
    public enum Sort: String, Sendable {
        /// A figure.
        case figure = "Figure"
        /// A table.
        case table = "Table"
        /// An equation.
        case equation = "Equation"
        /// A section, referred to by its title.
        case section = "Section"
    }

    /// What it is.
    public let sort: Sort
    /// Its number in its series; 0 for sections, which have titles instead.
    public let number: Int
    /// The element's id on the page.
    public let anchor: String
    /// A section's title.
    public let title: [MarkdownInline]
}

/// The YAML block at the top of a report.
public struct FrontMatter: Sendable, Equatable {
    /// The report's title, Markdown that may hold inline values.
    public let title: [MarkdownInline]
    /// A line under the title.
    public let subtitle: [MarkdownInline]?
    /// Who wrote it.
    public let author: String?
    /// The config file's path, relative to where the user stands; located for messages.
    public let config: CellValue?
    /// BibTeX files, relative to the report's own; located for messages.
    public let bibliography: [CellValue]
    /// Parameters with their defaults, in the order written.
    public let parameters: [CellField]
    /// Short builds of the report, in the order written.
    public let profiles: [ReportProfile]
}

/// A named set of settings that shortens a report: `profiles: {ci: {train.epochs: 1}}`.
public struct ReportProfile: Sendable, Equatable {
    /// The name that `--profile` takes.
    public let name: String
    /// Parameters and config keys with their values, as with `-P`.
    public let settings: [CellField]
}
