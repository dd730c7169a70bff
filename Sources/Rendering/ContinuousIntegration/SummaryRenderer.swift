import Foundation
import Literate

/// A built report in a page of Markdown for the summary of a CI job: verdict, checks, scores, curves.
public struct SummaryRenderer {
    /// GitHub refuses summaries of more than 1 MiB.
    public static let byteLimit = 1_000_000

    /// A renderer.
    public init() {}

    /// The summary, at most `limit` bytes. `files` are paths of what else the build made.
    public func render(
        _ report: BuiltReport, files: [String], limit: Int = byteLimit
    ) -> String {
        let text = MarkdownText(report: report)
        let parts = [
            MarkdownRenderer.head(report, text), problems(report), checks(report),
            scores(report), curves(report),
            files.isEmpty
                ? "" : "In the artifact: " + files.map { "`\($0)`" }.joined(separator: " · "),
        ]
        return SummaryRenderer.limited(
            parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n", to: limit)
    }

    /// The summary of a build that came to nothing; `message` is what the terminal shows.
    public func render(
        failure message: String, of report: String, limit: Int = byteLimit
    ) -> String {
        let indented = message.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "    \($0)" }.joined(separator: "\n")
        return SummaryRenderer.limited(
            "# \(MarkdownText.escaped(report)) was not built\n\n\(indented)\n", to: limit)
    }

    private func problems(_ report: BuiltReport) -> String {
        let lines = zip(report.document.cells, report.outcomes).compactMap { cell, outcome in
            let name = MarkdownText.escaped(cell.id)
            let place = MarkdownText.escaped("\(cell.place.file):\(cell.place.line)")
            return switch outcome {
            case .failed(let message):
                "- ❌ **\(name)** (\(place)): \(MarkdownText.escaped(oneLine(message)))"
            case .skipped(let upstream):
                "- ⏭️ **\(name)** (\(place)): skipped, because \(MarkdownText.escaped(upstream)) has no result"
            case .ran, .reused: nil
            }
        }
        return lines.isEmpty ? "" : "## Cells without a result\n\n" + lines.joined(separator: "\n")
    }

    private func checks(_ report: BuiltReport) -> String {
        let cells = zip(report.document.cells, report.outcomes).filter { $0.0.kind == "check" }
        let failed = report.failedChecks
        if cells.isEmpty, failed.isEmpty { return "" }
        let number = cells.reduce(0) { $0 + ($1.1.result == nil ? 0 : $1.0.fields.count) }
        let held = "\(max(0, number - failed.count)) of \(max(number, failed.count)) checks held."
        let lines = failed.map { "- ❌ \(MarkdownText.escaped(oneLine("\($0)")))" }
        return
            (["## Checks\n", (failed.isEmpty ? "✅ " : "") + held] + (lines.isEmpty ? [] : [""])
            + lines)
            .joined(separator: "\n")
    }

    /// Every score of every run, and no counts or titles.
    private func scores(_ report: BuiltReport) -> String {
        let names = report.values.keys.filter {
            $0.contains(".test.") && report.values[$0]?.number != nil
        }.sorted()
        if names.isEmpty { return "" }
        let rows = names.compactMap { name -> String? in
            guard let value = report.values[name] else { return nil }
            let error = value.standardError.map { ValueFormat(.significant(2)).write($0) } ?? "–"
            let count = value.count.map { ValueFormat.natural.write(PublishedValue(integer: $0)) }
            return [
                "`\(name)`", MarkdownText.escaped(ValueFormat.natural.write(value)), error,
                MarkdownText.escaped(value.unit ?? ""), count ?? "–",
            ].joined(separator: " | ")
        }
        return """
            ## Scores

            | score | value | standard error | unit | n |
            |---|--:|--:|---|--:|
            \(rows.map { "| \($0) |" }.joined(separator: "\n"))
            """
    }

    private func curves(_ report: BuiltReport) -> String {
        let rows = zip(report.document.cells, report.outcomes).flatMap { cell, outcome in
            (LossSeries(record: outcome.result?.record)?.lines ?? []).map {
                "| \(MarkdownText.escaped(cell.id)) | \($0.name) | \($0.text) |"
            }
        }
        if rows.isEmpty { return "" }
        return "## Loss by epoch\n\n| run | | first → last |\n|---|---|---|\n"
            + rows.joined(separator: "\n")
    }

    private func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Whole lines from the beginning, as many as fit.
    private static func limited(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        let note = "\n*The rest does not fit into a job summary; it is in the artifact.*\n"
        var (result, size) = ("", note.utf8.count)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            size += line.utf8.count + 1
            if size > limit { break }
            result += line + "\n"
        }
        return note.utf8.count > limit ? "" : result + note
    }
}
