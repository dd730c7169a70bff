import Files
import Foundation
import VAEModels

/// What is written into exported files about the model, so that each says what it is.
package struct ModelFacts: Sendable, Equatable {
    /// The version of vae-report.
    package let toolVersion: String
    /// By key: `dataset`, `model`, `pixel_model`, `config` and so on.
    package private(set) var entries: [String: String]

    /// Facts of a run called `run` that `config`, every key with its value, describes.
    ///
    /// `weightsDigest` is the SHA-256 of the checkpoint. Throws what encoding throws.
    package init(
        _ model: VAEDescription, scale: Double?, run: String, dataset: String,
        datasetDigest: String, classNames: [String], config: [String: String],
        weightsDigest: String, toolVersion: String
    ) throws {
        self.toolVersion = toolVersion
        let text = try Self.json(config)
        entries = [
            "run": run, "dataset": dataset, "dataset_sha256": datasetDigest, "model": model.name,
            "latent_size": "\(model.latentSize)", "pixel_model": model.pixels.likelihood.rawValue,
            "pixel_range": model.pixels.range.rawValue, "output": model.pixels.outputMeaning,
            "config": text, "config_sha256": try Digest.sha256(of: Array(text.utf8)),
            "weights_sha256": weightsDigest,
        ]
        if let scale { entries["pixel_scale"] = "\(Float(scale))" }
        if !classNames.isEmpty { entries["class_names"] = try Self.json(classNames) }
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
