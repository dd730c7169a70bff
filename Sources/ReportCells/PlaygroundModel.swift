import Files
import Foundation
import Networks
import Tensors
import VAEModels

/// A run's model rounded to eight bits a weight: as a page computes it, and as the engine does.
struct PlaygroundModel {
    let encoder: QuantizedNetwork
    /// Holds the encoder's weights too, before its own.
    let decoder: QuantizedNetwork
    /// The same numbers in the engine: what the page has to agree with.
    let engine: CompiledVAE

    init(_ view: RunView) throws {
        let path = view.folder.checkpoint(of: view.config)
        let tensors = try Safetensors(Data(try WholeFile.bytes(at: path)), name: path).tensors
        let model = try view.model.model
        encoder = try QuantizedNetwork(model.encoder, tensors)
        decoder = try QuantizedNetwork(model.decoder, tensors, after: encoder)
        var rounded = decoder.rounded
        rounded[PixelScale.tensorName] = tensors[PixelScale.tensorName]
        engine = try CompiledVAE(model, tensors: rounded, batch: 16)
    }

    /// Scales and biases as float32, then the weights.
    var bytes: Data {
        let words = decoder.numbers.map(\.bitPattern.littleEndian)
        return words.withUnsafeBytes { Data($0) }
            + Data(decoder.weights.map { UInt8(bitPattern: $0) })
    }
}
