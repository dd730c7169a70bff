import Exchange
import Files
import Foundation
import Tensors

/// Weights in a file: safetensors of ours or of others, or what PyTorch saved.
struct CheckpointFile {
    /// The file, as the user named it.
    let path: String
    /// The weights by PyTorch's names.
    let tensors: NamedTensors
    /// The settings that vae-report wrote beside the weights; nil in files of others.
    let config: [String: String]?
    /// SHA-256 of the file.
    let digest: String
    /// Which of a model's tensors these are.
    var names = NameMap.identity

    private static let suffixes = [".safetensors", ".pt", ".pth", ".bin", ".ckpt"]

    /// Reads a file. Throws a ``Files/FileError``, ``Tensors/TensorFileError`` or ``UsageMistake``.
    init(_ path: String) throws {
        let bytes = try WholeFile.bytes(at: path)
        self.path = path
        digest = try Digest.sha256(of: bytes)
        if path.hasSuffix(".safetensors") {
            let file = try Safetensors(Data(bytes), name: path)
            tensors = file.tensors
            config = file.metadata["config"].flatMap {
                try? JSONDecoder().decode([String: String].self, from: Data($0.utf8))
            }
        } else {
            tensors = try PyTorchFile(bytes, name: path).weights()
            config = nil
        }
        guard !tensors.entries.isEmpty else {
            throw UsageMistake("\(path) holds no weights")
        }
        if let odd = tensors.firstNotFinite {
            throw UsageMistake(
                "\(path): the tensor '\(odd)' holds a number that is infinite or none",
                advice: "its training diverged, or the file is damaged: take an earlier one")
        }
    }

    /// Whether a path looks like a checkpoint's.
    static func isCheckpoint(_ path: String) -> Bool { suffixes.contains(where: path.hasSuffix) }
}
