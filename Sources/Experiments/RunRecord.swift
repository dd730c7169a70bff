import Datasets
import Evaluation
import Files
import Foundation
import Training

/// All that is known of a run: what it was made from, how it went and what came out.
///
/// Lies in the run's folder as `run.json` and is embedded in the page, so that two reports can be
/// compared without anything else.
public struct RunRecord: Sendable, Equatable, Codable {
    /// The run's label.
    public var label: String
    /// Every key of its config with the value that held.
    public var config: [String: ConfigValue]
    /// The data set's name for readers.
    public var dataset: String
    /// Where the data came from, their digest, and what they stand in for.
    public var provenance: DatasetProvenance
    /// Numbers that training changed.
    public var parameterCount: Int
    /// The series by epoch, and the epoch that was kept.
    public var history: TrainingHistory
    /// The scores, empty until the run has been evaluated.
    public var scores: Scores
    /// Under what it was made.
    public var stamp: EnvironmentStamp

    /// A record of a run.
    public init(
        label: String, config: ExperimentConfig, dataset: ImageDataset, parameterCount: Int,
        history: TrainingHistory, scores: Scores = Scores(),
        stamp: EnvironmentStamp
    ) {
        self.label = label
        self.config = Dictionary(
            uniqueKeysWithValues: config.resolved.map { ($0.name, $0.value.asInJSON) })
        self.dataset = dataset.title
        provenance = dataset.provenance
        self.parameterCount = parameterCount
        self.history = history
        self.scores = scores
        self.stamp = stamp
    }

    /// The record as JSON, keys sorted: the same bytes for the same record.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }

    /// Writes the record into the run's folder. Throws a ``Files/FileError``.
    public func write(to folder: RunFolder, fileSystem: any FileSystem = Disk()) throws {
        try AtomicFile(folder.record, fileSystem: fileSystem).write(try json())
    }

    /// Reads the record in a run's folder.
    ///
    /// Throws a ``Files/FileError`` when there is none or it is not one of ours.
    public static func read(from folder: RunFolder) throws -> RunRecord {
        let bytes = try WholeFile.bytes(at: folder.record, limit: 1 << 28)
        do {
            return try JSONDecoder().decode(RunRecord.self, from: Data(bytes))
        } catch {
            throw FileError(
                action: "read", path: folder.record, problem: "it is no record of a run",
                advice: "delete the run's folder and build again")
        }
    }
}
