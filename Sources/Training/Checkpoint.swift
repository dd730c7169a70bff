import Foundation
import Tensors

/// A training's state as a safetensors file: the model under PyTorch's names, then AdamW's moments.
///
/// The file holds nothing that differs between equal runs.
public struct Checkpoint: Sendable {
    /// What the next epoch needs.
    public var state: TrainingState
    /// Digest of everything that decides the run (config, data, engine); a resume needs the same.
    public var fingerprint: String
    /// The resolved config, for people who open the file.
    public var config: [String: String]
    /// Digest of the best checkpoint's file as it was when this one was written; nil when unknown.
    public var bestDigest: String?

    private static let firstPrefix = "optimizer.first_moment."
    private static let secondPrefix = "optimizer.second_moment."

    /// A checkpoint of `state`.
    public init(
        state: TrainingState, fingerprint: String, config: [String: String],
        bestDigest: String? = nil
    ) {
        self.state = state
        self.fingerprint = fingerprint
        self.config = config
        self.bestDigest = bestDigest
    }

    /// The weights alone with epoch and config in the metadata: `best.safetensors`.
    public func encodedModel(epoch: Int) throws -> Data {
        try Safetensors(state.tensors, metadata: try metadata(epoch: epoch)).encoded()
    }

    /// Everything, to resume from: `last.safetensors`.
    public func encodedState() throws -> Data {
        var all = state.tensors
        for (name, tensor) in state.firstMoments.entries {
            all[Self.firstPrefix + name] = tensor
        }
        for (name, tensor) in state.secondMoments.entries {
            all[Self.secondPrefix + name] = tensor
        }
        var metadata = try metadata(epoch: state.history.epochs.count)
        metadata["steps"] = String(state.steps)
        metadata["history"] = try Self.json(state.history)
        metadata["best"] = bestDigest
        return try Safetensors(all, metadata: metadata).encoded()
    }

    /// Reads what `encodedState` wrote; throws `TensorFileError`.
    public init(_ bytes: Data, name: String) throws {
        let file = try Safetensors(bytes, name: name)
        guard
            let steps = file.metadata["steps"].flatMap(Int.init),
            let history = file.metadata["history"],
            let fingerprint = file.metadata["fingerprint"],
            let decoded = try? JSONDecoder().decode(
                TrainingHistory.self, from: Data(history.utf8))
        else {
            throw TensorFileError(
                file: name, reason: "no training can resume from it: it holds weights alone")
        }
        var state = TrainingState(
            tensors: NamedTensors(), firstMoments: NamedTensors(), secondMoments: NamedTensors(),
            steps: steps, history: decoded)
        for (name, tensor) in file.tensors.entries {
            if name.hasPrefix(Self.firstPrefix) {
                state.firstMoments[String(name.dropFirst(Self.firstPrefix.count))] = tensor
            } else if name.hasPrefix(Self.secondPrefix) {
                state.secondMoments[String(name.dropFirst(Self.secondPrefix.count))] = tensor
            } else {
                state.tensors[name] = tensor
            }
        }
        let config = file.metadata["config"].flatMap {
            try? JSONDecoder().decode([String: String].self, from: Data($0.utf8))
        }
        self.init(
            state: state, fingerprint: fingerprint, config: config ?? [:],
            bestDigest: file.metadata["best"])
    }

    private func metadata(epoch: Int) throws -> [String: String] {
        [
            "epoch": String(epoch), "fingerprint": fingerprint, "config": try Self.json(config),
            "format": "pt",
        ]
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
