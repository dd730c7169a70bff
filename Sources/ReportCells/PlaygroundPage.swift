import Evaluation
import Foundation
import Networks
import VAEModels

/// What the page's script knows of a model; images are `[height, width, channels]`, base64 of bytes.
struct PlaygroundPage: Encodable {
    let image: [Int]
    let latent: Int
    let likelihood: String
    let symmetric: Bool
    let encoder: [QuantizedNetwork.Operation]
    let decoder: [QuantizedNetwork.Operation]
    let numbers: Data
    let order: [Int]
    let kl: [Double]
    let sliders: Int
    let images: Data
    let names: [String]
    let scatter: PlaygroundScatter?
    /// Codes with what the engine makes of them with the same rounded weights.
    let checkCodes: [[Float]]
    let checkImages: Data

    init(
        _ view: RunView, sliders: Int, count: Int, encoder: QuantizedNetwork,
        decoder: QuantizedNetwork, engine: CompiledVAE
    ) throws {
        let model = engine.model
        image = [model.image.channels, model.image.height, model.image.width]
        latent = model.latentSize
        likelihood = model.pixels.likelihood.rawValue
        symmetric = model.pixels.range == .minusOneOne
        self.encoder = encoder.operations
        self.decoder = decoder.operations
        let words = decoder.numbers.map(\.bitPattern.littleEndian)
        numbers = words.withUnsafeBytes { Data($0) }
        let evaluation = try view.evaluation
        order = evaluation.klPerDimension.order
        kl = evaluation.klPerDimension.values
        self.sliders = min(sliders, model.latentSize)
        let chosen = try view.examples(count)
        let pixels = try view.testImages(chosen)
        images = Self.bytes(pixels, model.image)
        names = try chosen.map { try view.className(ofTestImage: $0) ?? "image \($0)" }
        scatter = try PlaygroundScatter(view)
        let size = model.latentSize
        let codes = try engine.encode(Array(pixels.prefix(2 * model.image.count))).mean
        checkCodes = stride(from: 0, to: codes.count, by: size).map { Array(codes[$0..<$0 + size]) }
        checkImages = Self.bytes(try engine.reconstruct(codes), model.image)
    }

    private static func bytes(_ values: [Float], _ shape: FeatureShape) -> Data {
        let places = shape.channelsLast
        return Data(
            stride(from: 0, to: values.count, by: shape.count).flatMap { start in
                places.map { UInt8((min(max(values[start + $0], 0), 1) * 255).rounded()) }
            })
    }
}
