import Experiments
import Files
import Foundation
import Literate
import Rendering
import ReportCells

/// One side of `vae-report diff`: a page, a report's folder, a run's folder, or a record file.
struct ComparedSource {
    /// As the user named it.
    let path: String
    /// Its runs, by label.
    let runs: [ComparedRun]
    /// The page's drawings, where it was read from one.
    let drawings: [RecordedPage.Drawing]

    private static let expected =
        "expected a report.html, the folder of a report (outputs/mnist) or of a run "
        + "(outputs/mnist/runs/main), a run.json or a scores.json"

    /// Reads what lies at `path`; only the run labelled `run` where that is given.
    init(_ path: String, run label: String?) throws {
        var found: [ComparedRun]
        var drawings: [RecordedPage.Drawing] = []
        if FilePath.isFolder(path) {
            found = try Self.runs(inFolder: path)
        } else if !FilePath.isFile(path) {
            throw UsageMistake("there is no file or folder '\(path)'", advice: Self.expected)
        } else if path.hasSuffix(".html") {
            let page = try RecordedPage(
                String(decoding: WholeFile.bytes(at: path, limit: 1 << 28), as: UTF8.self),
                path: path)
            found = try Self.runs(of: page, path: path)
            drawings = page.drawings
        } else if FilePath.name(of: path) == "run.json" {
            let folder = FilePath.folder(of: path)
            found = [try Self.run(RunPlace(folder.isEmpty ? "." : folder))]
        } else if path.hasSuffix(".json") {
            found = try Self.runs(ofScores: path)
        } else {
            throw UsageMistake("'\(path)' is nothing that can be compared", advice: Self.expected)
        }
        if let label {
            let labels = found.map(\.label)
            found = found.filter { $0.label == label }
            guard !found.isEmpty else {
                let near = labels.nearest(to: label).map { "did you mean '\($0)'? " } ?? ""
                throw UsageMistake(
                    "'\(path)' has no run '\(label)'",
                    advice: near + "it has \(labels.joined(separator: ", "))")
            }
        }
        self.path = path
        self.drawings = drawings
        runs = found
    }

    /// What it is called on the page: its path, with the run's label where both paths are the same.
    func name(beside other: ComparedSource) -> String {
        path == other.path && runs.count == 1 ? "\(path) \(runs[0].label)" : path
    }

    /// The first drawing of one of these kinds, in their order, that is about a run.
    func drawing(of kinds: [String], run: String) -> RecordedPage.Drawing? {
        kinds.lazy.compactMap { kind in
            drawings.first { drawing in
                let lines = drawing.body.split(separator: "\n").map { $0.filter { $0 != " " } }
                return lines.contains("kind:\(kind)") && lines.contains("run:\(run)")
            }
        }.first
    }

    private static func run(_ place: RunPlace) throws -> ComparedRun {
        guard let output = place.outputFolder else {
            return ComparedRun(
                label: place.record.label, record: place.record,
                scores: [:])
        }
        return try ComparedRun(label: place.record.label, in: output)
    }

    private static func runs(inFolder path: String) throws -> [ComparedRun] {
        if FilePath.isFile(FilePath.join(path, "run.json")) { return [try run(RunPlace(path))] }
        let below = FilePath.join(path, "runs")
        let labels = ((try? FileManager.default.contentsOfDirectory(atPath: below)) ?? []).filter {
            FilePath.isFile(FilePath.join(FilePath.join(below, $0), "run.json"))
        }.sorted()
        guard !labels.isEmpty else {
            throw UsageMistake("the folder '\(path)' holds no run", advice: expected)
        }
        return try labels.map { try ComparedRun(label: $0, in: path) }
    }

    private static func runs(of page: RecordedPage, path: String) throws -> [ComparedRun] {
        let runs = page.records.sorted { $0.key < $1.key }.compactMap { label, data in
            (try? JSONDecoder().decode(RunRecord.self, from: data)).map { record in
                ComparedRun(
                    label: label, record: record,
                    scores: page.values.below("\(label)."))
            }
        }
        guard !runs.isEmpty else {
            throw UsageMistake(
                "the page '\(path)' carries no run that this version can read", advice: expected)
        }
        return runs
    }

    private static func runs(ofScores path: String) throws -> [ComparedRun] {
        let data = Data(try WholeFile.bytes(at: path, limit: 1 << 28))
        guard
            let scores = try? JSONDecoder().decode(
                [String: [String: PublishedValue]].self, from: data), !scores.isEmpty
        else { throw UsageMistake("'\(path)' is no file of scores", advice: expected) }
        return scores.sorted { $0.key < $1.key }.map {
            ComparedRun(label: $0.key, record: nil, scores: $0.value)
        }
    }
}

extension [String: PublishedValue] {
    /// The test scores whose names begin with `prefix`, without it.
    fileprivate func below(_ prefix: String) -> [String: PublishedValue] {
        var result: [String: PublishedValue] = [:]
        for (name, value) in self where name.hasPrefix("\(prefix)test.") {
            let rest = String(name.dropFirst(prefix.count))
            if !["test.iwae", "test.iwae_samples", "test.nll"].contains(rest) {
                result[rest] = value
            }
        }
        return result
    }
}
