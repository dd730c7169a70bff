import Files
import Literate

/// A line on standard output that GitHub Actions shows beside a line of a file.
public struct WorkflowAnnotation: CustomStringConvertible {
    /// How bad it is.
    enum Level: String {
        case error, warning
    }

    private let level: Level
    private let location: SourceLocation
    private let title: String
    private let message: String

    /// A mistake in a report or a config.
    public init(_ mistake: SourceError) {
        level = .error
        location = mistake.location
        title = "Mistake in the report"
        message = mistake.message + (mistake.suggestion.map { "\n\($0)" } ?? "")
    }

    private init(_ level: Level, _ title: String, _ message: String, at location: SourceLocation) {
        self.level = level
        self.location = location
        self.title = title
        self.message = message
    }

    /// Annotations for cells without a result and checks that did not hold, in document order.
    public static func all(of report: BuiltReport) -> [WorkflowAnnotation] {
        let cells = zip(report.document.cells, report.outcomes).compactMap { cell, outcome in
            switch outcome {
            case .failed(let message):
                WorkflowAnnotation(
                    .error, "The cell '\(cell.id)' failed", message, at: cell.location)
            case .skipped(let upstream):
                WorkflowAnnotation(
                    .warning, "The cell '\(cell.id)' was skipped", "'\(upstream)' has no result",
                    at: cell.location)
            case .ran, .reused: nil
            }
        }
        return cells
            + report.failedChecks.map {
                WorkflowAnnotation(.error, "A check did not hold", $0.sentence, at: $0.location)
            }
    }

    /// "::error file=reports/a.md,line=3,col=1,title=…::message". What stands on the command line has no
    /// file.
    public var description: String {
        let place = [
            ("file", location.file), ("line", "\(location.line)"), ("col", "\(location.column)"),
            ("endColumn", "\(location.column + max(1, location.length))"),
        ]
        let properties = (location.file.hasPrefix("-") ? [] : place) + [("title", title)]
        let list = properties.map { "\($0.0)=\(WorkflowAnnotation.property($0.1))" }
        return
            "::\(level.rawValue) \(list.joined(separator: ","))::\(WorkflowAnnotation.data(message))"
    }

    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r\n", with: "%0A")
            .replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
