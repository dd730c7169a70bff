import Files
import Literate

/// A value of a figure's option from elsewhere than a cell, such as a command line.
public indirect enum OptionValue: Sendable, Equatable {
    /// A whole number.
    case integer(Int)
    /// Any other number.
    case number(Double)
    /// A word or a text.
    case text(String)
    /// Several values.
    case list([OptionValue])

    /// The value as cells hold it, placed nowhere in particular.
    func cellValue(for key: String) -> CellValue {
        let place = SourceLocation(file: key, line: 1, column: 1)
        let content: CellValue.Content =
            switch self {
            case .integer(let integer): .integer(integer)
            case .number(let number): .number(number)
            case .text(let text): .text(text)
            case .list(let items): .list(items.map { $0.cellValue(for: key) })
            }
        return CellValue(content, at: place)
    }
}

/// A value that a figure's option cannot have, found outside of a report.
public struct OptionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The option; nil when the mistake is in none.
    public let option: String?
    /// What was found and what was expected.
    public let message: String
    /// What to do.
    public let suggestion: String?

    /// Both sentences.
    public var description: String { suggestion.map { "\(message); \($0)" } ?? message }
}
