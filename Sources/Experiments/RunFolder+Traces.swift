import Files
import Foundation

extension RunFolder {
    /// Files of the run under the names that training and scoring write, relative to the run's folder:
    /// also those of a training that was stopped before any record of it was made.
    public var traces: [String] {
        let fixed = [record, trainLog, history, metrics, FilePath.join(logs, "evaluation.json")]
            .map { String($0.dropFirst(path.count + 1)) }
        let checkpoints = names(in: "ckpts").filter { name in
            ["best.safetensors", "best-raw.safetensors", "last.safetensors"].contains(name)
                || name.wholeMatch(of: /epoch-\d+\.safetensors/) != nil
        }.map { "ckpts/\($0)" }
        let events = names(in: "logs").filter { $0.hasPrefix("events.out.tfevents.") }
            .map { "logs/\($0)" }
        return (fixed + checkpoints + events).filter { FilePath.isFile(FilePath.join(path, $0)) }
    }

    private func names(in folder: String) -> [String] {
        let path = FilePath.join(path, folder)
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }
}
