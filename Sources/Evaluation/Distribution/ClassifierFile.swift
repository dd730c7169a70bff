import Files
import Foundation
import Tensors

/// Where a feature classifier is kept, as safetensors with the data's digest, version, seed and accuracy
/// in the metadata.
struct ClassifierFile {
    private let path: String
    private let digest: String
    private let seed: UInt64

    /// The file of the classifier for a data set's digest and a seed.
    init(folder: String, digest: String, seed: UInt64) {
        self.digest = digest
        self.seed = seed
        path = FilePath.join(
            folder,
            "feature-classifier-\(digest.prefix(16))-v\(FeatureClassifier.version)-s\(seed).safetensors"
        )
    }

    /// What the file holds; nil when it is not there, is damaged or belongs to something else.
    func read() -> (tensors: NamedTensors, accuracy: MeanEstimate?)? {
        guard let bytes = try? WholeFile.bytes(at: path),
            let file = try? Safetensors(Data(bytes), name: path),
            file.metadata["data"] == digest, file.metadata["seed"] == "\(seed)",
            file.metadata["version"] == "\(FeatureClassifier.version)"
        else { return nil }
        let accuracy = file.metadata["accuracy"].flatMap {
            try? JSONDecoder().decode(MeanEstimate.self, from: Data($0.utf8))
        }
        return (file.tensors, accuracy)
    }

    /// Replaces the file, whole or not at all.
    func write(_ tensors: NamedTensors, accuracy: MeanEstimate) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let metadata = [
            "data": digest, "seed": "\(seed)", "version": "\(FeatureClassifier.version)",
            "accuracy": String(decoding: try encoder.encode(accuracy), as: UTF8.self),
        ]
        let bytes = [UInt8](try Safetensors(tensors, metadata: metadata).encoded())
        let file = AtomicFile(path)
        file.removeLeftovers()
        try file.write(bytes)
    }
}
