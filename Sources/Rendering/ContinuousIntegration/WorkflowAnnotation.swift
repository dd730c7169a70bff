import Files
import Literate

/// A line on standard output that GitHub Actions shows beside a line of a file.
public struct WorkflowAnnotation: CustomStringConvertible {
    /// How bad it is.
    enum Level: String {
        case error, warning
    }

    private let level: Level
    /// Nil for what is about no line of a file.
    private let location: SourceLocation?
    private let title: String
    private let message: String

    /// A mistake in a report or a config.
    public init(_ mistake: SourceError) {
        // What stands on the command line has no file.
        let isInFile = !mistake.location.file.hasPrefix("-")
        self.init(
            .error, "Mistake in the report",
            mistake.message + (mistake.suggestion.map { "\n\($0)" } ?? ""),
            at: isInFile ? mistake.location : nil)
    }

    /// Something that kept a report from being built at all.
    public init(failure: String) {
        self.init(.error, "The report was not built", failure, at: nil)
    }

    private init(_ level: Level, _ title: String, _ message: String, at location: SourceLocation?) {
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
                    .error, "The cell '\(cell.id)' failed", message, at: cell.place)
            case .skipped(let upstream):
                WorkflowAnnotation(
                    .warning, "The cell '\(cell.id)' was skipped", "'\(upstream)' has no result",
                    at: cell.place)
            case .ran, .reused: nil
            }
        }
        return cells
            + report.failedChecks.map {
                WorkflowAnnotation(.error, "A check did not hold", $0.sentence, at: $0.location)
            }
    }

    /// "::error file=reports/a.md,line=3,col=1,title=…::message".
    public var description: String { line(in: "") }

    /// The same for a program that runs in `folder` of the repository: GitHub looks for files from its
    /// root.
    public func line(in folder: String) -> String {
        let place = location.map {
            [
                ("file", FilePath.join(folder, $0.file)), ("line", "\($0.line)"),
                ("col", "\($0.column)"), ("endColumn", "\($0.column + max(1, $0.length))"),
            ]
        }
        let list = ((place ?? []) + [("title", title)]).map {
            "\($0.0)=\(WorkflowAnnotation.property($0.1))"
        }
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
