import Networks
import Tensors

/// A variational autoencoder as a value: encoder, decoder and the size of the code between them.
public struct VAEDescription: Sendable, Hashable {
    /// The name a config uses, such as `vae_conv`.
    public let name: String
    /// Image to `2·latentSize` numbers: the posterior's mean, then its log-variance.
    public let encoder: NetworkDescription
    /// Code to one logit a pixel.
    public let decoder: NetworkDescription
    /// Numbers in a code.
    public let latentSize: Int

    /// Shape of an image.
    public var image: FeatureShape { encoder.input }

    /// Every parameter and statistic in the order of PyTorch's state dictionary.
    public var parameters: [ParameterDescription] { encoder.parameters + decoder.parameters }

    /// Numbers that training changes.
    public var trainedCount: Int { encoder.trainedCount + decoder.trainedCount }

    /// A model from its two halves.
    public init(name: String, encoder: NetworkDescription, decoder: NetworkDescription) {
        precondition(
            encoder.output.count == 2 * decoder.input.count,
            "the encoder gives \(encoder.output.count) numbers for codes of \(decoder.input.count)")
        precondition(
            decoder.output == encoder.input,
            "the decoder gives \(decoder.output) for images of \(encoder.input)")
        self.name = name
        self.encoder = encoder
        self.decoder = decoder
        latentSize = decoder.input.count
    }

    /// Fresh parameters for a seed.
    public func initialParameters(seed: UInt64) -> NamedTensors {
        let source = RandomSource(seed: seed)
        var all = encoder.initialParameters(source)
        let decoderParameters = decoder.initialParameters(
            source, firstIndex: encoder.parameters.count)
        for (name, tensor) in decoderParameters.entries { all[name] = tensor }
        return all
    }
}

extension VAEDescription {
    /// The convolutional VAE: four stages that each halve the image, rounding up, with
    /// `base`, 2·`base`, 4·`base`, 8·`base` channels, and their exact mirror image.
    ///
    /// A stage is a convolution of kernel 4 on an even size and 3 on an odd one, stride 2, padding 1,
    /// then batch normalisation and ReLU, so that 28 and 32 come back exactly.
    public static func convolutional(
        image: FeatureShape, base: Int, latentSize: Int
    ) -> VAEDescription {
        let pyramid = Pyramid(image: image, base: base)
        var encoder: [(String, Layer)] = []
        for level in 1...Pyramid.depth {
            let c = pyramid.convolution(from: level - 1, to: level, bias: .absorbed)
            encoder.append(("encoder.conv\(level)", .convolution(c)))
            encoder.append(("encoder.norm\(level)", .batchNormalization))
            encoder.append(("encoder.relu\(level)", .relu))
        }
        let heads = [
            Linear.Part(name: "mean", rows: latentSize),
            Linear.Part(name: "logvar", rows: latentSize),
        ]
        encoder.append(("heads", .linear(Linear(parts: heads))))

        let top = pyramid.shapes[Pyramid.depth]
        var decoder: [(String, Layer)] = [
            ("decoder.project", .linear(Linear(output: top)))
        ]
        for level in stride(from: Pyramid.depth, through: 1, by: -1) {
            let index = Pyramid.depth + 1 - level
            let isLast = level == 1
            let c = pyramid.convolution(
                from: level, to: level - 1, bias: isLast ? .trained : .absorbed)
            decoder.append(("decoder.deconv\(index)", .transposedConvolution(c)))
            if !isLast {
                decoder.append(("decoder.norm\(index)", .batchNormalization))
                decoder.append(("decoder.relu\(index)", .relu))
            }
        }
        return VAEDescription(
            name: "vae_conv",
            encoder: NetworkDescription(input: image, layers: encoder),
            decoder: NetworkDescription(
                input: FeatureShape(channels: latentSize), layers: decoder))
    }
}

/// Shapes of the feature maps from the image up, each half the one before, rounding up.
private struct Pyramid {
    static let depth = 4
    let shapes: [FeatureShape]

    init(image: FeatureShape, base: Int) {
        var shapes = [image]
        for level in 0..<Pyramid.depth {
            let below = shapes[level]
            shapes.append(
                FeatureShape(
                    channels: base << level, height: (below.height + 1) / 2,
                    width: (below.width + 1) / 2))
        }
        self.shapes = shapes
    }

    /// The convolution between two neighbouring levels; its kernel fits the larger one's size.
    func convolution(from: Int, to: Int, bias: Convolution.Bias) -> Convolution {
        let larger = shapes[min(from, to)]
        let target = shapes[to]
        return Convolution(
            outChannels: target.channels, kernel: larger.height % 2 == 0 ? 4 : 3, stride: 2,
            padding: 1, outputHeight: target.height, outputWidth: target.width, bias: bias)
    }
}
