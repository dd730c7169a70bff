import Experiments
import Files
import Foundation

/// A run that lies in a folder: where it is and what is recorded of it.
struct RunPlace {
    /// The run's own folder, as the user would name it.
    let path: String
    /// The folder of the report that it belongs to; nil when it was moved out of its place.
    let outputFolder: String?
    /// All that is known of it.
    let record: RunRecord

    /// The run at `path`: its folder, its `run.json`, or the folder of a report that has one run.
    ///
    /// Throws a ``UsageMistake`` when there is none or more than one.
    init(_ path: String) throws {
        let folder = try RunPlace.folder(of: RunPlace.trimmed(path))
        record = try RunPlace.record(in: folder)
        self.path = folder
        outputFolder = RunPlace.outputFolder(of: folder, label: record.label)
    }

    /// The checkpoint that evaluation uses.
    var bestCheckpoint: String { FilePath.join(path, "ckpts/best.safetensors") }

    /// Whether `path` is a run's folder or record rather than something else.
    static func isRun(_ path: String) -> Bool {
        FilePath.isFolder(path) || FilePath.name(of: path) == "run.json"
    }

    /// The run whose `ckpts/` a checkpoint lies in; nil when it lies elsewhere.
    static func holding(checkpoint: String) -> RunPlace? {
        let folder = FilePath.folder(of: checkpoint)
        guard FilePath.name(of: folder) == "ckpts" else { return nil }
        let run = FilePath.folder(of: folder)
        guard FilePath.isFile(FilePath.join(run, "run.json")) else { return nil }
        return try? RunPlace(run)
    }

    private static func trimmed(_ path: String) -> String {
        var result = Substring(path)
        while result.count > 1, result.last == "/" { result.removeLast() }
        return String(result)
    }

    private static func folder(of path: String) throws -> String {
        if FilePath.name(of: path) == "run.json", FilePath.isFile(path) {
            let folder = FilePath.folder(of: path)
            return folder.isEmpty ? "." : folder
        }
        if FilePath.isFile(FilePath.join(path, "run.json")) { return path }
        let below = FilePath.join(path, "runs")
        let labels = ((try? FileManager.default.contentsOfDirectory(atPath: below)) ?? []).filter {
            FilePath.isFile(FilePath.join(FilePath.join(below, $0), "run.json"))
        }.sorted()
        if labels.count == 1 { return FilePath.join(below, labels[0]) }
        if labels.isEmpty {
            throw UsageMistake(
                "'\(path)' is no folder of a run: it has no run.json",
                advice: "expected a config, or a folder such as outputs/mnist/runs/main")
        }
        throw UsageMistake(
            "'\(path)' holds the runs \(labels.joined(separator: ", "))",
            advice: "name one of them, for example \(FilePath.join(below, labels[0]))")
    }

    private static func record(in folder: String) throws -> RunRecord {
        let path = FilePath.join(folder, "run.json")
        let bytes = try WholeFile.bytes(at: path, limit: 1 << 28)
        guard let record = try? JSONDecoder().decode(RunRecord.self, from: Data(bytes)) else {
            throw UsageMistake(
                "\(path) is no record of a run that this version of vae-report can read",
                advice: "train it again, or name its config and its checkpoint: "
                    + "--config FILE --checkpoint FILE")
        }
        return record
    }

    /// `outputs/mnist` for `outputs/mnist/runs/main`, if that is the run's own label.
    private static func outputFolder(of folder: String, label: String) -> String? {
        let absolute = URL(fileURLWithPath: folder).standardizedFileURL.path
        let suffix = "/runs/\(label)"
        guard absolute.hasSuffix(suffix) else { return nil }
        if folder.hasSuffix(suffix) { return String(folder.dropLast(suffix.count)) }
        return String(absolute.dropLast(suffix.count))
    }
}
