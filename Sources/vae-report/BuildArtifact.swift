import Files
import Foundation
import Literate
import Rendering

/// What a build in CI leaves beside the report: a folder to upload, with an index page and a summary.
struct BuildArtifact {
    /// The report's folder.
    let folder: String
    private var artifact: String { FilePath.join(folder, "artifact") }
    private var list: String { FilePath.join(artifact, "files.txt") }

    /// Copies what readers want into the folder, writes index page and summary, and removes what an
    /// earlier build left there that this one did not make.
    func write(_ report: BuiltReport) throws {
        let copies = files(of: report)
        let all = copies + ["summary.md", "index.html", "files.txt"]
        for stale in recorded where !all.contains(stale) { try remove(stale) }
        for file in copies {
            let bytes = try WholeFile.bytes(at: FilePath.join(folder, file))
            try AtomicFile(FilePath.join(artifact, file)).writeIfChanged(bytes)
        }
        let summary = SummaryRenderer().render(report, files: copies.filter { !$0.contains("/") })
        try AtomicFile(FilePath.join(artifact, "summary.md")).write(summary)
        try AtomicFile(FilePath.join(artifact, "index.html"))
            .write(try ArtifactIndex().render(report, files: copies + ["summary.md"]))
        try AtomicFile(list).write(all.joined(separator: "\n") + "\n")
    }

    /// Files that the last build made, by the list that it kept; nothing that points out of the folder.
    var recorded: [String] {
        let text = (try? WholeFile.text(at: list))?.text ?? ""
        return text.split(separator: "\n").map(String.init).filter { path in
            !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
        }
    }

    /// Removes a file, and the folders that it leaves empty.
    private func remove(_ file: String) throws {
        let path = FilePath.join(artifact, file)
        guard FilePath.isFile(path) else { return }
        try Disk().remove(path)
        var parent = FilePath.folder(of: file)
        while !parent.isEmpty, rmdir(FilePath.join(artifact, parent)) == 0 {
            parent = FilePath.folder(of: parent)
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
}
