import Networks

extension VAEDescription {
    /// Widths of the hidden layers.
    private static let widths = [512, 256]

    /// The fully connected VAE: 512 and 256 hidden numbers and back, each layer with batch
    /// normalisation, ReLU and dropout of 0.2.
    public static func multilayerPerceptron(
        image: FeatureShape, latentSize: Int, pixels: PixelModel = PixelModel()
    ) -> VAEDescription {
        let encoder = hidden("encoder", widths) + [heads(latentSize: latentSize)]
        let last = Layer.linear(Linear(output: image))
        let decoder =
            hidden("decoder", widths.reversed()) + [("decoder.linear\(widths.count + 1)", last)]
        return VAEDescription(
            name: "vae_mlp",
            encoder: NetworkDescription(input: image, layers: encoder),
            decoder: NetworkDescription(input: FeatureShape(channels: latentSize), layers: decoder),
            pixels: pixels)
    }

    private static func hidden(_ half: String, _ widths: [Int]) -> [(String, Layer)] {
        widths.enumerated().flatMap { index, width -> [(String, Layer)] in
            let output = FeatureShape(channels: width)
            return [
                ("\(half).linear\(index + 1)", .linear(Linear(output: output, bias: .absorbed))),
                ("\(half).norm\(index + 1)", .batchNormalization),
                ("\(half).relu\(index + 1)", .relu),
                ("\(half).dropout\(index + 1)", .dropout(Dropout(rate: 0.2))),
            ]
        }
    }
}
