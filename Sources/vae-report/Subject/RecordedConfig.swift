import Experiments
import Files
import Foundation

/// A config as it was recorded with a run or a checkpoint, written as YAML again.
enum RecordedConfig {
    /// The text of a run's config.
    static func text(of place: RunPlace) throws -> SourceText {
        try text(place.record.config, name: "the config recorded in \(place.path)/run.json")
    }

    /// The text of the config that a checkpoint of ours carries; nil for files of others.
    static func text(of checkpoint: CheckpointFile) throws -> SourceText? {
        guard let config = checkpoint.config else { return nil }
        return try text(
            config.mapValues { ConfigValue(plain: $0) },
            name: "the config recorded in \(checkpoint.path)")
    }

    private static func text(_ values: [String: ConfigValue], name: String) throws -> SourceText {
        let lines = try values.sorted { $0.key < $1.key }.compactMap { key, value -> String? in
            guard value != .null else { return nil }
            // Records keep flags and lists as texts; only paths and the like need quotes.
            let isFree = KeyTable.key(key).map { $0.kind == .text } ?? true
            let text = value.canonicalText
            return "\(key): \(isFree ? try quoted(text) : text)"
        }
        return SourceText(name: name, text: lines.map { $0 + "\n" }.joined())
    }

    /// A text as a YAML scalar in double quotes, which is what JSON writes.
    static func quoted(_ text: String) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return String(decoding: try encoder.encode(text), as: UTF8.self)
    }
}
