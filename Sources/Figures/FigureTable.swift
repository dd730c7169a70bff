import Charts

/// The numbers behind a figure: a header and rows.
package struct FigureTable: Sendable, Equatable {
    /// One entry of a row.
    package enum Cell: Sendable, Equatable {
        case text(String)
        /// A number and how many decimals a reader wants to see.
        case number(Double, decimals: Int)
        /// Nothing was measured here.
        case missing

        /// A number, or `missing` when there is none.
        static func optional(_ value: Double?, decimals: Int) -> Cell {
            guard let value, value.isFinite else { return .missing }
            return .number(value, decimals: decimals)
        }

        /// The entry as a reader sees it.
        package var text: String {
            switch self {
            case .text(let text): text
            case .number(let value, let decimals): NumberText.fixed(value, decimals: decimals)
            case .missing: "–"
            }
        }
    }

    /// Names of the columns.
    package var header: [String]
    /// Entries, each row as long as the header.
    package var rows: [[Cell]]
    /// What a reader has to know about the rows, for example that some are left out.
    package var note: String?

    /// A table.
    package init(header: [String], rows: [[Cell]], note: String? = nil) {
        self.header = header
        self.rows = rows
        self.note = note
    }
}
