import Datasets
import Exchange
import Experiments
import Files
import Foundation
import Literate
import Networks
import Tensors
import Training

/// A model that was not trained by the build that uses it: a run as it lies there, or a checkpoint.
public struct AdoptedModel: Sendable {
    /// The weights by PyTorch's names.
    public let tensors: NamedTensors
    /// SHA-256 of the file that they came from.
    public let digest: String
    /// The file that they came from, for records and messages.
    public let path: String
    /// The record of the run that they belong to; nil for weights from elsewhere.
    public let record: RunRecord?
    /// Whether they are the best checkpoint of the very run that is built: nothing is written then.
    public let isInPlace: Bool
    /// Which of the model's tensors the file's are.
    package var names = NameMap.identity

    /// A model read from `path`.
    public init(
        tensors: NamedTensors, digest: String, path: String, record: RunRecord?, isInPlace: Bool
    ) {
        self.tensors = tensors
        self.digest = digest
        self.path = path
        self.record = record
        self.isInPlace = isInPlace
    }
}

/// A train cell would have had to train where only finished models are wanted.
struct NotTrained: Error, CustomStringConvertible {
    let description = "no model of this config, data and engine is there"
}

extension ExperimentCells {
    /// What a train cell's model depends on: what training depends on, or the adopted file.
    func modelInputs(_ cell: Cell) throws -> [String: String] {
        guard case .adopted(let model) = settings.models else { return try trainInputs(cell) }
        let config = try config(of: cell)
        return config.cacheInputs(for: .training).merging([
            "the data set": try store.provenance(config).digest,
            "the adopted model": model.digest, "the map of names": model.names.text,
        ]) { $1 }
    }

    /// Makes the model the run's own, after checking that it fits the config.
    func adopt(
        _ model: AdoptedModel, _ cell: Cell, in context: CellContext
    ) throws -> CellResult {
        let config = try config(of: cell)
        let folder = try RunFolder(output: context.outputFolder, label: cell.id)
        let dataset = try store.dataset(config)
        let description = config.modelDescription(image: dataset.train.shape)
        store.forget(folder)
        if !model.isInPlace {
            let tensors = try model.names.tensors(
                model.tensors, for: description.expectedTensors, file: model.path)
            try folder.make()
            let file = Safetensors(
                tensors, metadata: ["adopted_sha256": model.digest, "format": "pt"])
            let bytes = [UInt8](try file.encoded())
            // Scoring may ask for the weights without their running average: these are all there are.
            for path in files(folder, config) { try AtomicFile(path).write(bytes) }
        }
        do {
            _ = try store.model(config, in: folder)
        } catch let mismatch as ParameterMismatch {
            throw CellError(
                "\(model.path) does not fit the config: \(mismatch); give the config that it was "
                    + "trained with")
        }
        let record =
            try model.record
            ?? RunRecord(
                label: cell.id, config: config, dataset: dataset,
                parameterCount: description.trainedCount, history: TrainingHistory(),
                stamp: EnvironmentStamp.current(
                    tool: "vae-report \(settings.toolVersion), weights from \(model.path)",
                    engine: Self.engineDescription(.float32), threads: Kernels.threadCount,
                    seconds: 0, environment: settings.environment))
        if !model.isInPlace { try record.write(to: folder) }
        return CellResult(
            values: RunValues(record, dataset: dataset, config: config).all,
            files: (files(folder, config) + [folder.record]).map {
                "runs/\(cell.id)" + $0.dropFirst(folder.path.count)
            },
            banners: dataset.banners, record: try record.json())
    }
}

/// The files that hold a run's weights.
private func files(_ folder: RunFolder, _ config: ExperimentConfig) -> [String] {
    config.train.averageDecay == nil
        ? [folder.bestCheckpoint] : [folder.bestCheckpoint, folder.bestRawCheckpoint]
}

extension ExperimentConfig {
    /// Every key that results of this reach depend on, each under a name of its own, so that a build can
    /// say which one changed.
    func cacheInputs(for reach: ConfigKey.Reach) -> [String: String] {
        let reaches: Set<ConfigKey.Reach> =
            reach == .training ? [.training] : [.training, .evaluation]
        let decisive = resolved.filter { key in
            KeyTable.key(key.name).map { reaches.contains($0.reach) } ?? false
        }
        return Dictionary(
            uniqueKeysWithValues: decisive.map { ("config \($0.name)", $0.value.canonicalText) })
    }
}
