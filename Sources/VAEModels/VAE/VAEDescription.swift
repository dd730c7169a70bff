import Networks
import Tensors

/// A variational autoencoder as a value: encoder, decoder and the size of the code between them.
public struct VAEDescription: Sendable, Hashable {
    /// The name a config uses, such as `vae_conv`.
    public let name: String
    /// Image to `2·latentSize` numbers: the posterior's mean, then its log-variance.
    public let encoder: NetworkDescription
    /// Code to one number a pixel, which `pixels` gives a meaning.
    public let decoder: NetworkDescription
    /// Numbers in a code.
    public let latentSize: Int
    /// p(x|z) and the range of pixels that the encoder sees.
    public var pixels: PixelModel

    /// Shape of an image.
    public var image: FeatureShape { encoder.input }

    /// Every parameter and statistic of the networks in the order of PyTorch's state dictionary.
    public var parameters: [ParameterDescription] { encoder.parameters + decoder.parameters }

    /// Numbers that training changes.
    public var trainedCount: Int { encoder.trainedCount + decoder.trainedCount }

    /// A model from its two halves.
    public init(
        name: String, encoder: NetworkDescription, decoder: NetworkDescription,
        pixels: PixelModel = PixelModel()
    ) {
        precondition(
            encoder.output.count == 2 * decoder.input.count,
            "the encoder gives \(encoder.output.count) numbers for codes of \(decoder.input.count)")
        precondition(
            decoder.output == encoder.input,
            "the decoder gives \(decoder.output) for images of \(encoder.input)")
        self.name = name
        self.encoder = encoder
        self.decoder = decoder
        self.pixels = pixels
        latentSize = decoder.input.count
    }

    /// Fresh parameters for a seed, and the first scale of a likelihood that learns one.
    public func initialParameters(seed: UInt64) -> NamedTensors {
        let source = RandomSource(seed: seed)
        var all = encoder.initialParameters(source)
        let decoderParameters = decoder.initialParameters(
            source, firstIndex: encoder.parameters.count)
        for (name, tensor) in decoderParameters.entries { all[name] = tensor }
        all[PixelScale.tensorName] = PixelScale(pixels).tensor
        return all
    }

    /// The encoder's last layer: mean and log-variance of `latentSize` numbers.
    static func heads(latentSize: Int) -> (String, Layer) {
        let parts = [
            Linear.Part(name: "mean", rows: latentSize),
            Linear.Part(name: "logvar", rows: latentSize),
        ]
        return ("heads", .linear(Linear(parts: parts)))
    }
}
