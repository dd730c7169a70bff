import Files
import Foundation
import Literate
import Rendering

/// The job of GitHub Actions that a build runs in: its summary and its annotations.
struct WorkflowJob {
    private let summary: String?
    /// From the repository's root to where the program runs.
    private let place: String

    /// The job that `environment` tells of, for a program that runs in `folder`.
    init(environment: [String: String], folder: String) {
        summary = environment["GITHUB_STEP_SUMMARY"].flatMap { $0.isEmpty ? nil : $0 }
        let root = environment["GITHUB_WORKSPACE"].flatMap { $0.isEmpty ? nil : $0 + "/" }
        place = root.map { folder.hasPrefix($0) ? String(folder.dropFirst($0.count)) : "" } ?? ""
    }

    /// Tells of a build, whatever became of its cells.
    func tell(of report: BuiltReport, files: [String]) throws {
        for annotation in WorkflowAnnotation.all(of: report) { print(annotation.line(in: place)) }
        try append { SummaryRenderer().render(report, files: files, limit: $0) }
    }

    /// Tells why there is no build of the report.
    func tell(of error: any Error, report: String) {
        let message = "\(error)"
        let annotation =
            (error as? SourceError).map { WorkflowAnnotation($0) }
            ?? WorkflowAnnotation(failure: message)
        print(annotation.line(in: place))
        try? append { SummaryRenderer().render(failure: message, of: report, limit: $0) }
    }

    /// Adds a summary to what other programs wrote; together they have to stay below GitHub's limit.
    private func append(_ text: (_ limit: Int) -> String) throws {
        guard let summary else { return }
        let used = FileIdentity(of: summary)?.size ?? 0
        let file = try AppendingFile(at: summary)
        try file.append(line: text(max(0, SummaryRenderer.byteLimit - used - 1)))
        try file.flush()
    }
}
