import Evaluation
import Experiments
import Files
import Literate

/// A run as one side of a difference, from wherever it was read.
public struct ComparedRun: Sendable {
    /// The run's label.
    public let label: String
    /// All that is known of it; nil for a file of scores alone.
    public let record: RunRecord?
    /// Scores by name: "test.elbo".
    public let scores: [String: PublishedValue]
    /// One number an image, where its folder was read.
    public let perImage: PerImageScores?
    /// The folder of its report, where its weights lie; nil where there is none.
    public let output: String?

    /// A run and what is known of it.
    public init(
        label: String, record: RunRecord?, scores: [String: PublishedValue],
        perImage: PerImageScores? = nil, output: String? = nil
    ) {
        self.label = label
        self.record = record
        self.scores = scores
        self.perImage = perImage
        self.output = output
    }
}

extension ComparedRun {
    /// The run in a folder of its own below the report's folder `output`, with what its evaluation left.
    ///
    /// Throws a ``Files/FileError`` when it has no record that can be read.
    public init(label: String, in output: String) throws {
        let folder = try RunFolder(output: output, label: label)
        let record = try RunRecord.read(from: folder)
        let evaluation =
            FilePath.isFile(folder.evaluation)
            ? try RunStore.evaluation(at: folder) : nil
        self.init(
            label: label, record: record,
            scores: Dictionary(
                (evaluation?.scores.entries ?? []).map { ($0.name, PublishedValue($0)) }
            ) { $1 },
            perImage: evaluation?.perImage, output: output)
    }

    /// Whether both runs were scored on the same images, as far as their records tell.
    func seesSameImages(as other: ComparedRun) -> Bool? {
        guard let record, let otherRecord = other.record else { return nil }
        let keys = ["data.test_limit", "data.binarize"]
        return record.provenance.digest == otherRecord.provenance.digest
            && keys.allSatisfy { record.config[$0] == otherRecord.config[$0] }
    }
}
