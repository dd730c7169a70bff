import Networks
import SwiftProtobuf
import Tensors
import VAEModels

/// Half of a trained VAE as an ONNX file: for inference, in float32, any number of images at a time.
///
/// Images go in and come out in 0 … 1, whatever range the network sees.
package struct ONNXFile: Sendable {
    /// What stands in the file.
    package let model: ONNXModel

    /// The oldest operator set that has all that is used (`Resize` by axes), which onnxruntime reads
    /// since 1.14.
    package static let operatorSet = 18
    /// ONNX's file version of the same time.
    private static let fileVersion = 8

    /// `image` `[batch, channels, height, width]` to `mean` and `log_variance` `[batch, latentSize]`.
    ///
    /// Throws `ParameterMismatch`.
    package static func encoder(
        of model: VAEDescription, tensors: NamedTensors, facts: ModelFacts
    ) throws -> ONNXFile {
        let (image, size) = (model.image, model.latentSize)
        var graph = GraphBuilder(name: "encoder")
        graph.input("image", image.sizes, about: "Images, values in 0 … 1.")
        graph.addInputMap(of: model.pixels)
        try graph.add(model.encoder, tensors)
        let halves = graph.constant("halves", [2], .integers([size, size]))
        graph.add(
            "Split", named: "halves_of_heads", reading: [graph.current, halves],
            ["axis": .integer(1)], results: ["mean", "raw_log_variance"])
        let range = VAETrainingPlan.logVarianceRange
        let limits = [
            graph.number("lowest_log_variance", range.lowerBound),
            graph.number("highest_log_variance", range.upperBound),
        ]
        graph.add("Clip", named: "log_variance", reading: ["raw_log_variance"] + limits)
        graph.output("mean", [size], about: "Means of the posteriors q(z|x).")
        graph.output(
            "log_variance", [size], about: "Logarithms of the posteriors' variances, in nats.")
        return ONNXFile(graph.graph, facts, about: "The encoder: images to posteriors of codes.")
    }

    /// `code` `[batch, latentSize]` to what the likelihood is about and the mean `image`, both
    /// `[batch, channels, height, width]`. Throws `ParameterMismatch`.
    package static func decoder(
        of model: VAEDescription, tensors: NamedTensors, facts: ModelFacts
    ) throws -> ONNXFile {
        let scale = try PixelScale(model.pixels, tensors: tensors)
        var graph = GraphBuilder(name: "decoder")
        graph.input("code", [model.latentSize], about: "Codes z; the prior is N(0, 1).")
        try graph.add(model.decoder, tensors)
        graph.makeMap(model.image)
        let output = model.pixels.outputName
        graph.add("Identity", named: output)
        graph.addMeanImage(of: model.pixels, logScale: scale.logarithm)
        graph.output(output, model.image.sizes, about: model.pixels.outputMeaning)
        graph.output("image", model.image.sizes, about: "Mean images of p(x|z), in 0 … 1.")
        return ONNXFile(graph.graph, facts, about: "The decoder: codes to images.")
    }

    private init(_ graph: ONNXGraph, _ facts: ModelFacts, about: String) {
        var model = ONNXModel()
        model.irVersion = Int64(Self.fileVersion)
        model.producerName = "vae-report"
        model.producerVersion = facts.toolVersion
        model.docString = about
        var operators = ONNXOperatorSet()
        operators.version = Int64(Self.operatorSet)
        model.opsetImport = [operators]
        model.metadataProps = facts.entries.sorted { $0.key < $1.key }.map { key, value in
            var entry = ONNXEntry()
            (entry.key, entry.value) = (key, value)
            return entry
        }
        model.graph = graph
        self.model = model
    }

    /// The file's bytes; the same for the same model.
    package func encoded() throws -> [UInt8] { try model.serializedBytes() }
}

extension FeatureShape {
    /// Channels, rows and columns, as a graph declares them.
    fileprivate var sizes: [Int] { [channels, height, width] }
}

extension PixelModel {
    /// The decoder's first output: `logits` where the number is one, else `output`.
    package var outputName: String {
        likelihood == .bernoulli || likelihood == .continuousBernoulli ? "logits" : "output"
    }

    /// What the decoder's numbers are, one sentence.
    package var outputMeaning: String {
        switch (likelihood, range) {
        case (.bernoulli, _): "Logits of Bernoulli pixels."
        case (.continuousBernoulli, _): "Logits of continuous Bernoulli pixels."
        case (.discretizedLogistic, .zeroOne): "Numbers o; a pixel's location is ½ + o/4."
        case (.discretizedLogistic, .minusOneOne): "Locations of pixels in −1 … 1."
        case (_, .zeroOne): "Numbers o; a pixel's mean is sigmoid(o)."
        case (_, .minusOneOne): "Numbers o; a pixel's mean in −1 … 1 is tanh(o)."
        }
    }
}
