import Exchange
import Experiments
import Files
import Tensors
import VAEModels

/// The checkpoint that a training starts from instead of fresh weights: `train.init`.
struct InitialWeights {
    private let path: String
    private let map: String?

    /// nil for a config that starts from fresh weights.
    init?(_ config: ExperimentConfig) {
        guard let path = config.train.initialWeights else { return nil }
        self.path = path
        map = config.train.initialNames
    }

    /// Changes with the file and with its map. Throws a ``Files/FileError``.
    var digest: String {
        get throws {
            let digest = try Digest()
            try digest.add(field: Digest.sha256(of: WholeFile.bytes(at: path)))
            try digest.add(field: map.map { try WholeFile.text(at: $0).text } ?? "")
            return try digest.hexadecimal()
        }
    }

    /// The weights under the names of `model`; a learned scale of the pixels that the file does not
    /// have starts as it always does.
    func tensors(of model: VAEDescription) throws -> NamedTensors {
        let names = try map.map { try NameMap(WholeFile.text(at: $0)) } ?? .identity
        let fresh = PixelScale(model.pixels).logarithm
        let expected = model.expectedTensors.map { tensor in
            var tensor = tensor
            if tensor.name == PixelScale.tensorName { tensor.standIn = Tensor([1], [fresh]) }
            return tensor
        }
        return try names.tensors(NamedTensors(modelFile: path), for: expected, file: path)
    }

    /// What the page says at its top.
    func banner(run: String) -> String {
        "The training of \(run) did not start from fresh weights but from those in "
            + "\(FilePath.name(of: path))."
    }
}
