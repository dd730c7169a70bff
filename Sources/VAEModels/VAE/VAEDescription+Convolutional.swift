import Networks

extension VAEDescription {
    /// The convolutional VAE: four stages that each halve the image, rounding up, with
    /// `base`, 2·`base`, 4·`base`, 8·`base` channels, and their exact mirror image.
    ///
    /// A stage is a convolution of kernel 4 on an even size and 3 on an odd one, stride 2, padding 1,
    /// then batch normalisation and ReLU, so that 28 and 32 come back exactly.
    public static func convolutional(
        image: FeatureShape, base: Int, latentSize: Int, pixels: PixelModel = PixelModel()
    ) -> VAEDescription {
        let pyramid = Pyramid(image: image, base: base)
        var encoder: [(String, Layer)] = []
        for level in 1...pyramid.depth {
            let c = pyramid.convolution(from: level - 1, to: level)
            encoder.append(("encoder.conv\(level)", .convolution(c)))
            encoder.append(("encoder.norm\(level)", .batchNormalization))
            encoder.append(("encoder.relu\(level)", .relu))
        }
        encoder.append(heads(latentSize: latentSize))

        var decoder: [(String, Layer)] = [
            ("decoder.project", .linear(Linear(output: pyramid.top)))
        ]
        for level in stride(from: pyramid.depth, through: 1, by: -1) {
            let index = pyramid.depth + 1 - level
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
            decoder: NetworkDescription(input: FeatureShape(channels: latentSize), layers: decoder),
            pixels: pixels)
    }
}
