import Files
import Foundation
import Literate
import Rendering

/// What a build in CI leaves beside the report: a job summary and a folder to upload.
struct BuildArtifact {
    /// The report's folder.
    let folder: String
    /// Environment variables, for `GITHUB_STEP_SUMMARY`.
    let environment: [String: String]
    private var artifact: String { FilePath.join(folder, "artifact") }

    /// Copies what readers want into the folder, writes index page and summary; appends the summary to
    /// the job's when there is one.
    func write(_ report: BuiltReport) throws {
        let files = files(of: report)
        for file in files {
            let bytes = try WholeFile.bytes(at: FilePath.join(folder, file))
            try AtomicFile(FilePath.join(artifact, file)).writeIfChanged(bytes)
        }
        let summary = SummaryRenderer().render(
            report, links: files.filter { !$0.contains("/") }.map { ($0, $0) })
        try AtomicFile(FilePath.join(artifact, "summary.md")).write(summary)
        try AtomicFile(FilePath.join(artifact, "index.html"))
            .write(try ArtifactIndex().render(report, files: files + ["summary.md"]))
        if let job = environment["GITHUB_STEP_SUMMARY"], !job.isEmpty {
            try append(summary, to: job)
        }
    }

    /// The formats, then figures, then logs, as far as they are there; no weights.
    private func files(of report: BuiltReport) -> [String] {
        let own = report.outcomes.flatMap { $0.result?.files ?? [] }.filter {
            $0.hasPrefix("figures/")
                || $0.contains("/logs/") && ($0.hasSuffix(".csv") || $0.hasSuffix(".log"))
        }
        let all = ["report.html", "report.md", "report.ipynb", "scores.json"] + own
        return all.reduce(into: []) { files, file in
            let isThere = FilePath.isFile(FilePath.join(folder, file))
            if isThere, !files.contains(file) { files.append(file) }
        }
    }

    private func append(_ text: String, to path: String) throws {
        let before = FilePath.isFile(path) ? try WholeFile.bytes(at: path) : []
        try AtomicFile(path).write(before + Array(text.utf8))
    }
}
