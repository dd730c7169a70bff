import Foundation
import Tensors

/// A training's state as a safetensors file: the model under PyTorch's names, then the running average
/// of its parameters and the optimiser's moments.
///
/// The file holds nothing that differs between equal runs.
public struct Checkpoint: Sendable {
    /// What the next epoch needs.
    public var state: TrainingState
    /// Digest of everything that decides the run (config, data, engine); a resume needs the same.
    public var fingerprint: String
    /// The resolved config, for people who open the file.
    public var config: [String: String]
    /// Digests of the best checkpoint's files as they were when this one was written, by file name;
    /// empty when unknown.
    public var bestDigests: [String: String]

    private static let momentPrefix = "optimizer."
    private static let averagePrefix = "average."

    /// A checkpoint of `state`.
    public init(
        state: TrainingState, fingerprint: String, config: [String: String],
        bestDigests: [String: String] = [:]
    ) {
        self.state = state
        self.fingerprint = fingerprint
        self.config = config
        self.bestDigests = bestDigests
    }

    /// Which of a training's two sets of weights.
    public enum Weights: String, Sendable, CaseIterable {
        /// The running average where one is kept, else the weights themselves.
        case evaluated = "ema"
        /// The weights that the optimiser moved.
        case raw
    }

    /// The weights alone with epoch and config in the metadata: `best.safetensors`.
    public func encodedModel(epoch: Int, weights: Weights = .evaluated) throws -> Data {
        try Safetensors(
            weights == .raw ? state.tensors : state.evaluated, metadata: try metadata(epoch: epoch)
        ).encoded()
    }

    /// Everything, to resume from: `last.safetensors`.
    public func encodedState() throws -> Data { try stateFile().encoded() }

    /// The same bytes as an array: a training's largest file, written without another copy of it.
    public func encodedStateBytes() throws -> [UInt8] { try stateFile().encodedBytes() }

    private func stateFile() throws -> Safetensors {
        var all = state.tensors
        for (name, tensor) in state.average?.entries ?? [] {
            all[Self.averagePrefix + name] = tensor
        }
        for (moment, tensors) in state.moments.sorted(by: { $0.key < $1.key }) {
            for (name, tensor) in tensors.entries {
                all["\(Self.momentPrefix)\(moment).\(name)"] = tensor
            }
        }
        var metadata = try metadata(epoch: state.history.epochs.count)
        metadata["steps"] = String(state.steps)
        metadata["skipped"] = try Self.json(state.skipped)
        metadata["history"] = try Self.json(state.history)
        metadata["kl_controller"] = try state.klController.map(Self.json)
        metadata["best"] = bestDigests.isEmpty ? nil : try Self.json(bestDigests)
        return Safetensors(all, metadata: metadata)
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

extension Checkpoint {
    /// Reads what `encodedState` wrote; throws `TensorFileError`.
    public init(_ bytes: Data, name: String) throws {
        let file = try Safetensors(bytes, name: name)
        guard
            let steps = file.metadata["steps"].flatMap(Int.init), (0...1 << 48).contains(steps),
            let fingerprint = file.metadata["fingerprint"],
            let history = Self.decoded(TrainingHistory.self, file, "history")
        else {
            throw TensorFileError(
                file: name, reason: "no training can resume from it: it holds weights alone")
        }
        var state = TrainingState(
            tensors: NamedTensors(), steps: steps,
            skipped: Self.decoded(SkippedSteps.self, file, "skipped") ?? SkippedSteps(),
            klController: Self.decoded(KLController.self, file, "kl_controller"), history: history)
        for (name, tensor) in file.tensors.entries { state.add(tensor, name) }
        self.init(
            state: state, fingerprint: fingerprint,
            config: Self.decoded([String: String].self, file, "config") ?? [:],
            bestDigests: Self.decoded([String: String].self, file, "best") ?? [:])
    }

    private static func decoded<Value: Decodable>(
        _ type: Value.Type, _ file: Safetensors, _ key: String
    ) -> Value? {
        file.metadata[key].flatMap { try? JSONDecoder().decode(type, from: Data($0.utf8)) }
    }
}

extension TrainingState {
    /// Puts a tensor of a checkpoint's file where its name says that it belongs.
    fileprivate mutating func add(_ tensor: Tensor, _ name: String) {
        let parts = name.split(separator: ".", maxSplits: 2).map(String.init)
        switch (parts.first, parts.count) {
        case ("optimizer", 3): moments[parts[1], default: NamedTensors()][parts[2]] = tensor
        case ("average", 2...):
            average = average ?? NamedTensors()
            average?[parts.dropFirst().joined(separator: ".")] = tensor
        default: tensors[name] = tensor
        }
    }
}
