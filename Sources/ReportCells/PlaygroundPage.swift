import Datasets
import Evaluation
import Experiments
import Foundation
import Networks
import VAEModels

/// What the page's script knows of a model; images are `[height, width, channels]`, base64 of bytes.
struct PlaygroundPage: Encodable {
    let image: [Int]
    let latent: Int
    let likelihood: String
    let symmetric: Bool
    /// Of a likelihood that learns one.
    let scale: Double?
    /// Whether the model saw pixels of 0 and 1 alone.
    let binary: Bool
    let encoder: [PlaygroundOperation]
    let decoder: [PlaygroundOperation]
    /// How many float32 numbers stand before the weights.
    let numbers: Int
    let order: [Int]
    let kl: [Double]
    let sliders: Int
    let images: Data
    let names: [String]
    let scatter: PlaygroundScatter?

    init(_ model: PlaygroundModel, _ view: RunView, chosen: [Int], sliders: Int) throws {
        let description = model.engine.model
        image = [description.image.channels, description.image.height, description.image.width]
        latent = description.latentSize
        likelihood = description.pixels.likelihood.rawValue
        scale = model.engine.pixelScale
        symmetric = description.pixels.range == .minusOneOne
        binary = view.config.data.binarization.isBinary
        encoder = model.encoder.operations.map(PlaygroundOperation.init)
        decoder = model.decoder.operations.map(PlaygroundOperation.init)
        numbers = model.decoder.numbers.count
        let evaluation = try view.evaluation
        order = evaluation.klPerDimension.order
        kl = evaluation.klPerDimension.values.map { ($0 * 1000).rounded() / 1000 }
        self.sliders = min(sliders, description.latentSize)
        images = description.image.bytes(try view.testImages(chosen))
        names = try chosen.map { try view.className(ofTestImage: $0) ?? "image \($0)" }
        scatter = try PlaygroundScatter(view)
    }
}

/// An operation as a page reads it: its word, then what comes out, whether max(x, 0) follows, and the
/// kernel, its step and the zeros before it.
struct PlaygroundOperation: Encodable {
    private let operation: QuantizedNetwork.Operation

    init(_ operation: QuantizedNetwork.Operation) {
        self.operation = operation
    }

    func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        switch operation {
        case .relu: try list.encode("relu")
        case .sigmoid: try list.encode("sigmoid")
        case .residual(let branch, let shortcut):
            try list.encode("residual")
            try list.encode(branch.map(PlaygroundOperation.init))
            try list.encode(shortcut.map(PlaygroundOperation.init))
        case .weighted(let layer):
            try list.encode(layer.kind.rawValue)
            let (output, kernel) = (layer.output, layer.convolution)
            let numbers = [output.channels, output.height, output.width, layer.relu ? 1 : 0]
            for number in numbers + (kernel.map { [$0.kernel, $0.stride, $0.padding] } ?? []) {
                try list.encode(number)
            }
        }
    }
}

extension FeatureShape {
    /// Images `[count, channels, height, width]` in 0 … 1 as bytes `[count, height, width, channels]`.
    func bytes(_ values: [Float]) -> Data {
        let places = channelsLast
        return Data(
            stride(from: 0, to: values.count, by: count).flatMap { start in
                places.map { UInt8((min(max(values[start + $0], 0), 1) * 255).rounded()) }
            })
    }
}
