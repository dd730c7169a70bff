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
            tensors = try CheckpointFile.weights(of: PyTorchFile(bytes, name: path))
            config = nil
        }
        guard !tensors.entries.isEmpty else {
            throw UsageMistake("\(path) holds no weights")
        }
    }

    /// Whether a path looks like a checkpoint's.
    static func isCheckpoint(_ path: String) -> Bool { suffixes.contains(where: path.hasSuffix) }

    /// The weights in a file of PyTorch's: the state dictionary itself, or where training loops put it.
    private static func weights(of file: PyTorchFile) throws -> NamedTensors {
        for key in ["model_state_dict", "state_dict", "model", "ema"] {
            if let nested = try? file.tensors(under: [key]), !nested.entries.isEmpty {
                return stripped(nested)
            }
        }
        return stripped(try file.tensors())
    }

    /// Without the "module." that parallel training puts before every name.
    private static func stripped(_ tensors: NamedTensors) -> NamedTensors {
        let prefix = "module."
        guard tensors.entries.allSatisfy({ $0.name.hasPrefix(prefix) }) else { return tensors }
        var result = NamedTensors()
        for (name, tensor) in tensors.entries {
            result[String(name.dropFirst(prefix.count))] = tensor
        }
        return result
    }
}
