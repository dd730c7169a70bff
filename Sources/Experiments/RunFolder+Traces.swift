import Files
import Foundation

extension RunFolder {
    /// Files of the run under the names that training and scoring write, relative to the run's folder:
    /// also those of a training that was stopped before any record of it was made.
    public var traces: [String] {
        let checkpoints = names(in: "ckpts").filter(RunFolder.isCheckpoint).map { "ckpts/\($0)" }
        let events = names(in: "logs").filter { $0.hasPrefix("events.out.tfevents.") }
            .map { "logs/\($0)" }
        return (fixed + checkpoints + events).filter { FilePath.isFile(FilePath.join(path, $0)) }
    }

    /// Removes what a process that was killed in the middle of a write left of the run's own files.
    ///
    /// Only for who has the right to write in the report's folder.
    public func removeLeftovers() {
        for folder in ["", "logs", "ckpts", "grids", "samples", "export"] {
            AtomicFile.removeLeftovers(in: FilePath.join(path, folder), onlyWriter: true) {
                fixed.contains(FilePath.join(folder, $0))
                    || folder == "logs" && $0.hasPrefix("events.out.tfevents.")
                    || folder == "ckpts" && RunFolder.isCheckpoint($0)
                    || ["grids", "samples"].contains(folder) && $0.hasSuffix(".png")
                    || folder == "export" && Self.exported.contains(where: $0.hasSuffix)
            }
        }
    }

    /// The runs in a report's folder.
    public static func all(in output: String) -> [RunFolder] {
        let labels = try? FileManager.default.contentsOfDirectory(
            atPath: FilePath.join(output, "runs"))
        return (labels ?? []).sorted().compactMap { try? RunFolder(output: output, label: $0) }
    }

    /// Files that every run has, relative to its folder.
    private var fixed: [String] {
        [record, trainLog, history, metrics, codes, FilePath.join(logs, "evaluation.json")]
            .map { String($0.dropFirst(path.count + 1)) }
    }

    /// Endings of what `export` writes.
    private static let exported = [".onnx", ".safetensors", ".npz", ".csv"]

    private static func isCheckpoint(_ name: String) -> Bool {
        ["best.safetensors", "best-raw.safetensors", "last.safetensors"].contains(name)
            || name.wholeMatch(of: /epoch-\d+\.safetensors/) != nil
    }

    private func names(in folder: String) -> [String] {
        let path = FilePath.join(path, folder)
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }
}
