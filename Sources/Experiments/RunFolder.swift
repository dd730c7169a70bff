import Files

/// The folder of one run and the names of what lies in it: `runs/<label>` below a report's folder.
public struct RunFolder: Sendable, Hashable {
    /// The run's own folder.
    public let path: String

    /// The folder of the run `label` below a report's output folder.
    ///
    /// Throws an ``ExperimentError`` for a label that is no folder name.
    public init(output: String, label: String) throws {
        guard !label.isEmpty, label != ".", label != "..", label.utf8.count <= 200,
            !label.unicodeScalars.contains(where: { $0 == "/" || $0.value < 32 })
        else {
            throw ExperimentError(
                "the label '\(label)' cannot name a folder: "
                    + "it must have 1 to 200 bytes and neither '/' nor control characters")
        }
        path = FilePath.join(FilePath.join(output, "runs"), label)
    }

    /// Checkpoints.
    public var checkpoints: String { FilePath.join(path, "ckpts") }
    /// train.log, history.csv, metrics.csv.
    public var logs: String { FilePath.join(path, "logs") }
    /// Image grids.
    public var grids: String { FilePath.join(path, "grids") }
    /// Samples from the prior.
    public var samples: String { FilePath.join(path, "samples") }

    /// The checkpoint of the best validation score.
    public var bestCheckpoint: String { FilePath.join(checkpoints, "best.safetensors") }
    /// The selected epoch's weights as the optimiser left them, beside a best checkpoint that holds
    /// their running average.
    public var bestRawCheckpoint: String { FilePath.join(checkpoints, "best-raw.safetensors") }
    /// The checkpoint of the last epoch.
    public var lastCheckpoint: String { FilePath.join(checkpoints, "last.safetensors") }
    /// The log that people read.
    public var trainLog: String { FilePath.join(logs, "train.log") }
    /// The series by epoch.
    public var history: String { FilePath.join(logs, "history.csv") }
    /// The scores.
    public var metrics: String { FilePath.join(logs, "metrics.csv") }
    /// Class, means and σ of every test image's code.
    public var codes: String { FilePath.join(logs, "codes.csv") }
    /// Everything about the run in one file.
    public var record: String { FilePath.join(path, "run.json") }

    /// Makes all of the folders. Throws a ``Files/FileError``.
    public func make(in fileSystem: any FileSystem = Disk()) throws {
        for folder in [checkpoints, logs, grids, samples] { try fileSystem.makeFolder(at: folder) }
    }
}
