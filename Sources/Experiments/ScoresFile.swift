import Evaluation
import Files
import Foundation

/// `scores.json`: `{run label: {"test.elbo": {"value", "unit", "n", "standard_error", "protocol"}}}`.
public enum ScoresFile {
    /// The file's text: runs and scores sorted by name, the same bytes for the same scores.
    public static func json(_ runs: [String: Scores]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let object = runs.mapValues { scores in
            Dictionary(scores.entries.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        }
        return String(decoding: try encoder.encode(object), as: UTF8.self) + "\n"
    }

    /// Writes `scores.json` into a report's folder. Throws a ``Files/FileError``.
    public static func write(
        _ runs: [String: Scores], to folder: String, fileSystem: any FileSystem = Disk()
    ) throws {
        let file = AtomicFile(FilePath.join(folder, "scores.json"), fileSystem: fileSystem)
        try file.writeIfChanged(Array(try json(runs).utf8))
    }
}
